// A whole HTTP request into the bytes of an rpc of the product. Input, one a line: method, path,
// query, content type, If-Match; then the body.
#include "fuzz/fuzz.h"
#include "gateway/testing/test_contract.h"
#include "gateway/transcoder.h"
#include "platform/status.h"
#include "platform/utf8.h"

using thidua::fuzz::TakeLine;
using thidua::fuzz::TextOf;
namespace gateway = thidua::gateway;

namespace {

const gateway::Contract& Product() {
  static const gateway::Contract* const kContract =
      gateway::Contract::Load(gateway::testing::ProductApiFile()).value().release();
  return *kContract;
}

const gateway::RouteTable& Routes() {
  static const auto* const kRoutes =
      new gateway::RouteTable(gateway::RouteTable::Build(Product()).value());
  return *kRoutes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest = TextOf(data, size);
  const std::string_view method = TakeLine(&rest);
  const std::string_view path = TakeLine(&rest);
  const auto match = Routes().Find(method, path);
  if (!match.has_value() || match->route == nullptr) return 0;
  gateway::HttpInput input;
  input.query = TakeLine(&rest);
  input.content_type = TakeLine(&rest);
  input.if_match = TakeLine(&rest);
  input.body = rest;
  const auto request = gateway::BuildRequest(Product(), *match, input);
  if (!request.ok()) {
    FUZZ_CHECK(!thidua::platform::ReasonOf(request.status()).empty());
    FUZZ_CHECK(absl::IsInvalidArgument(request.status()));
    for (const auto& field : thidua::platform::FieldsOf(request.status())) {
      FUZZ_CHECK(!thidua::platform::FirstNonUtf8(field.field).has_value());
      FUZZ_CHECK(!thidua::platform::FirstNonUtf8(field.text.vi).has_value());
    }
    return 0;
  }
  google::protobuf::Arena arena;
  FUZZ_CHECK(
      Product().NewMessage(match->route->method->input_type(), &arena)->ParseFromString(*request));
  return 0;
}
