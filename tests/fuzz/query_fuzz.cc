// Query parameters. Input: a byte that chooses the route, the query.
#include "fuzz/fuzz.h"
#include "gateway/query_binding.h"
#include "gateway/testing/test_contract.h"
#include "platform/utf8.h"

using thidua::fuzz::TextOf;
namespace gateway = thidua::gateway;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto& routes = gateway::testing::TestRoutes().routes();
  const gateway::Route& route = *routes[data[0] % routes.size()];
  const auto parameters = gateway::ParseQuery(TextOf(data + 1, size - 1));
  if (!parameters.has_value()) return 0;
  google::protobuf::Arena arena;
  google::protobuf::Message* const request =
      gateway::testing::TestContract().NewMessage(route.method->input_type(), &arena);
  const auto wrong = gateway::BindQuery(route, *parameters, request);
  FUZZ_CHECK(wrong.size() <= parameters->size());
  for (const auto& violation : wrong) {
    FUZZ_CHECK(!violation.text.vi.empty() && !violation.text.en.empty());
    // It stands in a JSON answer.
    FUZZ_CHECK(!thidua::platform::FirstNonUtf8(violation.field).has_value());
    FUZZ_CHECK(!thidua::platform::FirstNonUtf8(violation.text.vi).has_value());
    FUZZ_CHECK(!thidua::platform::FirstNonUtf8(violation.text.en).has_value());
  }
  // What was bound is a message that the wire takes.
  if (wrong.empty()) {
    google::protobuf::Message* const copy =
        gateway::testing::TestContract().NewMessage(route.method->input_type(), &arena);
    FUZZ_CHECK(copy->ParseFromString(request->SerializeAsString()));
  }
  return 0;
}
