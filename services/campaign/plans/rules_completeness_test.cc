#include "campaign/plans/rules_completeness.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using absl::CivilDay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Fields(const PlanFacts& plan, bool blocking) {
  std::vector<std::string> fields;
  for (const Missing& one : FindMissing(plan)) {
    EXPECT_FALSE(one.vi.empty());
    EXPECT_FALSE(one.en.empty());
    if (one.blocks_issue == blocking) fields.push_back(one.field);
  }
  return fields;
}

// The district plan as its source has it: number and day are blank.
PlanFacts KrongNo() {
  PlanFacts plan;
  plan.has_issuer = plan.has_title = plan.has_symbol = true;
  plan.issue = Days{CivilDay(2023, 3, 1), CivilDay(2023, 3, 31)};
  return plan;
}

// shows: S4-01
TEST(FindMissing, R_PLN_02_NumberAndDayBlockIssue) {
  PlanFacts plan = KrongNo();
  EXPECT_THAT(Fields(plan, true), ElementsAre("number", "issue_date"));
  plan.has_number = true;
  EXPECT_THAT(Fields(plan, true), ElementsAre("issue_date"));
  plan.issue = Days{CivilDay(2023, 3, 15), CivilDay(2023, 3, 15)};
  EXPECT_THAT(Fields(plan, true), IsEmpty());
}

// shows: S3-01
TEST(FindMissing, R_PLN_02_WithoutNumberAndDateNothingIsIssued) {
  EXPECT_THAT(Fields(PlanFacts(), true),
              ElementsAre("issuer", "title", "number", "symbol", "issue_date"));
}

// shows: S2-12
TEST(FindMissing, R_PLN_03_TheRestIsToldAndAllowed) {
  PlanFacts plan = KrongNo();
  plan.has_number = true;
  plan.issue = Days{CivilDay(2022, 10, 14), CivilDay(2022, 10, 14)};
  EXPECT_THAT(Fields(plan, true), IsEmpty());
  for (const char* field : {"award_forms", "award_forms.quota", "award_dossier.documents",
                            "standards", "award_dossier.preparation", "report_requirements.due"}) {
    EXPECT_THAT(Fields(plan, false), Contains(field));
  }
}

// shows: S4-32
TEST(FindMissing, R_PLN_03_AReportWithoutADateIsTold) {
  PlanFacts plan = KrongNo();
  plan.has_report = true;
  EXPECT_THAT(Fields(plan, false), Contains("report_requirements.due"));
  EXPECT_THAT(Fields(plan, false), Not(Contains("report_requirements")));
  plan.every_report_has_due_date = true;
  EXPECT_THAT(Fields(plan, false), Not(Contains("report_requirements.due")));
}

// shows: S4-05, S2-03
TEST(FindMissing, R_PLN_03_TheHeadsResponsibilityIsSomebodys) {
  PlanFacts plan = KrongNo();
  EXPECT_THAT(Fields(plan, false), Not(Contains("content_items[0].responsible_position")));
  plan.answered_by_nobody = {"content_items[0]"};
  EXPECT_THAT(Fields(plan, false), Contains("content_items[0].responsible_position"));
}

}  // namespace
}  // namespace thidua::campaign::plans
