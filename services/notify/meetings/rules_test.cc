#include "notify/meetings/rules.h"

#include <rapidcheck.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::notify::meetings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::Time At(int month, int day, int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2023, month, day, hour, minute),
                         absl::FixedTimeZone(7 * 3600));
}

TEST(MeetingRules, R_NOT_60_APlanIsReadStrictly) {
  const auto plan = ParsePlan(kDefaultPlan);
  ASSERT_TRUE(plan.has_value());
  ASSERT_EQ(plan->size(), 2u);
  EXPECT_EQ(plan->at(0).code, "T-1@14:00");
  EXPECT_EQ(plan->at(1).before, absl::Minutes(60));
  EXPECT_TRUE(ParsePlan("T-0@06:30").has_value());
  EXPECT_TRUE(ParsePlan("T-30@23:59,1440m,1m").has_value());
  for (const char* text :
       {"",           ",",          "60m,",     "T-1",        "T-1@14",
        "T-1@24:00",  "T-1@14:60",  "T-1@1:00", "T-31@14:00", "T-@14:00",
        "T--1@14:00", "T-01@14:00", "0m",       "1441m",      "060m",
        "m",          "60",         "60m,60m",  "60m, 30m",   "1m,2m,3m,4m,5m,6m,7m",
        "T-1@14:00x", "t-1@14:00",  "99999m"}) {
    EXPECT_FALSE(ParsePlan(text).has_value()) << text;
  }
}

TEST(MeetingRules, R_NOT_61_RemindersComeBeforeTheMeeting) {
  const Plan plan = *ParsePlan("60m,T-1@14:00,T-0@06:30");
  EXPECT_THAT(Schedule(plan, At(12, 5, 14)),
              ElementsAre(Firing{"T-1@14:00", At(12, 4, 14)}, Firing{"T-0@06:30", At(12, 5, 6, 30)},
                          Firing{"60m", At(12, 5, 13)}));
  EXPECT_THAT(Schedule(plan, At(12, 1, 6, 30)),
              ElementsAre(Firing{"T-1@14:00", At(11, 30, 14)}, Firing{"60m", At(12, 1, 5, 30)}))
      << "one at the very beginning is none";
  EXPECT_TRUE(IsPastWhenSet(At(12, 4, 14), At(12, 4, 14)));
  EXPECT_FALSE(IsPastWhenSet(At(12, 4, 14), At(12, 4, 13, 59)));
  EXPECT_TRUE(rc::check("all before, in order", [&] {
    const absl::Time begin = absl::FromUnixSeconds(60LL * *rc::gen::inRange(1'000'000, 80'000'000));
    absl::Time last = absl::InfinitePast();
    for (const Firing& firing : Schedule(plan, begin)) {
      RC_ASSERT(firing.at < begin && firing.at >= last);
      last = firing.at;
    }
  }));
}

TEST(MeetingRules, R_NOT_62_OnlyTheLatestFiresAndNoneOnceItHasBegun) {
  const std::vector<absl::Time> due = {At(12, 5, 13), At(12, 4, 14)};
  const Decision both = Decide(due, At(12, 5, 14), At(12, 5, 13, 30));
  EXPECT_EQ(both.fire, std::optional<size_t>(0));
  EXPECT_THAT(both.skipped, ElementsAre(1));
  const Decision begun = Decide(due, At(12, 5, 14), At(12, 5, 14));
  EXPECT_EQ(begun.fire, std::nullopt);
  EXPECT_THAT(begun.skipped, ElementsAre(1, 0));
  EXPECT_THAT(Decide({}, At(12, 5, 14), At(12, 5, 13)).skipped, IsEmpty());
}

TEST(MeetingRules, R_NOT_63_AnSmsIsCorrectedByAnSms) {
  EXPECT_FALSE(GoesBySms(false, true));
  EXPECT_TRUE(GoesBySms(false, false)) << "called at short notice";
  EXPECT_TRUE(GoesBySms(true, true));
}

}  // namespace
}  // namespace thidua::notify::meetings
