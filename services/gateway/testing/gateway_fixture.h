// A gateway in front of an EchoServer, both real, both in the test's process.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/gateway.h"
#include "gateway/testing/echo_server.h"
#include "gateway/testing/http_client.h"
#include "gtest/gtest.h"

namespace thidua::gateway::testing {

class GatewayTest : public ::testing::Test {
 protected:
  // Starts with the defaults; a test that needs others calls Restart.
  void SetUp() override { Restart({}); }
  void TearDown() override;
  void Restart(std::function<void(GatewayOptions&)> change);

  int port() const { return gateway_->port(); }
  HttpAnswer Get(std::string_view target, const Headers& headers = {}) {
    return Fetch(port(), "GET", target, headers);
  }

  EchoServer server_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace thidua::gateway::testing
