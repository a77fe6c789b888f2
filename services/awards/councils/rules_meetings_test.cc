#include "awards/councils/rules_meetings.h"

#include <rapidcheck.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::councils {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::Time At(const char* text) {
  const std::optional<absl::Time> time = ParseMeetingTime(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time.value_or(absl::Time());
}

std::string ReasonOf(const MaybeRefusal& refusal) { return refusal ? refusal->reason : ""; }

Member Of(const std::string& person, CivilDay from, std::optional<CivilDay> to = std::nullopt) {
  Member member;
  member.person_id = person;
  member.period = {from, to};
  return member;
}

TEST(MeetingRules, R_AWD_11_ATimeNamesTheOffsetOfVietnamAndWholeMinutes) {
  EXPECT_EQ(absl::ToUnixSeconds(At("2023-12-05T14:00:00+07:00")), 1701759600);
  EXPECT_EQ(MeetingDay(At("2023-12-05T00:30:00+07:00")), CivilDay(2023, 12, 5));
  for (const char* text :
       {"", "2023-12-05", "2023-12-05T14:00+07:00", "2023-12-05T14:00:00Z",
        "2023-12-05T07:00:00+00:00", "2023-12-05T14:00:30+07:00", "2023-12-05T24:00:00+07:00",
        "2023-11-31T14:00:00+07:00", "2023-02-29T14:00:00+07:00", " 2023-12-05T14:00:00+07:00",
        "2023-12-05T14:00:00+07:00 ", "2023-12-05t14:00:00+07:00", "2023-12-5T14:00:00+07:00",
        "infinite-future", "2023-12-05T14:00:60+07:00"}) {
    EXPECT_FALSE(ParseMeetingTime(text).has_value()) << text;
  }
  EXPECT_TRUE(rc::check("what is written is read", [] {
    const absl::Time time = absl::FromUnixSeconds(60LL * *rc::gen::inRange(0, 80'000'000));
    RC_ASSERT(ParseMeetingTime(FormatMeetingTime(time)) == std::optional<absl::Time>(time));
  }));
}

TEST(MeetingRules, R_AWD_11_AMeetingLiesAheadAndNotTooFar) {
  const absl::Time now = At("2023-12-05T14:00:00+07:00");
  EXPECT_EQ(ReasonOf(CheckMeetingTime(now, now)), "MEETING_TIME_PAST");
  EXPECT_EQ(ReasonOf(CheckMeetingTime(now + absl::Minutes(1), now)), "");
  EXPECT_EQ(ReasonOf(CheckMeetingTime(now + absl::Hours(24 * 366), now)), "");
  EXPECT_EQ(ReasonOf(CheckMeetingTime(now + absl::Hours(24 * 366) + absl::Minutes(1), now)),
            "MEETING_TIME_TOO_FAR");
}

TEST(MeetingRules, R_AWD_12_SummonedAreTheMembersOfTheDay) {
  const std::vector<Member> members = {Of("a", CivilDay(2023, 1, 1)),
                                       Of("b", CivilDay(2023, 1, 1), CivilDay(2023, 12, 4)),
                                       Of("c", CivilDay(2023, 12, 5))};
  const std::vector<Member> day = MembersOn(members, CivilDay(2023, 12, 5));
  EXPECT_THAT(Summoned(day, {}), ElementsAre("a", "c"));
  EXPECT_THAT(Summoned(day, {"c"}), ElementsAre("c"));
  EXPECT_EQ(ReasonOf(CheckSummoned(day, {})), "");
  EXPECT_EQ(ReasonOf(CheckSummoned(day, {"c", "b"})), "NOT_A_MEMBER");
  EXPECT_EQ(CheckSummoned(day, {"c", "b"})->field, "meeting.summoned[1]");
  EXPECT_EQ(ReasonOf(CheckSummoned({}, {})), "COUNCIL_EMPTY");
  EXPECT_THAT(Summoned({}, {}), IsEmpty());
}

TEST(MeetingRules, R_AWD_13_WhatHasBegunOrWasCalledOffStaysAsItIs) {
  const absl::Time begin = At("2023-12-05T14:00:00+07:00");
  const absl::Time before = begin - absl::Seconds(1);
  EXPECT_EQ(ReasonOf(CheckMeetingOpen(MeetingState::kScheduled, begin, before)), "");
  EXPECT_EQ(ReasonOf(CheckMeetingOpen(MeetingState::kScheduled, begin, begin)), "MEETING_STATE");
  EXPECT_EQ(ReasonOf(CheckMeetingOpen(MeetingState::kCancelled, begin, before)), "MEETING_STATE");
  for (const MeetingState state : {MeetingState::kScheduled, MeetingState::kCancelled}) {
    EXPECT_EQ(MeetingStateNamed(NameOf(state)), state);
  }
}

}  // namespace
}  // namespace thidua::awards::councils
