// JSON bodies into a message with every kind of field.
#include <string>

#include "fuzz/fuzz.h"
#include "gateway/json_reader.h"
#include "gateway/testing/test_contract.h"
#include "google/protobuf/util/json_util.h"
#include "platform/status.h"
#include "platform/utf8.h"

using thidua::fuzz::TextOf;
namespace gateway = thidua::gateway;
using google::protobuf::Message;

namespace {

Message* NewMessage(google::protobuf::Arena* arena) {
  const gateway::Contract& contract = gateway::testing::TestContract();
  return contract.NewMessage(contract.pool().FindMessageTypeByName("gateway_test.v1.AllTypes"),
                             arena);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  google::protobuf::Arena arena;
  Message* const message = NewMessage(&arena);
  const absl::Status status = gateway::ReadJsonMessage(TextOf(data, size), message);
  if (!status.ok()) {
    FUZZ_CHECK(absl::IsInvalidArgument(status));
    FUZZ_CHECK(!thidua::platform::ReasonOf(status).empty());
    // The answer is JSON whatever the question was.
    FUZZ_CHECK(!thidua::platform::FirstNonUtf8(thidua::platform::TextOf(status, "vi")).has_value());
    FUZZ_CHECK(!thidua::platform::FirstNonUtf8(thidua::platform::TextOf(status, "en")).has_value());
    return 0;
  }
  // What was taken is JSON by RFC 8259, hence UTF-8, and a message that the wire takes.
  FUZZ_CHECK(!thidua::platform::FirstNonUtf8(TextOf(data, size)).has_value());
  Message* const copy = NewMessage(&arena);
  FUZZ_CHECK(copy->ParseFromString(message->SerializeAsString()));
  // Printed as answers are, it is read again as the same.
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string printed;
  if (!google::protobuf::util::BinaryToJsonString(gateway::testing::TestContract().types(),
                                                  gateway::TypeUrl(message->GetDescriptor()),
                                                  message->SerializeAsString(), &printed, options)
           .ok()) {
    return 0;
  }
  Message* const again = NewMessage(&arena);
  FUZZ_CHECK(gateway::ReadJsonMessage(printed, again).ok());
  return 0;
}
