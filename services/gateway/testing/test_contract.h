// The contracts that tests load.
#pragma once

#include <string>

#include "gateway/contract.h"
#include "gateway/route_table.h"

namespace thidua::gateway::testing {

// testdata/gateway_test_service.proto as a descriptor set.
std::string TestApiFile();
// The whole product's api.pb.
std::string ProductApiFile();

// Loaded once.
const Contract& TestContract();
const RouteTable& TestRoutes();

}  // namespace thidua::gateway::testing
