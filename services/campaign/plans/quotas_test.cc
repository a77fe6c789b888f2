// Places for awards of a plan as callers and awards see them.
#include "campaign/plans/events.h"
#include "campaign/testing/plan_test.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

v1::AwardQuota Quota(v1::Subject subject, v1::AwardQuotaKind kind, int places,
                     const std::string& percent = "") {
  v1::AwardQuota quota;
  quota.set_subject(subject);
  quota.set_kind(kind);
  quota.set_places(places);
  quota.set_percent(percent);
  if (!percent.empty()) quota.set_rounding(v1::AWARD_QUOTA_ROUNDING_DOWN);
  return quota;
}

// shows: S3-15, S3-16
TEST_F(PlanTest, QuotasInAllOfEachUnitAndByPercentageStandSideBySide) {
  v1::Plan plan = Small();
  *plan.add_award_quotas() = Quota(v1::SUBJECT_COLLECTIVE, v1::AWARD_QUOTA_KIND_TOTAL, 3);
  *plan.add_award_quotas() = Quota(v1::SUBJECT_INDIVIDUAL, v1::AWARD_QUOTA_KIND_PER_UNIT, 2);
  *plan.add_award_quotas() =
      Quota(v1::SUBJECT_INDIVIDUAL, v1::AWARD_QUOTA_KIND_PERCENT_OF_PARTICIPANTS, 0, "5");
  const v1::Plan launched = Launched(plan);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(launched.award_quotas(), SizeIs(3));
  EXPECT_FALSE(launched.has_participant_person_count()) << "no group of people, which is not 0";
}

TEST_F(PlanTest, AQuotaThatCannotBeMeantIsRefused) {
  v1::Plan plan = Small();
  *plan.add_award_quotas() = Quota(v1::SUBJECT_COLLECTIVE, v1::AWARD_QUOTA_KIND_TOTAL, -1);
  *plan.add_award_quotas() =
      Quota(v1::SUBJECT_UNSPECIFIED, v1::AWARD_QUOTA_KIND_PERCENT_OF_PARTICIPANTS, 0, "10");
  *plan.add_award_quotas() = Quota(v1::SUBJECT_COLLECTIVE, v1::AWARD_QUOTA_KIND_TOTAL, 3);
  Create(plan);
  EXPECT_THAT(fields(), ElementsAre("plan.award_quotas[0].places", "plan.award_quotas[1].subject",
                                    "plan.award_quotas[2].kind"));
}

TEST_F(PlanTest, PeopleInScopeAreCountedAtTheLaunch) {
  const v1::Plan plan = Launched(DemoPlan("dak-nong-2022-2025"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(plan.participant_person_count(), 15);
}

TEST(LaunchedQuotas, TheOlderQuotaOfAFormIsToldBesideTheOthers) {
  Record record;
  record.row.person_count = 15;
  v1::AwardFormRule* form = record.document.add_award_forms();
  form->set_form(v1::AWARD_FORM_GIAY_KHEN);
  form->set_quota(10);
  record.document.add_award_forms()->set_form(v1::AWARD_FORM_BANG_KHEN);
  *record.document.add_award_quotas() =
      Quota(v1::SUBJECT_INDIVIDUAL, v1::AWARD_QUOTA_KIND_PERCENT_OF_PARTICIPANTS, 0, "5");
  const v1::PlanLaunched launched = LaunchOf(record, {});
  ASSERT_EQ(launched.award_quotas_size(), 2) << "a form without a number has no quota";
  EXPECT_EQ(launched.award_quotas(0).subject(), "");
  EXPECT_EQ(launched.award_quotas(0).award_form(), "GIAY_KHEN");
  EXPECT_EQ(launched.award_quotas(0).kind(), "TOTAL");
  EXPECT_EQ(launched.award_quotas(0).places(), 10);
  EXPECT_EQ(launched.award_quotas(1).subject(), "INDIVIDUAL");
  EXPECT_EQ(launched.award_quotas(1).percent(), "5");
  EXPECT_EQ(launched.award_quotas(1).rounding(), "DOWN");
  EXPECT_EQ(launched.participant_person_count(), 15);
}

}  // namespace
}  // namespace thidua::campaign::plans
