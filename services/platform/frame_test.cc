// The call frame as a caller sees it: admission, Require, streams, overload, exceptions, drain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "platform/frame_fixture.h"

namespace thidua::platform {
namespace {

TEST_F(FrameTest, PublicNeedsNoTokenAndRunsOnAWorker) {
  EchoRequest request;
  request.set_text("xin chào");
  ASSERT_TRUE(stub_->PublicEcho(test::WithToken("").get(), request, &response_).ok());
  EXPECT_EQ(response_.text(), "xin chào");
  EXPECT_TRUE(response_.on_worker());
}

TEST_F(FrameTest, TokenIsVerified) {
  const auto reason = [&](const std::string& token) {
    return test::Reason(stub_->TokenEcho(test::WithToken(token).get(), {}, &response_));
  };
  EXPECT_EQ(reason(""), "TOKEN_MISSING");
  EXPECT_EQ(reason("abc"), "TOKEN_MALFORMED");
  EXPECT_EQ(reason("e30.e30.e30"), "TOKEN_MALFORMED");
  const test::TestKeys strangers;
  EXPECT_EQ(reason(strangers.Token("person:1", {})), "TOKEN_KEY_UNKNOWN");
  std::string forged = keys_.Token("person:1", {});
  forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(reason(forged), "TOKEN_SIGNATURE");
  const auto expired = MintAccessToken(*keys_.key("access"), {"person:1", {}},
                                       SystemClock().Now() - absl::Hours(2), absl::Hours(1));
  EXPECT_EQ(reason(*expired), "TOKEN_EXPIRED");
  const auto early = MintAccessToken(*keys_.key("access"), {"person:1", {}},
                                     SystemClock().Now() + absl::Hours(2), absl::Hours(1));
  EXPECT_EQ(reason(*early), "TOKEN_NOT_YET_VALID");
  EXPECT_EQ(reason(*MintAssertion(*keys_.key("assertion"), "person:1", SystemClock().Now())),
            "TOKEN_AUDIENCE");
  EXPECT_EQ(reason(*MintAccessToken(*keys_.key("assertion"), {"person:1", {}}, SystemClock().Now(),
                                    absl::Hours(1))),
            "TOKEN_KEY_UNKNOWN")
      << "the identity provider's key signs no access tokens";
  EXPECT_EQ(reason(keys_.Token("person:1", {})), "");
  EXPECT_EQ(response_.text(), "person:1");
}

TEST_F(FrameTest, AServiceKeySpeaksForItsServiceOnly) {
  const auto call = [&](const std::string& token) {
    return test::Reason(stub_->ServiceEcho(test::WithToken(token).get(), {}, &response_));
  };
  EXPECT_EQ(call(keys_.ServiceToken("scoring")), "");
  EXPECT_EQ(call(keys_.Token("person:1", {{"*", {"*"}}})), "SERVICE_ONLY");
  EXPECT_EQ(call(keys_.Token("service:scoring", {})), "TOKEN_KEY_UNKNOWN");
  const auto other = MintAccessToken(*keys_.key("awards"), {"service:scoring", {}},
                                     SystemClock().Now(), absl::Hours(1));
  EXPECT_EQ(call(*other), "TOKEN_KEY_UNKNOWN");
}

TEST_F(FrameTest, PermissionReachesTheSubtreeAndNoSibling) {
  const auto at = [&](const std::string& unit, const std::string& permission) {
    return keys_.Token("person:1", {{unit, {permission}}});
  };
  EXPECT_EQ(test::Reason(Unit(at("parent", "testing.echo.read"), "child")), "");
  EXPECT_EQ(test::Reason(Unit(at("*", "testing.*"), "child")), "");
  EXPECT_EQ(test::Reason(Unit(at("*", "*.echo.read"), "child")), "");
  EXPECT_EQ(test::Reason(Unit(at("sibling", "testing.echo.read"), "child")), "PERMISSION_DENIED");
  EXPECT_EQ(test::Reason(Unit(at("child", "testing.echo.read"), "parent")), "PERMISSION_DENIED");
  EXPECT_EQ(test::Reason(Unit(at("parent", "testing.echo.write"), "child")), "PERMISSION_DENIED");
  EXPECT_EQ(test::Reason(Unit(at("parent", "testing.echo.read"), "nowhere")), "PERMISSION_DENIED");
  EXPECT_EQ(test::Reason(Unit(at("parent", "testing.echo.read"), "")), "PERMISSION_DENIED");
}

TEST_F(FrameTest, OnlyTheRightEverywhereTellsThatNothingIsThere) {
  const auto ask = [&](const std::string& unit, const std::string& text) {
    EchoRequest request;
    request.set_text(text);
    const std::string token = keys_.Token("person:1", {{unit, {"testing.echo.read"}}});
    return stub_->ResourceEcho(test::WithToken(token).get(), request, &response_);
  };
  EXPECT_TRUE(ask("parent", "resource of child").ok());
  const grpc::Status missing = ask("*", "resource of nobody");
  EXPECT_EQ(missing.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(test::Reason(missing), "ECHO_NOT_FOUND");
  const grpc::Status out_of_reach = ask("sibling", "resource of child");
  EXPECT_EQ(test::Reason(out_of_reach), "PERMISSION_DENIED");
  const grpc::Status unknown = ask("sibling", "resource of nobody");
  EXPECT_EQ(unknown.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(unknown.error_message(), out_of_reach.error_message());
  EXPECT_EQ(unknown.error_details(), out_of_reach.error_details()) << "not even the unit differs";
  EXPECT_EQ(test::Reason(ask("parent", "resource of nobody")), "PERMISSION_DENIED");
  // A unit that the request named is told back.
  const grpc::Status named =
      Unit(keys_.Token("person:1", {{"child", {"testing.echo.read"}}}), "parent");
  EXPECT_THAT(named.error_details(), ::testing::HasSubstr("parent"));
}

TEST_F(FrameTest, AnswerWithoutRequireIsInternal) {
  const auto token = keys_.Token("person:1", {{"*", {"*"}}});
  const grpc::Status status = stub_->ForgetfulEcho(test::WithToken(token).get(), {}, &response_);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(test::Reason(status), "INTERNAL");
}

TEST_F(FrameTest, AnExceptionBecomesInternalWithoutItsText) {
  EchoRequest request;
  request.set_text("throw");
  const grpc::Status status = stub_->PublicEcho(test::WithToken("").get(), request, &response_);
  EXPECT_EQ(test::Reason(status), "INTERNAL");
  EXPECT_THAT(status.error_message(), ::testing::Not(::testing::HasSubstr("secret")));
}

TEST_F(FrameTest, ServerStreamSendsAllInOrder) {
  EchoRequest request;
  request.set_count(1000);
  auto context = test::WithToken(keys_.Token("person:1", {}));
  auto reader = stub_->Count(context.get(), request);
  int next = 0;
  while (reader->Read(&response_)) EXPECT_EQ(response_.text(), std::to_string(next++));
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(next, 1000);
}

TEST_F(FrameTest, ACancelledStreamFreesItsWorker) {
  EchoRequest request;
  request.set_count(100'000'000);
  for (int i = 0; i < 40; ++i) {  // more than there are stream workers
    auto context = test::WithToken(keys_.Token("person:1", {}));
    auto reader = stub_->Count(context.get(), request);
    ASSERT_TRUE(reader->Read(&response_)) << "stream " << i;
    context->TryCancel();
    while (reader->Read(&response_)) {
    }
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
}

// With one to two seconds left.
std::string EndingToken(const test::TestKeys& keys) {
  return MintAccessToken(*keys.key("access"), {"person:1", {}},
                         SystemClock().Now() - absl::Hours(1), absl::Hours(1) - absl::Seconds(28))
      .value();
}

TEST_F(FrameTest, AServerStreamEndsWithItsToken) {
  EchoRequest request;
  request.set_count(100'000'000);
  auto context = test::WithToken(EndingToken(keys_));
  auto reader = stub_->Count(context.get(), request);
  ASSERT_TRUE(reader->Read(&response_)) << "it was taken at the door";
  while (reader->Read(&response_)) {
  }
  const grpc::Status ended = reader->Finish();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(test::Reason(ended), "TOKEN_EXPIRED");
}

TEST_F(FrameTest, ChunksAreTakenAsLongAsTheTokenIs) {
  auto context = test::WithToken(EndingToken(keys_));
  auto stream = stub_->Chat(context.get());
  EchoRequest request;
  request.set_text("m");
  int answered = 0;
  while (stream->Write(request) && stream->Read(&response_)) ++answered;
  EXPECT_GT(answered, 0);
  EXPECT_EQ(test::Reason(stream->Finish()), "TOKEN_EXPIRED");
  EXPECT_EQ(service_->taken_.load(), answered) << "what was taken was answered";
}

TEST_F(FrameTest, NoUnaryCallHasMoreTimeThanTheEdgeWaits) {
  EchoRequest request;
  auto context = test::WithToken("");
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(2));
  ASSERT_TRUE(stub_->PublicEcho(context.get(), request, &response_).ok());
  EXPECT_LE(service_->time_left_, absl::Seconds(60));
  EXPECT_GT(service_->time_left_, absl::Seconds(30));
}

TEST_F(FrameTest, ChunksAreAnsweredOneByOneUntilTheError) {
  auto context = test::WithToken(keys_.Token("person:1", {}));
  auto stream = stub_->Chat(context.get());
  EchoRequest request;
  for (int i = 1; i <= 100; ++i) {
    request.set_text("m");
    ASSERT_TRUE(stream->Write(request));
    ASSERT_TRUE(stream->Read(&response_));
    EXPECT_EQ(response_.text(), "m/" + std::to_string(i));
    EXPECT_TRUE(response_.on_worker());
  }
  request.set_text("stop");
  ASSERT_TRUE(stream->Write(request));
  EXPECT_FALSE(stream->Read(&response_));
  EXPECT_EQ(test::Reason(stream->Finish()), "STOPPED");
}

TEST_F(FrameTest, ACallInFlightEndsBeforeTheServerDoes) {
  std::thread caller([&] {
    EchoRequest request;
    request.set_text("block");
    EchoResponse response;
    EXPECT_TRUE(stub_->PublicEcho(test::WithToken("").get(), request, &response).ok());
    EXPECT_EQ(response.text(), "block");
  });
  service_->entered_.WaitForNotification();
  std::thread stopper([&] { server_.host().Shutdown(); });
  service_->release_.Notify();
  caller.join();
  stopper.join();
}

}  // namespace
}  // namespace thidua::platform
