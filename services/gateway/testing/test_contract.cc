#include "gateway/testing/test_contract.h"

namespace thidua::gateway::testing {

std::string TestApiFile() { return GATEWAY_TEST_API; }
std::string ProductApiFile() { return THIDUA_API; }

const Contract& TestContract() {
  static const Contract* const kContract = Contract::Load(TestApiFile()).value().release();
  return *kContract;
}

const RouteTable& TestRoutes() {
  static const RouteTable* const kRoutes =
      new RouteTable(RouteTable::Build(TestContract()).value());
  return *kRoutes;
}

}  // namespace thidua::gateway::testing
