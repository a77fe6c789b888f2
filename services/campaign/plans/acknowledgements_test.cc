// Who has spread a plan among their people, and who has not, as callers see it.
#include "campaign/testing/plan_test.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::SizeIs;
using Stub = v1::PlanService::Stub;

class AcknowledgementsTest : public PlanTest {
 protected:
  v1::ListAcknowledgementStatesResponse List(const v1::Plan& plan,
                                             v1::AcknowledgementFilter filter = {},
                                             const std::string& as_of = "",
                                             const std::string& token = "") {
    v1::ListAcknowledgementStatesRequest request;
    request.set_name(plan.name());
    request.set_filter(filter);
    request.set_as_of(as_of);
    return Ask(plans(), &Stub::ListAcknowledgementStates, request, token);
  }
};

// shows: S4-29
TEST_F(AcknowledgementsTest, WhoHasAndWhoHasNotWithDays) {
  const v1::Plan plan = Launched(Small());
  ASSERT_TRUE(status.ok()) << reason();
  const std::string early = UnitOf("H00.20.11");
  const std::string late = UnitOf("H00.20.12");
  MoveTo("2022-10-17");
  Acknowledge(plan, early);
  MoveTo("2022-10-24");
  Acknowledge(plan, late);
  MoveTo("2022-10-31");

  const auto all = List(plan);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(all.units(), SizeIs(5));
  EXPECT_EQ(all.participant_count(), 5);
  EXPECT_EQ(all.acknowledged_count(), 2);
  for (const v1::AcknowledgementState& one : all.units()) {
    EXPECT_NE(one.display_name(), "");
    if (one.unit() == early) {
      EXPECT_EQ(one.acknowledge_date(), "2022-10-17");
      EXPECT_EQ(one.days(), 3);
    } else if (one.unit() == late) {
      EXPECT_EQ(one.days(), 10);
    } else {
      EXPECT_EQ(one.acknowledge_date(), "");
      EXPECT_EQ(one.days(), 17) << "still waited for";
    }
  }
  EXPECT_THAT(List(plan, v1::ACKNOWLEDGEMENT_FILTER_ACKNOWLEDGED).units(), SizeIs(2));
  EXPECT_THAT(List(plan, v1::ACKNOWLEDGEMENT_FILTER_MISSING).units(), SizeIs(3));

  // As it was on a day before.
  const auto then = List(plan, v1::ACKNOWLEDGEMENT_FILTER_MISSING, "2022-10-20");
  EXPECT_THAT(then.units(), SizeIs(4));
  EXPECT_EQ(then.acknowledged_count(), 1);
  EXPECT_EQ(then.units(0).days(), 6);
  List(plan, {}, "2022-02-30");
  EXPECT_EQ(reason(), "DATE_IMPOSSIBLE");
}

TEST_F(AcknowledgementsTest, PagesAndReaders) {
  const v1::Plan plan = Launched(Small());
  v1::ListAcknowledgementStatesRequest request;
  request.set_name(plan.name());
  request.set_page_size(2);
  int seen = 0;
  do {
    const auto page = Ask(plans(), &Stub::ListAcknowledgementStates, request);
    ASSERT_TRUE(status.ok()) << reason();
    seen += page.units_size();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, 5);
  List(plan, {}, "", TokenAt(UnitOf("H00.20.11"), {"campaign.plans.read"}));
  EXPECT_TRUE(status.ok()) << reason();
  List(plan, {}, "", TokenAt(UnitOf("H00.01"), {"campaign.plans.read"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
}

}  // namespace
}  // namespace thidua::campaign::plans
