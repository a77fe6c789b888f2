// Start, wind-down and end.
#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "gateway/testing/gateway_fixture.h"
#include "gateway/testing/test_contract.h"
#include "gmock/gmock.h"

namespace thidua::gateway::testing {
namespace {

using ::testing::HasSubstr;
using Lifecycle = GatewayTest;

TEST_F(Lifecycle, LetsAnswersInWorkFinish) {
  Connection working(port());
  working.Send(RequestText("GET", "/v1/wait"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  Connection idle(port());
  idle.Send(RequestText("GET", "/v1/things/x"));
  EXPECT_EQ(idle.Read().status, 200);

  const int old_port = port();
  std::atomic<bool> over{false};
  std::thread shutdown([&] {
    gateway_->Shutdown();
    over = true;
  });
  EXPECT_TRUE(idle.ReadToEnd());  // idle connections go first
  EXPECT_FALSE(over.load());
  server_.Release();
  const HttpAnswer answer = working.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("connection"), "close");
  shutdown.join();
  EXPECT_THROW(Connection{old_port}, std::runtime_error);
  gateway_.reset();
}

TEST_F(Lifecycle, CutsWhatDoesNotFinish) {
  Connection hanging(port());
  hanging.Send(RequestText("GET", "/v1/hang"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  Connection streaming(port());
  streaming.Send(RequestText("GET", "/v1/watch"));
  streaming.ReadUntil("items/3");
  Connection half(port());
  half.Send("POST /v1/upload HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  gateway_->Shutdown();
  gateway_.reset();
  EXPECT_TRUE(server_.AwaitCancelled(2));
  EXPECT_TRUE(hanging.ReadToEnd());
  EXPECT_TRUE(half.ReadToEnd());
}

// A thread of gRPC may be the last to hold a session; the server must not end under its hands.
TEST_F(Lifecycle, EndsRightAfterAnAnswerAgainAndAgain) {
  for (int round = 0; round < 50; ++round) {
    EXPECT_EQ(Get("/v1/things/x").status, 200);
    Restart({});
  }
}

TEST_F(Lifecycle, NamesAnAddressThatIsTaken) {
  GatewayOptions options;
  options.descriptors = TestApiFile();
  options.upstreams = {{"gateway_test.v1", server_.address()}};
  options.metrics_listen = "";
  const auto start = [&](const std::string& listen) {
    options.listen = listen;
    const auto gateway = Gateway::Create(options);
    return std::string((*gateway)->Start().message());
  };
  const std::string taken = "127.0.0.1:" + std::to_string(port());
  EXPECT_THAT(start(taken), HasSubstr("cannot listen on " + taken));
  for (const char* wrong :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999", "x:1"}) {
    EXPECT_THAT(start(wrong), HasSubstr("not ")) << wrong;
  }
}

TEST_F(Lifecycle, ServesAgainAfterTheServiceCameBack) {
  const std::string address = server_.address();
  EXPECT_EQ(Get("/v1/things/x").status, 200);
  server_.Stop();
  EXPECT_EQ(Get("/v1/things/x").status, 503);
  EchoServer again(address);
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  int status = 0;
  while (status != 200 && absl::Now() < deadline) {
    status = Get("/v1/things/x").status;
  }
  EXPECT_EQ(status, 200);
}

}  // namespace
}  // namespace thidua::gateway::testing
