// A server process from start to end: startup steps, ports, overload, deadlines, what it logs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/support/log.h"
#include "grpcpp/create_channel.h"
#include "nlohmann/json.hpp"
#include "platform/frame_fixture.h"
#include "platform/ids.h"

namespace thidua::platform {
namespace {

using nlohmann::json;

// The RetryInfo of an answer; zero when it has none.
absl::Duration RetryDelay(const grpc::Status& status) {
  google::rpc::Status wire;
  wire.ParseFromString(status.error_details());
  for (const auto& any : wire.details()) {
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&retry)) return absl::Seconds(retry.retry_delay().seconds());
  }
  return absl::ZeroDuration();
}

class NotifyingTask final : public BackgroundTask {
 public:
  explicit NotifyingTask(absl::Notification* started) : started_(started) {}
  std::string name() const override { return "notifying"; }
  void Run() override { started_->Notify(); }
  void Stop() override {}

 private:
  absl::Notification* const started_;
};

class HostTest : public ::testing::Test {
 protected:
  HostOptions Options() const {
    HostOptions options;
    options.service_name = "testing";
    options.profile = "test";
    options.jwks_file = keys_.jwks_file();
    options.metrics_listen = "";
    options.probe_interval = absl::Milliseconds(20);
    return options;
  }
  void Make(HostOptions options) {
    auto host = ServerHost::Create(std::move(options));
    ASSERT_TRUE(host.ok()) << host.status();
    host_ = *std::move(host);
    service_ = &host_->Add(std::make_unique<EchoService>(host_->admission()));
  }
  void Start() {
    const absl::Status started = host_->Start();
    ASSERT_TRUE(started.ok()) << started;
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(host_->port()),
                                   grpc::InsecureChannelCredentials());
    stub_ = testing::v1::EchoService::NewStub(channel_);
  }
  grpc::Status Echo(const std::string& text) {
    EchoRequest request;
    request.set_text(text);
    EchoResponse response;
    return stub_->PublicEcho(test::WithToken("").get(), request, &response);
  }

  const test::TestKeys keys_;
  std::unique_ptr<ServerHost> host_;
  EchoService* service_ = nullptr;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<testing::v1::EchoService::Stub> stub_;
};

absl::Status Away() { return Unavailable("DB_UNAVAILABLE", {"vắng", "away"}, absl::Seconds(1)); }

