#include "notify/inbox/rules.h"

#include "gtest/gtest.h"

namespace thidua::notify::inbox {
namespace {

using absl::CivilDay;

TEST(InboxRules, R_NOT_50_APostCoversItsFirstAndLastDay) {
  const Post post{"u", CivilDay(2022, 10, 14), CivilDay(2023, 12, 31)};
  EXPECT_FALSE(PostCovers(post, CivilDay(2022, 10, 13)));
  EXPECT_TRUE(PostCovers(post, CivilDay(2022, 10, 14)));
  EXPECT_TRUE(PostCovers(post, CivilDay(2023, 12, 31)));
  EXPECT_FALSE(PostCovers(post, CivilDay(2024, 1, 1)));
  EXPECT_TRUE(PostCovers({"u", CivilDay(2022, 1, 1), std::nullopt}, CivilDay(2099, 1, 1)));
}

TEST(InboxRules, R_NOT_51_LateComersGetTheLastThirtyDays) {
  const Post post{"u", CivilDay(2022, 1, 1), std::nullopt};
  EXPECT_TRUE(IsBackfilled(post, CivilDay(2023, 3, 1), CivilDay(2023, 3, 31)));
  EXPECT_FALSE(IsBackfilled(post, CivilDay(2023, 3, 1), CivilDay(2023, 4, 1)));
  // Learned of by a feed that ran behind: the notice is younger than the event about the person.
  EXPECT_TRUE(IsBackfilled(post, CivilDay(2023, 3, 1), CivilDay(2022, 12, 1)));
  const Post ended{"u", CivilDay(2022, 1, 1), CivilDay(2023, 2, 28)};
  EXPECT_FALSE(IsBackfilled(ended, CivilDay(2023, 3, 1), CivilDay(2023, 3, 2)));
}

}  // namespace
}  // namespace thidua::notify::inbox
