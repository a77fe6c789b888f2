#include "campaign/plans/rules_period.h"

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::plans {
namespace {

using absl::CivilDay;

const Days kIssue{CivilDay(2022, 10, 14), CivilDay(2022, 10, 14)};
const Days kYear2025{CivilDay(2025, 1, 1), CivilDay(2025, 12, 31)};
const Days kYear2023{CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)};
const Days kQ4{CivilDay(2023, 10, 1), CivilDay(2023, 12, 31)};

PhraseFacts Says(std::vector<Days> spans) {
  return {"movement_period.phrase", std::move(spans), {}};
}

// shows: S2-06
TEST(ResolveMovement, R_PLN_05_FromIssueToTheEndOfTheYear) {
  const PeriodResult result = ResolveMovement(StartRule::kIssueDate, kIssue, {}, Says({kYear2025}));
  EXPECT_EQ(result.period.start, CivilDay(2022, 10, 14));
  EXPECT_EQ(result.period.end, CivilDay(2025, 12, 31));
  EXPECT_FALSE(result.contradicted);
}

// shows: S4-01
TEST(ResolveMovement, R_PLN_05_NoStartWhileTheDayOfIssueIsUnknown) {
  const Days march{CivilDay(2023, 3, 1), CivilDay(2023, 3, 31)};
  EXPECT_EQ(ResolveMovement(StartRule::kIssueDate, march, {}, Says({})).period.start, std::nullopt);
  EXPECT_EQ(ResolveMovement(StartRule::kIssueDate, std::nullopt, {}, Says({})).period.start,
            std::nullopt);
}

// shows: S4-15
TEST(ResolveMovement, R_PLN_05_WithinAYear) {
  const PeriodResult result =
      ResolveMovement(StartRule::kFixed, std::nullopt, {}, Says({kYear2023}));
  EXPECT_EQ(result.period.start, CivilDay(2023, 1, 1));
  EXPECT_EQ(result.period.end, CivilDay(2023, 12, 31));
}

// shows: S0-18
TEST(ResolveMovement, R_PLN_05_NothingSaidIsNothingKnown) {
  const PeriodResult result = ResolveMovement(StartRule::kUnknown, kIssue, {}, Says({}));
  EXPECT_EQ(result.period.start, std::nullopt);
  EXPECT_EQ(result.period.end, std::nullopt);
}

// shows: S3-19
TEST(ResolveMovement, R_PLN_05_AnImpossibleDayNamesNoEnd) {
  PhraseFacts phrase = Says({});
  phrase.impossible = {{"31/11/2019", CivilDay(2019, 11, 30)}};
  EXPECT_EQ(ResolveMovement(StartRule::kIssueDate, kIssue, {}, phrase).period.end, std::nullopt);
  const Period decided{std::nullopt, CivilDay(2019, 11, 30)};
  EXPECT_EQ(ResolveMovement(StartRule::kIssueDate, kIssue, decided, phrase).period.end,
            CivilDay(2019, 11, 30));
}

TEST(ResolveMovement, R_PLN_05_GivenDaysWinAndTheDifferenceIsTold) {
  const Period given{std::nullopt, CivilDay(2025, 6, 30)};
  const PeriodResult result =
      ResolveMovement(StartRule::kIssueDate, kIssue, given, Says({kYear2025}));
  EXPECT_EQ(result.period.end, CivilDay(2025, 6, 30));
  EXPECT_TRUE(result.contradicted);
}

// shows: S2-07
TEST(ResolveMilestone, R_PLN_06_AQuarterAndItsLastDay) {
  const PeriodResult result = ResolveMilestone({}, Says({kQ4}));
  EXPECT_EQ(result.period.start, CivilDay(2023, 10, 1));
  EXPECT_EQ(result.period.end, CivilDay(2023, 12, 31));
  EXPECT_FALSE(result.contradicted);
  EXPECT_TRUE(
      ResolveMilestone({CivilDay(2023, 11, 1), CivilDay(2023, 12, 31)}, Says({kQ4})).contradicted);
  EXPECT_FALSE(
      ResolveMilestone({CivilDay(2023, 10, 1), CivilDay(2023, 12, 31)}, Says({kQ4})).contradicted);
  EXPECT_EQ(ResolveMilestone({}, Says({})).period.end, std::nullopt);
}

TEST(ResolveMilestone, R_PLN_06_NothingIsInvented) {
  EXPECT_TRUE(rc::check("each day comes from what was given or worded", [] {
    const auto day = [] { return CivilDay(2023, 1, 1) + *rc::gen::inRange(0, 400); };
    PhraseFacts phrase = Says({});
    Period given;
    if (*rc::gen::arbitrary<bool>()) phrase.spans.push_back({day(), day()});
    if (*rc::gen::arbitrary<bool>()) given.start = day();
    if (*rc::gen::arbitrary<bool>()) given.end = day();
    const PeriodResult result = ResolveMilestone(given, phrase);
    if (given.start || given.end) {
      RC_ASSERT(result.period.start == given.start);
      RC_ASSERT(result.period.end == given.end);
    } else {
      RC_ASSERT(result.period.end.has_value() == !phrase.spans.empty());
    }
  }));
}

// shows: S2-01
TEST(YearsOf, R_PLN_07_CalendarYearsCutToTheMovement) {
  using Spans = std::vector<std::pair<CivilDay, CivilDay>>;
  const struct {
    const char* what;
    Period movement;
    Spans years;
  } kCases[] = {
      {"KH 584: from the day of issue to the end of 2025",
       {CivilDay(2022, 10, 14), CivilDay(2025, 12, 31)},
       {{CivilDay(2022, 10, 14), CivilDay(2022, 12, 31)},
        {CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)},
        {CivilDay(2024, 1, 1), CivilDay(2024, 12, 31)},
        {CivilDay(2025, 1, 1), CivilDay(2025, 12, 31)}}},
      {"within one year",
       {CivilDay(2023, 3, 1), CivilDay(2023, 9, 30)},
       {{CivilDay(2023, 3, 1), CivilDay(2023, 9, 30)}}},
      {"two days over the turn of a year",
       {CivilDay(2023, 12, 31), CivilDay(2024, 1, 1)},
       {{CivilDay(2023, 12, 31), CivilDay(2023, 12, 31)},
        {CivilDay(2024, 1, 1), CivilDay(2024, 1, 1)}}},
      {"one day",
       {CivilDay(2024, 2, 29), CivilDay(2024, 2, 29)},
       {{CivilDay(2024, 2, 29), CivilDay(2024, 2, 29)}}},
      {"no first day", {std::nullopt, CivilDay(2025, 12, 31)}, {}},
      {"no last day", {CivilDay(2022, 10, 14), std::nullopt}, {}},
      {"turned round", {CivilDay(2025, 1, 1), CivilDay(2024, 12, 31)}, {}},
      {"31 years", {CivilDay(2000, 12, 31), CivilDay(2030, 1, 1)}, {}},
  };
  for (const auto& one : kCases) {
    Spans years;
    for (const Days& year : YearsOf(one.movement)) years.emplace_back(year.first, year.last);
    EXPECT_EQ(years, one.years) << one.what;
  }
  EXPECT_EQ(YearsOf({CivilDay(2000, 12, 31), CivilDay(2029, 1, 1)}).size(), 30u);
}

TEST(YearsOf, R_PLN_07_TheYearsFillTheMovementWithoutGaps) {
  EXPECT_TRUE(rc::check("each day of the movement is in one year", [] {
    const CivilDay start = CivilDay(2000, 1, 1) + *rc::gen::inRange(0, 4000);
    const CivilDay end = start + *rc::gen::inRange(0, 4000);
    CivilDay next = start;
    for (const Days& year : YearsOf({start, end})) {
      RC_ASSERT(year.first == next);
      RC_ASSERT(year.first <= year.last);
      RC_ASSERT(year.first.year() == year.last.year());
      next = year.last + 1;
    }
    RC_ASSERT(next == end + 1);
  }));
}

}  // namespace
}  // namespace thidua::campaign::plans
