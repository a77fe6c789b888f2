// The gateway's own pages: /healthz (this process lives), /readyz (every service serves),
// /openapi.json.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/exchange.h"
#include "gateway/rest_request.h"

namespace thidua::gateway {

bool IsSystemPage(std::string_view path);
std::variant<Response, std::unique_ptr<Pending>> SystemPage(const RequestHead& head,
                                                            std::shared_ptr<RestRequest> request,
                                                            const std::string& openapi,
                                                            const std::function<bool()>& ready);

}  // namespace thidua::gateway
