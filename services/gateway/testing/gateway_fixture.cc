#include "gateway/testing/gateway_fixture.h"

#include "gateway/testing/test_contract.h"

namespace thidua::gateway::testing {

void GatewayTest::Restart(std::function<void(GatewayOptions&)> change) {
  if (gateway_ != nullptr) gateway_->Shutdown();
  GatewayOptions options;
  options.listen = "127.0.0.1:0";
  options.metrics_listen = "";
  options.descriptors = TestApiFile();
  options.upstreams = {{"gateway_test.v1", server_.address()}};
  options.drain = absl::Seconds(1);
  if (change) change(options);
  absl::StatusOr<std::unique_ptr<Gateway>> gateway = Gateway::Create(options);
  ASSERT_TRUE(gateway.ok()) << gateway.status();
  gateway_ = *std::move(gateway);
  ASSERT_TRUE(gateway_->Start().ok());
}

void GatewayTest::TearDown() {
  if (gateway_ != nullptr) gateway_->Shutdown();
}

}  // namespace thidua::gateway::testing
