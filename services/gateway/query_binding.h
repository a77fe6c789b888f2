// Query parameters → fields of a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/route_table.h"
#include "google/protobuf/message.h"
#include "platform/status.h"

namespace thidua::gateway {

struct QueryParameter {
  std::string name;
  std::string value;
};

// Splits and decodes "a=1&b=x+y" ("+" is a space, as in forms). nullopt when a percent code is
// wrong.
std::optional<std::vector<QueryParameter>> ParseQuery(std::string_view query);

// Sets the fields that the parameters name, all of them or none of the wrong ones: every wrong
// parameter is in the answer. A field that the path or the body carries, a map, a repeated message
// and a message without a text form are no parameters; with body "*" nothing is.
std::vector<platform::FieldViolation> BindQuery(const Route& route,
                                                const std::vector<QueryParameter>& parameters,
                                                google::protobuf::Message* request);

// Whether a field of the request, given by its path, is open to query parameters on this route.
bool IsQueryField(const Route& route, const FieldPath& path);

}  // namespace thidua::gateway
