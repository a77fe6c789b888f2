#include "campaign/wording/dates.h"

#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::wording {
namespace {

using absl::CivilDay;

// What a phrase says, in short: "2023-10-01..2023-12-31" for each span, "!31/11/2019>2019-11-30"
// for impossible days.
std::string Say(std::string_view phrase) {
  const Worded worded = FindDates(phrase);
  std::string said;
  const auto day = [](CivilDay d) {
    return absl::StrFormat("%04d-%02d-%02d", d.year(), d.month(), d.day());
  };
  for (const WordedSpan& span : worded.spans) said += " " + day(span.first) + ".." + day(span.last);
  for (const ImpossibleDay& bad : worded.impossible) {
    said += " !" + bad.text + ">" + (bad.proposal ? day(*bad.proposal) : "");
  }
  return said.empty() ? said : said.substr(1);
}

// shows: S2-07
TEST(FindDates, QuartersAreSpansOfThreeMonths) {
  EXPECT_EQ(Say("Quý IV/2023"), "2023-10-01..2023-12-31");
  EXPECT_EQ(Say("sơ kết Phong trào thi đua vào Quý IV/2023 và tổng kết vào Quý IV/2025"),
            "2023-10-01..2023-12-31 2025-10-01..2025-12-31");
  EXPECT_EQ(Say("quý I năm 2020"), "2020-01-01..2020-03-31");
  EXPECT_EQ(Say("QUÝ 2/2024"), "2024-04-01..2024-06-30");
  EXPECT_EQ(Say("quý V/2024"), "");
  EXPECT_EQ(Say("Quý IV"), "");
}

// shows: S2-06
TEST(FindDates, UntilTheEndOfAYear) {
  EXPECT_EQ(Say("từ ngày ban hành kế hoạch đến hết năm 2025"), "2025-01-01..2025-12-31");
  EXPECT_EQ(Say("Trong năm 2023."), "2023-01-01..2023-12-31");
}

// shows: S2-02
TEST(FindDates, PhasesOfYears) {
  EXPECT_EQ(Say("giai đoạn 2021 - 2025"), "2021-01-01..2025-12-31");
  EXPECT_EQ(Say("giai đoạn 2025 - 2021"), "");
}

TEST(FindDates, DaysInWordsAndInNumbers) {
  EXPECT_EQ(Say("ngày 09 tháng 01 năm 2023"), "2023-01-09..2023-01-09");
  EXPECT_EQ(Say("Ngày 14/10/2022"), "2022-10-14..2022-10-14");
  EXPECT_EQ(Say("10-12-2019"), "2019-12-10..2019-12-10");
  EXPECT_EQ(Say("6 tháng đầu năm 2023"), "2023-01-01..2023-06-30");
  EXPECT_EQ(Say("06 tháng cuối năm 2023"), "2023-07-01..2023-12-31");
}

// shows: S4-01
TEST(FindDates, ABlankDayLeavesTheMonth) {
  EXPECT_EQ(Say("ngày tháng 3 năm 2023"), "2023-03-01..2023-03-31");
  EXPECT_EQ(Say("Krông Nô, ngày … tháng … năm 2023"), "2023-01-01..2023-12-31");
}

// shows: S3-19
TEST(FindDates, AnImpossibleDayIsToldAndNotMoved) {
  EXPECT_EQ(Say("đến ngày 31 tháng 11 năm 2019"), "!31/11/2019>2019-11-30");
  EXPECT_EQ(Say("29/02/2023"), "!29/02/2023>2023-02-28");
  EXPECT_EQ(Say("29/02/2024"), "2024-02-29..2024-02-29");
  EXPECT_EQ(Say("32/01/2024"), "!32/01/2024>");
  EXPECT_EQ(Say("01/13/2024"), "!01/13/2024>");
}

TEST(FindDates, NumbersOfDocumentsAreNoDates) {
  EXPECT_EQ(Say("Quyết định số 62/QĐ-UBND"), "");
  EXPECT_EQ(Say("Nghị định số 91/2017/NĐ-CP"), "");
  EXPECT_EQ(Say("100% hồ sơ, 05 nội dung"), "");
  EXPECT_EQ(Say("năm 20233, năm 23"), "");
}

TEST(FindDates, EveryDayOfTheCalendarIsReadBack) {
  EXPECT_TRUE(rc::check("days", [] {
    const CivilDay day = CivilDay(1900, 1, 1) + *rc::gen::inRange(0, 109938);
    RC_ASSERT(
        Say(absl::StrFormat("ngày %d tháng %d năm %04d", day.day(), day.month(), day.year())) ==
        absl::StrFormat("%1$04d-%2$02d-%3$02d..%1$04d-%2$02d-%3$02d", day.year(), day.month(),
                        day.day()));
  }));
}

TEST(FindDates, AnyTextIsRead) {
  EXPECT_TRUE(rc::check("no crash, spans are ordered", [](const std::string& text) {
    for (const WordedSpan& span : FindDates(text).spans) RC_ASSERT(span.first <= span.last);
  }));
}

TEST(ParsePartialDate, ThreePrecisions) {
  PartialDate date;
  EXPECT_EQ(ParsePartialDate("2023-03", &date), DateProblem::kNone);
  EXPECT_EQ(date.first(), CivilDay(2023, 3, 1));
  EXPECT_EQ(date.last(), CivilDay(2023, 3, 31));
  EXPECT_EQ(ParsePartialDate("2024-02", &date), DateProblem::kNone);
  EXPECT_EQ(date.last(), CivilDay(2024, 2, 29));
  EXPECT_EQ(ParsePartialDate("2022", &date), DateProblem::kNone);
  EXPECT_EQ(date.last(), CivilDay(2022, 12, 31));
  EXPECT_EQ(ParsePartialDate("2022-10-14", &date), DateProblem::kNone);
  EXPECT_EQ(date.first(), date.last());
}

TEST(ParsePartialDate, ImpossibleIsNotMalformed) {
  PartialDate date;
  EXPECT_EQ(ParsePartialDate("2019-11-31", &date), DateProblem::kImpossible);
  EXPECT_EQ(ParsePartialDate("2023-02-29", &date), DateProblem::kImpossible);
  EXPECT_EQ(ParsePartialDate("2023-13", &date), DateProblem::kImpossible);
  EXPECT_EQ(ParsePartialDate("2023-00", &date), DateProblem::kImpossible);
  EXPECT_EQ(ParsePartialDate("1899", &date), DateProblem::kImpossible);
  for (const char* text :
       {"", "14/10/2022", "2022-1-1", "2022-10-14T00:00", "20221014", "2022-", "2022 10"}) {
    EXPECT_EQ(ParsePartialDate(text, &date), DateProblem::kMalformed) << text;
  }
}

}  // namespace
}  // namespace thidua::campaign::wording
