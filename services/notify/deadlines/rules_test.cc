#include "notify/deadlines/rules.h"

#include <algorithm>
#include <set>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::notify::deadlines {
namespace {

using absl::CivilDay;

std::vector<std::string> Written(const std::vector<Slot>& slots) {
  std::vector<std::string> texts;
  texts.reserve(slots.size());
  for (const Slot& slot : slots) texts.push_back(slot.code + " " + absl::FormatCivilTime(slot.day));
  return texts;
}

// shows: S2-07
TEST(DeadlineRules, R_NOT_10_InterimReviewOfAQuarterIsRemindedBeforeItsStartAndEnd) {
  EXPECT_EQ(Written(Schedule(Kind::kMilestone, CivilDay(2023, 10, 1), CivilDay(2023, 12, 31))),
            (std::vector<std::string>{"S-7 2023-09-24", "T-7 2023-12-24", "T-3 2023-12-28",
                                      "T-1 2023-12-30", "T 2023-12-31"}));
}

// shows: S3-26
TEST(DeadlineRules, R_NOT_10_FilingIsRemindedBeforeOnAndAfterItsLastDay) {
  EXPECT_EQ(Written(Schedule(Kind::kAwardFiling, std::nullopt, CivilDay(2019, 12, 10))),
            (std::vector<std::string>{"T-7 2019-12-03", "T-3 2019-12-07", "T-1 2019-12-09",
                                      "T 2019-12-10", "T+1 2019-12-11"}));
}

TEST(DeadlineRules, R_NOT_10_AWindowOfOneDayHasNoOpening) {
  const auto slots = Schedule(Kind::kMilestone, CivilDay(2024, 3, 1), CivilDay(2024, 3, 1));
  EXPECT_EQ(slots.front().code, "T-7");
  EXPECT_EQ(slots.front().day, CivilDay(2024, 2, 23));  // over the leap day
}

TEST(DeadlineRules, R_NOT_11_EightOClockInVietnamIsOneOClockUtc) {
  EXPECT_EQ(
      absl::FormatTime(absl::RFC3339_sec, FireInstant(CivilDay(2023, 12, 31)), absl::UTCTimeZone()),
      "2023-12-31T01:00:00+00:00");
}

TEST(DeadlineRules, R_NOT_12_WhatLiesNotAfterTheDayOfSettingIsPast) {
  EXPECT_TRUE(IsPastWhenSet(CivilDay(2024, 2, 9), CivilDay(2024, 2, 10)));
  EXPECT_TRUE(IsPastWhenSet(CivilDay(2024, 2, 10), CivilDay(2024, 2, 10)));
  EXPECT_FALSE(IsPastWhenSet(CivilDay(2024, 2, 11), CivilDay(2024, 2, 10)));
}

TEST(DeadlineRules, R_NOT_13_OnlyTheLatestOfSeveralFires) {
  const std::vector<Slot> due = {{"T-1", CivilDay(2023, 12, 30)},
                                 {"S-7", CivilDay(2023, 9, 24)},
                                 {"T", CivilDay(2023, 12, 31)},
                                 {"T-7", CivilDay(2023, 12, 24)}};
  const Firing firing = Decide(due);
  ASSERT_TRUE(firing.fire.has_value());
  EXPECT_EQ(due[*firing.fire].code, "T");
  EXPECT_EQ(firing.supersede, (std::vector<size_t>{1, 3, 0}));
  EXPECT_FALSE(Decide({}).fire.has_value());
  EXPECT_EQ(Decide({due[0]}).fire, std::optional<size_t>(0));
}

TEST(DeadlineRules, R_NOT_14_WordsFollowTheDayOfSending) {
  struct Case {
    CivilDay today;
    Kind kind;
    std::optional<CivilDay> start;
    Phase phase;
    int days;
  };
  const CivilDay start(2023, 10, 1), due(2023, 12, 31);
  for (const Case& c : std::vector<Case>{
           {CivilDay(2023, 9, 24), Kind::kMilestone, start, Phase::kOpens, 7},
           {CivilDay(2023, 9, 30), Kind::kMilestone, start, Phase::kOpens, 1},
           {CivilDay(2023, 10, 1), Kind::kMilestone, start, Phase::kDue, 91},
           {CivilDay(2023, 12, 24), Kind::kMilestone, start, Phase::kDue, 7},
           {CivilDay(2023, 12, 30), Kind::kAwardFiling, std::nullopt, Phase::kDue, 1},
           {CivilDay(2023, 12, 31), Kind::kAwardFiling, std::nullopt, Phase::kToday, 0},
           {CivilDay(2024, 2, 10), Kind::kMilestone, start, Phase::kPassed, 41},
           {CivilDay(2024, 1, 1), Kind::kAwardFiling, std::nullopt, Phase::kOverdue, 1},
           {CivilDay(2024, 1, 5), Kind::kPeriodicReport, std::nullopt, Phase::kOverdue, 5},
       }) {
    const Phase phase = PhaseOn(c.today, c.kind, c.start, due);
    EXPECT_EQ(phase, c.phase) << absl::FormatCivilTime(c.today);
    EXPECT_EQ(DaysToTell(phase, c.today, c.start, due), c.days) << absl::FormatCivilTime(c.today);
  }
}

TEST(DeadlineRules, R_NOT_15_AReturnAfterTheLastDayDoesNotReopen) {
  EXPECT_TRUE(ReopensWhenReturned(CivilDay(2024, 3, 1), CivilDay(2024, 2, 20)));
  EXPECT_TRUE(ReopensWhenReturned(CivilDay(2024, 3, 1), CivilDay(2024, 3, 1)));
  EXPECT_FALSE(ReopensWhenReturned(CivilDay(2024, 3, 1), CivilDay(2024, 3, 2)));
}

// A model of one deadline under any sequence of clock positions.
struct Simulation {
  std::vector<std::string> fired;
  std::set<std::string> skipped;
};

Simulation RunClock(const std::vector<Slot>& slots, const std::vector<absl::Time>& clock) {
  Simulation result;
  std::vector<Slot> pending = slots;
  for (const absl::Time now : clock) {
    std::vector<Slot> due;
    std::vector<Slot> later;
    for (const Slot& slot : pending) (FireInstant(slot.day) <= now ? due : later).push_back(slot);
    const Firing firing = Decide(due);
    for (const size_t i : firing.supersede) result.skipped.insert(due[i].code);
    if (firing.fire.has_value()) result.fired.push_back(due[*firing.fire].code);
    pending = later;
  }
  return result;
}

// Whatever way the clock takes, forward or back: each reminder is fired or skipped at most once, at
// most one fires in a step, they fire in order, and none is left behind the clock.
TEST(DeadlineRules, R_NOT_13_PropertyEachOnceInOrderNoneLeftBehind) {
  EXPECT_TRUE(rc::check("reminders under a wandering clock", [] {
    const CivilDay due = CivilDay(2024, 1, 1) + *rc::gen::inRange(0, 800);
    std::optional<CivilDay> start;
    if (*rc::gen::arbitrary<bool>()) start = due - *rc::gen::inRange(0, 120);
    const Kind kind =
        *rc::gen::element(Kind::kMilestone, Kind::kAwardFiling, Kind::kPeriodicReport);
    const auto slots = Schedule(kind, start, due);
    RC_ASSERT(std::is_sorted(slots.begin(), slots.end(),
                             [](const Slot& a, const Slot& b) { return a.day < b.day; }));
    std::vector<absl::Time> clock;
    const auto hours = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-24 * 160, 24 * 20));
    absl::Time latest = absl::InfinitePast();
    for (const int hour : hours) {
      clock.push_back(FireInstant(due) + absl::Hours(hour));
      latest = std::max(latest, clock.back());
    }
    const Simulation result = RunClock(slots, clock);
    RC_ASSERT(result.fired.size() <= clock.size());
    std::set<std::string> seen = result.skipped;
    size_t position = 0;
    for (const std::string& code : result.fired) {
      RC_ASSERT(seen.insert(code).second);
      const auto slot = std::find_if(slots.begin() + static_cast<long>(position), slots.end(),
                                     [&](const Slot& s) { return s.code == code; });
      RC_ASSERT(slot != slots.end());
      position = static_cast<size_t>(slot - slots.begin()) + 1;
    }
    for (const Slot& slot : slots) {
      RC_ASSERT((seen.count(slot.code) == 1) == (FireInstant(slot.day) <= latest));
    }
  }));
}

