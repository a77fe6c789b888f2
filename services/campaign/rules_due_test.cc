#include "campaign/rules_due.h"

#include <optional>

#include "gtest/gtest.h"

namespace thidua::campaign {
namespace {

using absl::CivilDay;

TEST(Due, R_DUE_01_DaysLeftAndOverdue) {
  const CivilDay today(2023, 6, 15);
  EXPECT_EQ(DaysLeft(today, today), 0);
  EXPECT_FALSE(IsPast(today, today));
  EXPECT_EQ(DaysLeft(today + 7, today), 7);
  EXPECT_EQ(DaysLeft(today - 3, today), -3);
  EXPECT_TRUE(IsPast(today - 1, today));
  EXPECT_EQ(DaysLeft(std::nullopt, today), 0);
  EXPECT_FALSE(IsPast(std::nullopt, today));
}

}  // namespace
}  // namespace thidua::campaign
