// FeedService and AuditService over real gRPC and a real database, for the tests of both.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "platform/feed/feed_fixture.h"
#include "platform/feed/services.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/audit_service.grpc.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::feed {

// district contains commune; province contains both.
class TestTree final : public platform::UnitTree {
 public:
  absl::StatusOr<bool> IsWithin(const std::string& unit, const std::string& ancestor,
                                absl::CivilDay, absl::Time) override {
    return unit == ancestor || ancestor == "province" ||
           (ancestor == "district" && unit == "commune");
  }
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit, absl::CivilDay,
                                                   absl::Time) override {
    if (unit == "district") return std::vector<std::string>{"commune", "district"};
    return std::vector<std::string>{unit};
  }
};

class ServicesTest : public FeedTest {
 protected:
  explicit ServicesTest(platform::HostOptions options = {})
      : server_("campaign", keys_, std::move(options)) {}
  void SetUp() override {
    FeedTest::SetUp();
    server_.host().admission().SetUnitTree(&tree_);
    server_.host().Add(NewFeedService<campaign::v1::FeedService>(
        server_.host().admission(), pool(),
        {[this](db::Session& session, auto emit) { return Snapshot(session, emit); }}));
    server_.host().Add(
        NewAuditService<campaign::v1::AuditService>(server_.host().admission(), pool()));
    server_.Start();
    feed_ = campaign::v1::FeedService::NewStub(server_.channel());
    audit_ = campaign::v1::AuditService::NewStub(server_.channel());
  }
  virtual absl::Status Snapshot(db::Session&,
                                absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
    for (const char* unit : {"commune", "elsewhere", ""}) {
      common::v1::Event event;
      event.set_id("not to be sent");
      event.set_type("thidua.campaign.v1.PlanLaunched");
      event.set_unit_id(unit);
      RETURN_IF_ERROR(emit(event));
    }
    return absl::OkStatus();
  }

  std::string Everywhere() const {
    return keys_.Token("client:a", {{"*", {"campaign.feed.read", "campaign.audit.read"}}});
  }
  std::string AtDistrict() const {
    return keys_.Token("client:b", {{"district", {"campaign.feed.read", "campaign.audit.read"}}});
  }
  common::v1::ReadEventsResponse Read(const common::v1::ReadEventsRequest& request,
                                      const std::string& token) {
    common::v1::ReadEventsResponse response;
    const grpc::Status status = feed_->ReadEvents(test::WithToken(token).get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::string Refusal(const common::v1::ReadEventsRequest& request) {
    common::v1::ReadEventsResponse response;
    return test::Reason(feed_->ReadEvents(test::WithToken(Everywhere()).get(), request, &response));
  }
  static std::vector<int64_t> Positions(const common::v1::ReadEventsResponse& page) {
    std::vector<int64_t> positions;
    for (const auto& event : page.events()) positions.push_back(event.position());
    return positions;
  }

  const test::TestKeys keys_;
  TestTree tree_;
  test::TestServer server_;
  std::unique_ptr<campaign::v1::FeedService::Stub> feed_;
  std::unique_ptr<campaign::v1::AuditService::Stub> audit_;
};

}  // namespace thidua::feed