TEST(DeadlineRules, R_NOT_16_ARoundIsAppraisedWhenEveryUnitIs) {
  EXPECT_FALSE(IsSelfScored(""));
  EXPECT_FALSE(IsSelfScored("DRAFT"));
  EXPECT_TRUE(IsSelfScored("SUBMITTED"));
  EXPECT_TRUE(IsSelfScored("FINALISED"));
  EXPECT_FALSE(IsAppraised({}));
  EXPECT_FALSE(IsAppraised({"APPRAISED", ""}));
  EXPECT_FALSE(IsAppraised({"APPRAISED", "SUBMITTED"}));
  EXPECT_TRUE(IsAppraised({"APPRAISED", "FINALISED"}));
}

TEST(DeadlineRules, R_NOT_10_NobodyIsLateWithWhatIsNoDuty) {
  EXPECT_EQ(Written(Schedule(Kind::kExplanation, CivilDay(2024, 2, 12), CivilDay(2024, 3, 5))),
            (std::vector<std::string>{"S-7 2024-02-05", "T-7 2024-02-27", "T-3 2024-03-02",
                                      "T-1 2024-03-04", "T 2024-03-05"}));
  EXPECT_EQ(PhaseOn(CivilDay(2024, 3, 6), Kind::kExplanation, std::nullopt, CivilDay(2024, 3, 5)),
            Phase::kPassed);
}

