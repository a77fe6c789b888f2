#include "scoring/initiatives/initiative_rules.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::scoring::initiatives {
namespace {

Counts Count(const std::vector<Initiative>& initiatives) {
  return CountInitiatives(initiatives, absl::CivilDay(2023, 1, 1), absl::CivilDay(2023, 12, 31),
                          absl::CivilDay(2024, 2, 15));
}

// R-SCO-56
TEST(InitiativeRulesTest, TheYearsInitiativesCountOnceTheyAreRecognised) {
  const Counts counts = Count({{2023, absl::CivilDay(2023, 11, 20)},
                               {2023, absl::CivilDay(2024, 2, 15)},  // after the period, by today
                               {2023, absl::CivilDay(2024, 2, 16)},  // after today
                               {2023, std::nullopt},
                               {2022, absl::CivilDay(2023, 1, 10)},
                               {2024, absl::CivilDay(2024, 1, 10)}});
  EXPECT_EQ(counts.recognised, 2);
  EXPECT_EQ(counts.registered, 2);
}

// R-SCO-56 In whatever order they are told, and one recognised in time adds exactly one.
TEST(InitiativeRulesTest, OrderDoesNotMatter) {
  EXPECT_TRUE(rc::check("order, one more", [] {
    std::vector<Initiative> all;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
      Initiative one;
      one.year = *rc::gen::inRange(2021, 2025);
      if (*rc::gen::arbitrary<bool>()) {
        one.recognition = absl::CivilDay(2023, 1, 1) + *rc::gen::inRange(0, 800);
      }
      all.push_back(one);
    }
    const Counts counts = Count(all);
    std::vector<Initiative> turned(all.rbegin(), all.rend());
    RC_ASSERT(Count(turned).recognised == counts.recognised);
    turned.push_back({2023, absl::CivilDay(2023, 6, 1)});
    RC_ASSERT(Count(turned).recognised == counts.recognised + 1);
    RC_ASSERT(Count(turned).registered == counts.registered);
  }));
}

}  // namespace
}  // namespace thidua::scoring::initiatives
