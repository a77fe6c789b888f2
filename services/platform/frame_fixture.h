// A service with one rpc for each kind of policy and of stream, in a real server, for the tests of
// the call frame.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "platform/missing.h"
#include "platform/runner.h"
#include "platform/status_macros.h"
#include "support/test_server.h"
#include "testdata/echo_service.grpc.pb.h"

namespace thidua::platform {

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

// Numbers the messages of its stream and counts those of all streams.
class ChatSession final : public ChunkSession<EchoRequest, EchoResponse> {
 public:
  explicit ChatSession(std::atomic<int>* taken) : taken_(taken) {}
  absl::Status OnMessage(const Call& call, const EchoRequest& message,
                         EchoResponse& answer) override {
    if (message.text() == "stop") return FailedPrecondition("STOPPED", {"đã dừng", "stopped"});
    taken_->fetch_add(1);
    answer.set_text(message.text() + "/" + std::to_string(++seen_));
    answer.set_on_worker(call.deadline() - call.machine_now() <= absl::Seconds(30));
    return absl::OkStatus();
  }

 private:
  std::atomic<int>* const taken_;
  int seen_ = 0;
};

class EchoService final : public testing::v1::EchoService::CallbackService {
 public:
  explicit EchoService(Admission& admission)
      : runner_(admission, testing::v1::EchoService::service_full_name()) {
    MarkMethodRawCallback(runner_.IndexOf("Chat"),
                          runner_.Chunks<EchoRequest, EchoResponse>("Chat", [this](const Call&) {
                            return std::make_unique<ChatSession>(&taken_);
                          }));
  }
  using Ctx = grpc::CallbackServerContext;

  grpc::ServerUnaryReactor* PublicEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("PublicEcho", c, q, r,
                         [this](const Call& call, const auto& req, auto& res) {
                           taken_.fetch_add(1);
                           time_left_ = call.deadline() - call.machine_now();
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
                         [](const Call& call, const auto& req, auto&) -> absl::Status {
                           if (absl::StartsWith(req.text(), "quiet")) call.Quiet();
                           if (req.text() != "quiet error") return absl::OkStatus();
                           return FailedPrecondition("STOPPED", {"đã dừng", "stopped"});
                         });
  }
  grpc::ServerUnaryReactor* UnitEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary("UnitEcho", c, q, r, [](const Call& call, const auto& req, auto& res) {
      RETURN_IF_ERROR(call.Require(req.unit()));
      res.set_text("seen");
      return absl::OkStatus();
    });
  }
  grpc::ServerUnaryReactor* ResourceEcho(Ctx* c, const EchoRequest* q, EchoResponse* r) override {
    return runner_.Unary(
        "ResourceEcho", c, q, r, [](const Call& call, const auto& req, auto& res) -> absl::Status {
          if (req.text() != "resource of child") {
            return NotFoundFor(call, NotFound("ECHO_NOT_FOUND", {"không có", "there is none"}));
          }
          RETURN_IF_ERROR(call.Require("child"));
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
        "Count", c, q,
        [this](const Call&, const EchoRequest& req, StreamWriter<EchoResponse>& out) {
          taken_.fetch_add(1);
          EchoResponse message;
          for (int i = 0; i < req.count(); ++i) {
            message.set_text(std::to_string(i));
            if (!out.Write(message)) return absl::CancelledError("reader gone");
          }
          return absl::OkStatus();
        });
  }
  absl::Notification entered_;
  absl::Notification release_;
  absl::Duration time_left_;   // of the last PublicEcho when it began
  std::atomic<int> taken_{0};  // messages that PublicEcho, Count and Chat were given

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

}  // namespace thidua::platform