TEST_F(HostTest, ServesOnceItsStartupStepsAreDoneAndNotBefore) {
  Make(Options());
  std::atomic<bool> there{false};
  absl::Notification tried;
  absl::Notification task_started;
  std::vector<std::string> order;
  host_->AddStartup("first", [&](absl::Time) {
    EXPECT_TRUE(Executor::OnWorker());
    if (there.load()) {
      order.emplace_back("first");
      return absl::OkStatus();
    }
    if (!tried.HasBeenNotified()) tried.Notify();
    return Away();
  });
  host_->AddStartup("second", [&](absl::Time) {
    order.emplace_back("second");
    return absl::OkStatus();
  });
  host_->AddTask(std::make_unique<NotifyingTask>(&task_started));
  Start();
  test::HealthWatch health(channel_);
  EXPECT_TRUE(health.Await(/*serving=*/false));
  tried.WaitForNotification();
  const grpc::Status early = Echo("early");
  EXPECT_EQ(early.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(test::Reason(early), "NOT_READY");
  EXPECT_EQ(RetryDelay(early), absl::Seconds(1));
  EXPECT_FALSE(task_started.HasBeenNotified());
  EXPECT_TRUE(absl::IsDeadlineExceeded(host_->AwaitStartup(absl::Now())));

  there.store(true);
  EXPECT_TRUE(health.Await(/*serving=*/true));
  EXPECT_TRUE(host_->AwaitStartup(absl::Now()).ok());
  EXPECT_TRUE(Echo("late").ok());
  task_started.WaitForNotification();
  EXPECT_THAT(order, ::testing::ElementsAre("first", "second"));
  EXPECT_EQ(service_->taken_.load(), 1);
}

TEST_F(HostTest, AStartupStepThatCannotSucceedEndsTheProcessWithItsError) {
  Make(Options());
  host_->AddStartup("schema", [](absl::Time) {
    return FailedPrecondition("SCHEMA_BEHIND", {"lược đồ cũ", "the schema is old"});
  });
  absl::Notification task_started;
  host_->AddTask(std::make_unique<NotifyingTask>(&task_started));
  Start();
  EXPECT_EQ(ReasonOf(host_->RunUntilSignal()), "SCHEMA_BEHIND");
  EXPECT_FALSE(task_started.HasBeenNotified());
}

TEST_F(HostTest, StopsWhileItIsStillStarting) {
  Make(Options());
  absl::Notification tried;
  host_->AddStartup("database", [&](absl::Time) {
    if (!tried.HasBeenNotified()) tried.Notify();
    return Away();
  });
  Start();
  tried.WaitForNotification();
  host_->Shutdown();
  EXPECT_TRUE(absl::IsCancelled(host_->AwaitStartup(absl::Now())));
}

// Whatever kind of rpc: done first, on a worker, for each message of a stream from the client; its
// error is the call's. For whom admission refuses it is not done at all.
TEST_F(HostTest, WhatIsToBeDoneBeforeWorkIsDoneAndItsErrorRefusesTheCall) {
  Make(Options());
  std::atomic<bool> there{true};
  std::atomic<int> done{0};
  host_->admission().SetBeforeWork([&](absl::Time deadline) {
    EXPECT_TRUE(Executor::OnWorker());
    EXPECT_LE(deadline, absl::Now() + absl::Seconds(31)) << "the call's own, rounded up";
    done.fetch_add(1);
    return there.load() ? absl::OkStatus() : Away();
  });
  Start();
  const auto count = [&] {
    EchoRequest request;
    request.set_count(3);
    const auto context = test::WithToken(keys_.Token("person:p", {}));
    const auto stream = stub_->Count(context.get(), request);
    EchoResponse response;
    int read = 0;
    while (stream->Read(&response)) ++read;
    const grpc::Status status = stream->Finish();
    return status.ok() ? std::to_string(read) : test::Reason(status);
  };
  const auto chat = [&] {
    const auto context = test::WithToken(keys_.Token("person:p", {}));
    const auto stream = stub_->Chat(context.get());
    EchoRequest request;
    request.set_text("a");
    EchoResponse response;
    for (int i = 0; i < 2 && stream->Write(request); ++i) stream->Read(&response);
    stream->WritesDone();
    const grpc::Status status = stream->Finish();
    return status.ok() ? response.text() : test::Reason(status);
  };
  EXPECT_TRUE(Echo("text").ok());
  EXPECT_EQ(count(), "3");
  EXPECT_EQ(chat(), "a/2");
  EXPECT_EQ(done.load(), 4) << "once for each message of what the client streams";

  there.store(false);
  const int taken = service_->taken_.load();
  const grpc::Status refused = Echo("text");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(test::Reason(refused), "DB_UNAVAILABLE");
  EXPECT_EQ(RetryDelay(refused), absl::Seconds(1));
  EXPECT_EQ(count(), "DB_UNAVAILABLE");
  EXPECT_EQ(chat(), "DB_UNAVAILABLE");
  EchoResponse response;
  EXPECT_EQ(stub_->TokenEcho(test::WithToken("").get(), EchoRequest(), &response).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(service_->taken_.load(), taken);
  EXPECT_EQ(done.load(), 7);
}

TEST_F(HostTest, AMetricsPortThatIsTakenIsFoundBeforeAnybodyIsAnswered) {
  HostOptions options = Options();
  options.metrics_listen = "127.0.0.1:0";
  Make(options);
  Start();
  ASSERT_NE(host_->metrics_port(), 0);
  options.metrics_listen = "127.0.0.1:" + std::to_string(host_->metrics_port());
  auto second = ServerHost::Create(options);
  ASSERT_TRUE(second.ok());
  absl::Notification task_started;
  (*second)->AddTask(std::make_unique<NotifyingTask>(&task_started));
  const absl::Status refused = (*second)->Start();
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_EQ((*second)->port(), 0) << "no call can have reached it";
  EXPECT_FALSE(task_started.HasBeenNotified());
}

TEST_F(HostTest, APortThatIsTakenLeavesNothingBehind) {
  Make(Options());
  Start();
  HostOptions options = Options();
  options.listen = "127.0.0.1:" + std::to_string(host_->port());
  options.metrics_listen = "127.0.0.1:0";
  auto second = ServerHost::Create(options);
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(absl::IsUnavailable((*second)->Start()));
  EXPECT_THAT(test::MetricNames((*second)->metrics_port()), ::testing::IsEmpty());
}

TEST_F(HostTest, AServiceWithoutPoliciesIsNotServed) {
  Make(Options());
  host_->Add(std::make_unique<testing::v1::EchoService::CallbackService>());
  EXPECT_TRUE(absl::IsFailedPrecondition(host_->Start()));
}

TEST_F(HostTest, WhatFindsNoRoomIsRefusedAtOnceAndMayRetry) {
  HostOptions options = Options();
  options.workers = 1;
  options.queue_limit = 1;
  Make(options);
  Start();
  EchoRequest block;
  block.set_text("block");
  EchoResponse blocked;
  absl::Notification block_ended;
  const auto block_context = test::WithToken("");
  stub_->async()->PublicEcho(block_context.get(), &block, &blocked,
                             [&](const grpc::Status& status) {
                               EXPECT_TRUE(status.ok()) << status.error_message();
                               block_ended.Notify();
                             });
  service_->entered_.WaitForNotification();

  // The only worker is busy and one call may wait: of two, one is answered while the other waits.
  struct Waiting {
    std::unique_ptr<grpc::ClientContext> context = test::WithToken("");
    EchoRequest request;
    EchoResponse response;
  };
  Waiting waiting[2];
  absl::Mutex mutex;
  std::vector<grpc::Status> ended;
  for (Waiting& call : waiting) {
    stub_->async()->PublicEcho(call.context.get(), &call.request, &call.response,
                               [&](grpc::Status status) {
                                 absl::MutexLock lock(&mutex);
                                 ended.push_back(std::move(status));
                               });
  }
  const auto have = [&](size_t count) {
    absl::MutexLock lock(&mutex);
    const auto enough = [&] { return ended.size() >= count; };
    return mutex.AwaitWithTimeout(absl::Condition(&enough), absl::Seconds(30));
  };
  ASSERT_TRUE(have(1));
  service_->release_.Notify();
  ASSERT_TRUE(have(2));
  block_ended.WaitForNotification();
  EXPECT_EQ(ended[0].error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(test::Reason(ended[0]), "OVERLOADED");
  EXPECT_EQ(RetryDelay(ended[0]), absl::Seconds(1));
  EXPECT_TRUE(ended[1].ok()) << "what waits is not lost";
}

TEST(TooLateToBegin, BelowTwentyFiveMilliseconds) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  EXPECT_TRUE(TooLateToBegin(now - absl::Seconds(1), now));
  EXPECT_TRUE(TooLateToBegin(now, now));
  EXPECT_TRUE(TooLateToBegin(now + absl::Microseconds(24'999), now));
  EXPECT_FALSE(TooLateToBegin(now + absl::Milliseconds(25), now));
}

TEST_F(HostTest, ACallWithTooLittleTimeLeftIsNotBegun) {
  Make(Options());
  Start();
  ASSERT_TRUE(Echo("connected").ok());
  // The answer may come too late for the caller, whose own clock then ends the call: so several.
  // Well below the bound: gRPC carries a deadline from clock to clock, and a stall of a process
  // between two readings makes it look later.
  int with_reason = 0;
  for (int i = 0; i < 500 && with_reason == 0; ++i) {
    auto context = test::WithToken("");
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(10));
    EchoResponse response;
    const grpc::Status status = stub_->PublicEcho(context.get(), EchoRequest(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    if (test::Reason(status) == "DEADLINE_TOO_SHORT") ++with_reason;
  }
  EXPECT_EQ(with_reason, 1);
  EXPECT_EQ(service_->taken_.load(), 1);
}

TEST_F(HostTest, EveryCallLeavesOneLineWithoutItsToken) {
  Make(Options());
  Start();
  const std::string token = keys_.Token("person:7", {{"*", {"testing.secret"}}});
  ::testing::internal::CaptureStderr();
  auto context = test::WithToken(token);
  context->AddMetadata("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
  EchoResponse response;
  EchoRequest request;
  request.set_text("payload");
  ASSERT_TRUE(stub_->TokenEcho(context.get(), request, &response).ok());
  stub_->TokenEcho(test::WithToken(token + "x").get(), request, &response);
  const std::string log = ::testing::internal::GetCapturedStderr();

  std::vector<json> calls;
  for (absl::string_view line : absl::StrSplit(log, '\n', absl::SkipEmpty())) {
    const json parsed = json::parse(std::string(line), nullptr, false);
    ASSERT_TRUE(parsed.is_object()) << line;
    if (parsed["msg"] == "call") calls.push_back(parsed);
  }
  ASSERT_EQ(calls.size(), 2u) << log;
  const json& call = calls[0];
  EXPECT_EQ(call["svc"], "testing");
  EXPECT_EQ(call["sev"], "info");
  EXPECT_EQ(call["rpc"], "/thidua.testing.v1.EchoService/TokenEcho");
  EXPECT_EQ(call["code"], "OK");
  EXPECT_EQ(call["principal"], "person:7");
  EXPECT_EQ(call["trace_id"], "0123456789abcdef0123456789abcdef");
  EXPECT_TRUE(IsId(call.value("request_id", ""))) << log;
  EXPECT_THAT(call.value("ms", ""), ::testing::MatchesRegex("[0-9]+[.][0-9]"));
  EXPECT_EQ(calls[1]["code"], "UNAUTHENTICATED");
  EXPECT_EQ(calls[1]["reason"], "TOKEN_SIGNATURE");
  EXPECT_NE(calls[1]["request_id"], call["request_id"]);
  for (absl::string_view part : absl::StrSplit(token, '.')) {
    EXPECT_FALSE(absl::StrContains(log, part)) << "a part of the token is in the log";
  }
  EXPECT_FALSE(absl::StrContains(log, "payload"));
}

TEST_F(HostTest, AQuietCallLeavesALineOnlyWhenItFails) {
  Make(Options());
  Start();
  ::testing::internal::CaptureStderr();
  EchoRequest request;
  EchoResponse response;
  for (const char* text : {"quiet", "loud", "quiet error"}) {
    request.set_text(text);
    stub_->ServiceEcho(test::WithToken(keys_.ServiceToken("scoring")).get(), request, &response);
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  std::vector<std::string> codes;
  for (absl::string_view line : absl::StrSplit(log, '\n', absl::SkipEmpty())) {
    const json parsed = json::parse(std::string(line), nullptr, false);
    if (parsed["msg"] == "call") codes.push_back(parsed["code"]);
  }
  EXPECT_THAT(codes, ::testing::ElementsAre("OK", "FAILED_PRECONDITION"));
}

TEST_F(HostTest, WhatGrpcReportsIsALineOfOurs) {
  Make(Options());
  ::testing::internal::CaptureStderr();
  gpr_log(GPR_ERROR, "something \"quoted\" happened");
  const json line = json::parse(::testing::internal::GetCapturedStderr(), nullptr, false);
  ASSERT_TRUE(line.is_object());
  EXPECT_EQ(line["msg"], "grpc");
  EXPECT_EQ(line["sev"], "error");
  EXPECT_EQ(line["detail"], "something \"quoted\" happened");
}

}  // namespace
}  // namespace thidua::platform
