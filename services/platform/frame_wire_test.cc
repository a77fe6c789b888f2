// What arrives may be no message of the rpc, no message at all, or one that is too long.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/frame_fixture.h"
#include "support/raw_call.h"

namespace thidua::platform {
namespace {

constexpr size_t kMiB = 1'048'576;

// Field 1 says that 100 bytes follow, and two do.
constexpr char kBroken[] = "\x0a\x64hi";

std::string Encoded(const std::string& text) {
  EchoRequest request;
  request.set_text(text);
  request.set_count(3);
  return request.SerializeAsString();
}

class FrameWireTest : public FrameTest {
 protected:
  grpc::Status Send(const std::string& method, std::vector<std::string> frames) {
    const test::RawAnswer answer =
        test::SendRaw(server_.channel(), keys_.Token("person:1", {{"*", {"*"}}}),
                      "/thidua.testing.v1.EchoService/" + method, std::move(frames));
    answers_ = answer.answers;
    return answer.status;
  }
  int answers_ = 0;
};

TEST_F(FrameWireTest, AnUnaryRequestThatDoesNotParseIsRefusedWithAReason) {
  const grpc::Status status = Send("PublicEcho", {kBroken});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(status), "FRAME_MALFORMED");
  EXPECT_EQ(service_->taken_.load(), 0);
  EXPECT_EQ(test::Reason(Send("PublicEcho", {Encoded("whole")})), "") << "the same thread goes on";
  EXPECT_EQ(service_->taken_.load(), 1);
}

TEST_F(FrameWireTest, WhoMayNotCallLearnsNothingOfFrames) {
  EXPECT_EQ(test::Reason(Send("ServiceEcho", {kBroken})), "SERVICE_ONLY");
}

TEST_F(FrameWireTest, AnUnaryCallWithoutAMessageIsRefused) {
  EXPECT_FALSE(Send("PublicEcho", {}).ok());
  EXPECT_EQ(service_->taken_.load(), 0);
}

TEST_F(FrameWireTest, AServerStreamsRequestThatDoesNotParseIsRefusedWithAReason) {
  const grpc::Status status = Send("Count", {kBroken});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(status), "FRAME_MALFORMED");
  EXPECT_EQ(answers_, 0);
  EXPECT_EQ(service_->taken_.load(), 0);
  EXPECT_EQ(test::Reason(Send("Count", {Encoded("")})), "");
  EXPECT_EQ(answers_, 3);
}

TEST_F(FrameWireTest, AChunkThatDoesNotParseEndsTheStreamWithAReason) {
  const grpc::Status status = Send("Chat", {Encoded("a"), Encoded("b"), kBroken, Encoded("c")});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(status), "FRAME_MALFORMED");
  EXPECT_EQ(answers_, 2);
  EXPECT_EQ(service_->taken_.load(), 2) << "nothing after the broken chunk is taken";
}

TEST_F(FrameWireTest, AStreamThatEndsBeforeItsFirstMessageIsRefused) {
  const grpc::Status status = Send("Chat", {});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::Reason(status), "STREAM_EMPTY");
}

TEST_F(FrameWireTest, AnEmptyFrameIsAMessageWithDefaults) {
  EXPECT_TRUE(Send("PublicEcho", {""}).ok());
  EXPECT_TRUE(Send("Chat", {"", ""}).ok());
  EXPECT_EQ(answers_, 2);
}

TEST_F(FrameWireTest, AFrameThatIsTooLongIsRefusedWithAReason) {
  const std::string longest = Encoded(std::string(4 * kMiB - 100, 'x'));
  const std::string too_long = Encoded(std::string(4 * kMiB, 'x'));
  for (const char* method : {"PublicEcho", "Count", "Chat"}) {
    const grpc::Status status = Send(method, {too_long});
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << method;
    EXPECT_EQ(test::Reason(status), "FRAME_TOO_LARGE") << method;
  }
  EXPECT_EQ(service_->taken_.load(), 0);
  EXPECT_TRUE(Send("Count", {longest}).ok());
}

TEST_F(FrameWireTest, GrpcItselfRefusesWhatIsFarTooLong) {
  const std::string far = Encoded(std::string(9 * kMiB, 'x'));
  for (const char* method : {"PublicEcho", "Count", "Chat"}) {
    EXPECT_EQ(Send(method, {far}).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << method;
  }
  EXPECT_EQ(Send("Chat", {Encoded("a"), far}).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(service_->taken_.load(), 1);
}

}  // namespace
}  // namespace thidua::platform