TEST(DeadlineRules, R_NOT_17_WhatIsAppraisedMayBeExplainedUntilItIsFinal) {
  for (const char* state : {"", "DRAFT", "SUBMITTED"}) {
    EXPECT_EQ(ExplainingIn(state, std::nullopt), Explaining::kNotYet) << state;
  }
  EXPECT_EQ(ExplainingIn("APPRAISED", 1), Explaining::kOpen);
  EXPECT_EQ(ExplainingIn("APPRAISED", std::nullopt), Explaining::kOpen) << "not told";
  EXPECT_EQ(ExplainingIn("APPRAISED", 0), Explaining::kDone) << "nothing to explain";
  for (const char* state : {"EXPLAINED", "REAPPRAISED", "FINALISED"}) {
    EXPECT_EQ(ExplainingIn(state, std::nullopt), Explaining::kDone) << state;
  }
}

TEST(DeadlineRules, EveryKindIsToldOfByOneFeed) {
  using Kinds = std::vector<Kind>;
  EXPECT_EQ(KindsOf("campaign"), (Kinds{Kind::kMilestone, Kind::kPeriodicReport}));
  EXPECT_EQ(KindsOf("awards"), Kinds{Kind::kAwardFiling});
  EXPECT_EQ(KindsOf("scoring"), (Kinds{Kind::kSelfScore, Kind::kAppraisal, Kind::kExplanation}));
}

TEST(DeadlineRules, R_NOT_19_NobodyIsToldOfARightThatIsOver) {
  const absl::CivilDay due(2024, 3, 5);
  EXPECT_TRUE(TellsOfExplaining(due, absl::CivilDay(2024, 1, 22)));
  EXPECT_TRUE(TellsOfExplaining(due, due));
  EXPECT_FALSE(TellsOfExplaining(due, due + 1));
}

TEST(DeadlineRules, R_NOT_18_AReturnedDossierHasToBeFiledAgain) {
  for (const char* state : {"", "NOMINATED", "NOT_SELECTED", "SHORTLISTED"}) {
    EXPECT_EQ(FilingIn(state), Filing::kNotYet) << state;
  }
  for (const char* state : {"INVITED", "ACCEPTED", "MISSED", "RETURNED"}) {
    EXPECT_EQ(FilingIn(state), Filing::kOpen) << state;
  }
  for (const char* state :
       {"DECLINED", "FILED", "INELIGIBLE", "APPRAISED", "CARRIED", "NOT_CARRIED", "DECIDED"}) {
    EXPECT_EQ(FilingIn(state), Filing::kDone) << state;
  }
}

TEST(DeadlineRules, EveryKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Kind kind : {Kind::kMilestone, Kind::kAwardFiling, Kind::kPeriodicReport,
                          Kind::kSelfScore, Kind::kAppraisal, Kind::kExplanation}) {
    EXPECT_TRUE(names.insert(NameOf(kind)).second);
    EXPECT_EQ(KindFromName(NameOf(kind)), kind);
  }
}

}  // namespace
}  // namespace thidua::notify::deadlines
