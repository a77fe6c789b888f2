#include "scoring/figures/figure_rules.h"

#include "gtest/gtest.h"

namespace thidua::scoring::figures {
namespace {

TEST(FigureRulesTest, WholeNumbersAreWrittenInOneWay) {
  EXPECT_EQ(ReadWhole("0"), 0);
  EXPECT_EQ(ReadWhole("120"), 120);
  EXPECT_EQ(ReadWhole("999999999"), 999'999'999);
  for (const char* bad : {"", "-1", "+1", "1.0", "1,000", "007", "1000000000", " 1", "mười"}) {
    EXPECT_EQ(ReadWhole(bad), std::nullopt) << bad;
  }
}

// R-SCO-57
TEST(FigureRulesTest, AnIndexIsAPercentage) {
  EXPECT_EQ(ReadPercent("0"), numbers::Rational(0));
  EXPECT_EQ(ReadPercent("86.55"), numbers::Rational(8655, 100));
  EXPECT_EQ(ReadPercent("100"), numbers::Rational(100));
  for (const char* bad : {"", "100.01", "-0.5", "86,55", "86.55%", "86.1234567"}) {
    EXPECT_EQ(ReadPercent(bad), std::nullopt) << bad;
  }
}

// R-SCO-58
TEST(FigureRulesTest, TheOrganisersOwnCountsElseTheOnlyOne) {
  EXPECT_EQ(PickSource({}, "district"), std::nullopt);
  EXPECT_EQ(PickSource({"province"}, "district"), size_t{0});
  EXPECT_EQ(PickSource({"province", "district"}, "district"), size_t{1});
  EXPECT_EQ(PickSource({"province", "department"}, "district"), std::nullopt);
}

}  // namespace
}  // namespace thidua::scoring::figures
