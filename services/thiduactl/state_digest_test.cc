#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "thiduactl/commands.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

constexpr const char* kDecision = "decisions/01m8fcpjbwed6v578n6v7vvted";
constexpr const char* kOtherDecision = "decisions/01m8fcnyh8e9nbyw5gbzvwqq5w";

constexpr const char* kPlan = "plans/01m8fcpjbwed6v578n6v7vvteg";
constexpr const char* kDraft = "plans/01m8fcpjbwed6v578n6v7vvteh";

// One certificate, one mail about it and one finding about a publication, as a run has made them.
struct Acts {
  std::string code = "KTJE-C9KF-0JZ2-P4XP-GQ5S";
  std::string decision = kDecision;
  std::string snapshot = std::string(64, 'a');
  std::string subject = "Thu hồi giấy chứng nhận mã ";
  std::string state = "DELIVERY_STATE_SENT";
  int attendees = 120;
  int decided = 1;
};

json DigestOf(const Acts& run) {
  testing::FakeApi api;
  api.EmptyByDefault();
  const auto reads = [&](const std::string& service, const std::vector<std::string>& producers) {
    json consumers = json::array();
    for (const std::string& producer : producers) consumers.push_back({{"producer", producer}});
    api.On(service + ".v1.FeedService/ListConsumers", [consumers](const json&) {
      return json{{"consumers", consumers}};
    });
  };
  reads("scoring", {"campaign"});
  reads("awards", {"campaign", "scoring"});
  reads("notify", {"campaign", "scoring", "awards"});
  api.On("campaign.v1.ClockService/GetBusinessTime", [](const json&) {
    return json{{"business_time", "2024-03-01T01:00:00Z"}};
  });
  // Two plans, of which one is a draft that awards knows nothing of.
  api.On("campaign.v1.PlanService/ListPlans", [](const json&) {
    const json years = {{{"year", 2022}}, {{"year", 2023}}};
    return json{{"plans",
                 {{{"name", kPlan}, {"state", "PLAN_STATE_LAUNCHED"}, {"years", years}},
                  {{"name", kDraft}, {"state", "PLAN_STATE_DRAFT"}, {"years", years}}}}};
  });
  api.On("campaign.v1.ConferenceService/ListConferences", [&](const json& request) {
    if (request["plan"] != kPlan) return json::object();
    return json{{"conferences", {{{"plan", kPlan}, {"attendee_count", run.attendees}}}}};
  });
  api.On("awards.v1.NominationService/GetQuotaUse",
         [&](const json& request) -> absl::StatusOr<json> {
           if (request["plan"] != kPlan) return absl::NotFoundError("no such plan");
           if (request["year"] == 2022) return json::object();
           return json{{"quotas", {{{"kind", "TOTAL"}, {"places", 1}, {"decided", run.decided}}}}};
         });
  api.On("scoring.v1.RankingService/ListPublications", [&](const json&) {
    return json{{"publications", {{{"title", "2023"}, {"snapshot_sha256", run.snapshot}}}}};
  });
  api.On("awards.v1.NominationService/ListNominations", [&](const json&) {
    return json{{"nominations",
                 {{{"standards_check", {{"findings", {{{"source_refs", {run.snapshot}}}}}}}}}}};
  });
  api.On("awards.v1.DecisionService/ListDecisions", [&](const json&) {
    return json{{"decisions", {{{"name", run.decision}, {"number", "12"}}}}};
  });
  api.On("awards.v1.CertificateService/ListCertificates", [&](const json&) {
    return json{{"certificates", {{{"decision", run.decision}, {"code", run.code}}}}};
  });
  api.On("notify.v1.DeliveryService/ListDeliveries", [&](const json&) {
    return json{{"deliveries", {{{"subject", run.subject + run.code}, {"state", run.state}}}}};
  });
  const auto session = api.NewSession();
  ::testing::internal::CaptureStdout();
  const absl::Status status = StateDigest(*session, {});
  const std::string text = ::testing::internal::GetCapturedStdout();
  EXPECT_TRUE(status.ok()) << status;
  return status.ok() ? json::parse(text) : json();
}

TEST(StateDigestTest, IsTheSameForTheSameActsInAnotherRun) {
  const json digest = DigestOf(Acts{});
  EXPECT_EQ(digest["counts"]["deliveries"], 1);
  Acts other;
  other.code = "JCGT-57HP-ZS5R-9PRW-7G1G";
  other.decision = kOtherDecision;
  other.snapshot = std::string(64, 'b');
  EXPECT_EQ(DigestOf(other), digest);
}

TEST(StateDigestTest, TellsInWhichPartTwoStatesDiffer) {
  const json digest = DigestOf(Acts{});
  Acts other;
  other.state = "DELIVERY_STATE_FAILED";
  const json changed = DigestOf(other);
  EXPECT_NE(changed["sha256"], digest["sha256"]);
  EXPECT_NE(changed["parts"]["deliveries"], digest["parts"]["deliveries"]);
  EXPECT_EQ(changed["parts"]["certificates"], digest["parts"]["certificates"]);
  other = Acts{};
  other.subject = "Trao giấy chứng nhận mã ";
  EXPECT_NE(DigestOf(other)["parts"]["deliveries"], digest["parts"]["deliveries"]);
}

TEST(StateDigestTest, HoldsWhatIsReadPlanByPlan) {
  const json digest = DigestOf(Acts{});
  EXPECT_EQ(digest["counts"]["conferences"], 1);
  EXPECT_EQ(digest["counts"]["quotas"], 1) << "a year without a quota has no part";
  Acts other;
  other.attendees = 121;
  EXPECT_NE(DigestOf(other)["parts"]["conferences"], digest["parts"]["conferences"]);
  other = Acts{};
  other.decided = 0;
  EXPECT_NE(DigestOf(other)["parts"]["quotas"], digest["parts"]["quotas"]);
}

}  // namespace
}  // namespace thidua::ctl
