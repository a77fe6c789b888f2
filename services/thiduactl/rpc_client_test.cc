#include "thiduactl/rpc_client.h"

#include <gtest/gtest.h>

#include <thread>

#include "absl/time/clock.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

// While nobody waits for a connection gRPC looks at it every five seconds only, and a handshake
// takes several looks: a client that slept between its calls could miss a server for a minute.
TEST(RpcClientTest, AServerThatComesBackIsFoundAtOnce) {
  auto server = std::make_unique<testing::FakeApi>();
  const int port = server->port();
  RpcClient::Options options;
  options.target = "127.0.0.1:" + std::to_string(port);
  options.retry_for = absl::Seconds(60);
  const auto client = RpcClient::Connect(options);
  ASSERT_TRUE(client.ok()) << client.status();
  server.reset();
  absl::Time back;
  std::thread restart([&] {
    // How long the server is away: longer than the first pauses of the client.
    absl::SleepFor(absl::Seconds(3));
    server = std::make_unique<testing::FakeApi>(port);
    server->EmptyByDefault();
    back = absl::Now();
  });
  const auto answer =
      (*client)->Call("campaign.v1.ClockService/GetBusinessTime", json::object(), "");
  const absl::Time answered = absl::Now();
  restart.join();
  EXPECT_TRUE(answer.ok()) << answer.status();
  EXPECT_LT(answered - back, absl::Seconds(4));
}

}  // namespace
}  // namespace thidua::ctl
