#include "campaign/plans/rules_standards.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Check(std::string_view check, const std::string& name, const std::string& value) {
  const Problems problems = CheckParameters(check, {{name, value}});
  return problems.empty() ? "" : problems[0].reason + "@" + problems[0].field;
}

// shows: S4-20
TEST(Standards, R_PLN_08_ThresholdsNobodyStatedAreUnset) {
  EXPECT_THAT(UnsetParameters("RANK_HIGH_OR_LEAP", {}), ElementsAre("max_rank", "min_rank_gain"));
  EXPECT_THAT(UnsetParameters("RANK_HIGH_OR_LEAP", {{"max_rank", "3"}}),
              ElementsAre("min_rank_gain"));
  EXPECT_THAT(UnsetParameters("ACTIVITY_COUNT", {}), ElementsAre("min_activities"));
}

// shows: S4-17, S4-21, S4-22, S4-24
TEST(Standards, R_PLN_08_ChecksWithoutParameters) {
  for (const char* check :
       {"MANUAL", "REPORTS_ON_TIME", "ONE_STOP", "NO_DISCIPLINE_NO_COMPLAINT"}) {
    EXPECT_THAT(ParametersOf(check), IsEmpty()) << check;
  }
}

// shows: S4-18, S4-19, S4-23
TEST(Standards, R_PLN_08_ValuesHaveAForm) {
  EXPECT_EQ(Check("ACTIVITY_COUNT", "min_activities", "12"), "");
  EXPECT_EQ(Check("ACTIVITY_COUNT", "min_activities", "0"),
            "PARAMETER_VALUE@parameters.min_activities");
  EXPECT_EQ(Check("ACTIVITY_COUNT", "min_activities", "-1"),
            "PARAMETER_VALUE@parameters.min_activities");
  for (const char* good : {"0", "1", "0.95", "1.000", "0.123456"}) {
    EXPECT_EQ(Check("TASKS_ON_TIME", "min_on_time_ratio", good), "") << good;
  }
  for (const char* bad : {"", "0.", "1.01", "95", "0,95", "0.1234567", ".5", "2"}) {
    EXPECT_EQ(Check("TASKS_ON_TIME", "min_on_time_ratio", bad),
              "PARAMETER_VALUE@parameters.min_on_time_ratio")
        << bad;
  }
  EXPECT_EQ(Check("RECOGNISED_INITIATIVE", "min_initiatives", "1"), "");
}

// shows: S4-25
TEST(Standards, R_PLN_08_AClassificationAndBetter) {
  EXPECT_EQ(Check("CLASSIFICATION_AT_LEAST", "min_classification", "GOOD"), "");
  EXPECT_EQ(Check("CLASSIFICATION_AT_LEAST", "min_classification", "HTT"),
            "PARAMETER_VALUE@parameters.min_classification");
}

TEST(Standards, R_PLN_08_AParameterOfAnotherCheckIsRefused) {
  EXPECT_EQ(Check("MANUAL", "max_rank", "3"), "PARAMETER_UNKNOWN@parameters.max_rank");
}

}  // namespace
}  // namespace thidua::campaign::plans
