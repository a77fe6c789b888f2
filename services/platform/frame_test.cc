// The call frame as a caller sees it: admission, Require, streams, overload, exceptions, drain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/synchronization/notification.h"
#include "platform/runner.h"
#include "platform/status_macros.h"
#include "support/test_server.h"
#include "testdata/echo_service.grpc.pb.h"

namespace thidua::platform {
namespace {

using testing::v1::EchoRequest;
using testing::v1::EchoResponse;

// "child" lies below "parent"; nothing else is known.
class TwoUnits final : public UnitTree {
 public:
  absl::StatusOr<bool> IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                absl::CivilDay, absl::Time) override {
    if (unit_id != "child" && unit_id != "parent" && unit_id != "sibling") {
      return NotFound("UNKNOWN_UNIT", {"không có đơn vị", "no such unit"});
    }
    return unit_id == ancestor_id || (unit_id == "child" && ancestor_id == "parent");
  }
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit_id, absl::CivilDay,
                                                   absl::Time) override {
    return unit_id == "parent" ? std::vector<std::string>{"parent", "child"}
                               : std::vector<std::string>{unit_id};
  }
};

class EchoService final : public testing::v1::EchoService::CallbackService {
 public:
  explicit EchoService(Admission& admission)
      : runner_(admission, testing::v1::EchoService::service_full_name()) {}
  using Ctx = grpc::CallbackServerContext;

  grpc::ServerUnaryReactor* PublicEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("PublicEcho", c, q, r, [this](const Call&, const auto& req, auto& res) {
      if (req.text() == "throw") throw std::runtime_error("a secret detail");
      if (req.text() == "block") {
        entered_.Notify();
        release_.WaitForNotification();
      }
      res.set_text(req.text());
      res.set_on_worker(Executor::OnWorker());
      return absl::OkStatus();
    });
  }
  grpc::ServerUnaryReactor* TokenEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("TokenEcho", c, q, r, [](const Call& call, const auto&, auto& res) {
      res.set_text(call.principal().subject);
      return absl::OkStatus();
    });
  }
  grpc::ServerUnaryReactor* ServiceEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("ServiceEcho", c, q, r,
                         [](const Call&, const auto&, auto&) { return absl::OkStatus(); });
  }
  grpc::ServerUnaryReactor* UnitEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("UnitEcho", c, q, r, [](const Call& call, const auto& req, auto& res) {
      RETURN_IF_ERROR(call.Require(req.unit()));
      res.set_text("seen");
      return absl::OkStatus();
    });
  }
  grpc::ServerUnaryReactor* ForgetfulEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("ForgetfulEcho", c, q, r,
                         [](const Call&, const auto&, auto&) { return absl::OkStatus(); });
  }
  grpc::ServerWriteReactor<EchoResponse>* Count(Ctx* c, const EchoRequest* q) override {
    return runner_.ServerStream<EchoRequest, EchoResponse>(
        "Count", c, q, [](const Call&, const EchoRequest& req, StreamWriter<EchoResponse>& out) {
          EchoResponse message;
          for (int i = 0; i < req.count(); ++i) {
            message.set_text(std::to_string(i));
            if (!out.Write(message)) return absl::CancelledError("reader gone");
          }
          return absl::OkStatus();
        });
  }
  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* Chat(Ctx* c) override {
    class Session final : public ChunkSession<EchoRequest, EchoResponse> {
     public:
      absl::Status OnMessage(const Call& call, const EchoRequest& message,
                             EchoResponse& answer) override {
        if (message.text() == "stop") {
          return FailedPrecondition("STOPPED", {"đã dừng", "stopped"});
        }
        answer.set_text(message.text() + "/" + std::to_string(++seen_));
        answer.set_on_worker(call.deadline() - call.machine_now() <= absl::Seconds(30));
        return absl::OkStatus();
      }

     private:
      int seen_ = 0;
    };
    return runner_.Chunks<EchoRequest, EchoResponse>(
        "Chat", c, [](const Call&) { return std::make_unique<Session>(); });
  }

  absl::Notification entered_;
  absl::Notification release_;

 private:
  Runner runner_;
};

class FrameTest : public ::testing::Test {
 protected:
  FrameTest() : server_("testing", keys_) {
    server_.host().admission().SetUnitTree(&units_);
    service_ = &server_.host().Add(std::make_unique<EchoService>(server_.host().admission()));
    server_.Start();
    stub_ = testing::v1::EchoService::NewStub(server_.channel());
  }
  grpc::Status Unit(const std::string& token, const std::string& unit) {
    EchoRequest request;
    request.set_unit(unit);
    EchoResponse response;
    return stub_->UnitEcho(test::WithToken(token).get(), request, &response);
  }

  test::TestKeys keys_;
  TwoUnits units_;
  test::TestServer server_;
  EchoService* service_;
  std::unique_ptr<testing::v1::EchoService::Stub> stub_;
  EchoResponse response_;
};

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
