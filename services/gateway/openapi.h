// The OpenAPI 3.0 document of a contract, made from the very route table that answers requests.
#pragma once

#include <string>

#include "gateway/contract.h"
#include "gateway/route_table.h"

namespace thidua::gateway {

struct ApiInfo {
  std::string title;
  std::string version;
};

// Resource-name patterns come out as flat paths: "/v1/{name=plans/*}:launch" →
// "/v1/plans/{plan}:launch".
std::string MakeOpenApi(const RouteTable& routes, const ApiInfo& info);

}  // namespace thidua::gateway
