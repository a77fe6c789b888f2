// Judges request heads and sends each request on its way: to a service by the route table, or to
// one of the gateway's own pages.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "gateway/exchange.h"
#include "gateway/rest_request.h"

namespace thidua::gateway {

class RestHandler final : public Handler {
 public:
  // `openapi`: the document served at /openapi.json. `ready`: false while the process winds down.
  RestHandler(RestContext context, const RouteTable& routes, TimeLimits limits, std::string openapi,
              std::function<bool()> ready);

  std::variant<Response, std::unique_ptr<Pending>> Begin(RequestHead head) override;
  Response RefuseUnread(const absl::Status& why) override;

 private:
  // Accepts or refuses; fills `request` as far as it gets, for the log.
  absl::Status Admit(const RequestHead& head, RestRequest* request) const;

  const RestContext context_;
  const RouteTable& routes_;
  const TimeLimits limits_;
  const std::string openapi_;
  const std::function<bool()> ready_;
};

}  // namespace thidua::gateway
