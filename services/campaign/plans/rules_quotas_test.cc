#include "campaign/plans/rules_quotas.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

QuotaFacts Percent(const std::string& percent) {
  return {true, "COLLECTIVE", "PERCENT_OF_PARTICIPANTS", 0, percent, "DOWN"};
}

std::vector<std::string> Refused(const QuotaFacts& quota) {
  std::vector<std::string> fields;
  for (const Problem& problem : CheckQuota(quota)) fields.push_back(problem.field);
  return fields;
}

TEST(Quotas, R_PLN_13_PlacesInAllAndOfEachUnitAreWholeNumbersAndMayBeNone) {
  for (const char* kind : {"TOTAL", "PER_UNIT"}) {
    EXPECT_THAT(Refused({true, "", kind, 0, "", ""}), IsEmpty());
    EXPECT_THAT(Refused({true, "INDIVIDUAL", kind, 2, "", ""}), IsEmpty());
    EXPECT_THAT(Refused({true, "", kind, -1, "", ""}), ElementsAre("places"));
    EXPECT_THAT(Refused({true, "", kind, 100000, "", ""}), ElementsAre("places"));
    EXPECT_THAT(Refused({true, "", kind, 3, "10", "DOWN"}), ElementsAre("percent", "rounding"));
  }
  EXPECT_THAT(Refused({true, "", "", 3, "", ""}), ElementsAre("kind"));
  EXPECT_THAT(Refused({false, "", "TOTAL", 3, "", ""}), ElementsAre("kind"));
}

TEST(Quotas, R_PLN_13_APercentageSaysOfWhomAndHowItIsRounded) {
  for (const char* fits : {"10", "5", "0.5", "7.25", "100", "100.0", "0.000001", "33.333333"}) {
    EXPECT_THAT(Refused(Percent(fits)), IsEmpty()) << fits;
  }
  for (const char* wrong :
       {"", "0", "0.0", "101", "100.1", "010", "10%", "-5", "1.", ".5", "1.0000001", "1e1"}) {
    EXPECT_THAT(Refused(Percent(wrong)), ElementsAre("percent")) << wrong;
  }
  QuotaFacts quota = Percent("10");
  quota.rounding.clear();
  quota.subject.clear();
  quota.places = 3;
  EXPECT_THAT(Refused(quota), ElementsAre("places", "rounding", "subject"));
}

}  // namespace
}  // namespace thidua::campaign::plans
