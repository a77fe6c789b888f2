#include "awards/nominations/rules_standards.h"

#include <rapidcheck.h>

#include "awards/nominations/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using absl::CivilDay;
using testing::CheckOne;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Known;
using testing::Make;
using testing::Says;

// shows: S4-17
// shows: S4-18
// shows: S4-22
TEST(Standards, R_AWD_30_WithoutASourceNothingIsKnown) {
  for (const char* check : {"MANUAL", "ACTIVITY_COUNT", "TASKS_ON_TIME", "ONE_STOP",
                            "NO_DISCIPLINE_NO_COMPLAINT", "SOMETHING_NEW"}) {
    const Finding finding = CheckOne(Make("S4-17", check), Known());
    EXPECT_EQ(finding.result, Result::kNotKnown) << check;
    EXPECT_EQ(finding.source, Source::kNone) << check;
    EXPECT_THAT(finding.refs, IsEmpty()) << check;
  }
}

TEST(Standards, R_AWD_30_StandardsForPeopleAreNotAskedOfUnits) {
  Standard personal = Make("S4-25", "CLASSIFICATION_AT_LEAST");
  personal.subject = "INDIVIDUAL";
  EXPECT_THAT(CheckStandards({personal}, Known()), IsEmpty());
}

// shows: S4-20
TEST(Standards, R_AWD_31_HighRankOrLeapByThePlansThresholds) {
  struct Case {
    int rank, previous;
    std::map<std::string, std::string> parameters;
    Result result;
  };
  const std::map<std::string, std::string> both = {{"max_rank", "3"}, {"min_rank_gain", "5"}};
  for (const Case& c : std::vector<Case>{
           {3, 4, both, Result::kMet},       // high, at the threshold
           {4, 9, both, Result::kMet},       // not high, and a leap of just five
           {4, 8, both, Result::kNotMet},    // neither
           {4, 0, both, Result::kNotKnown},  // not high, and no rank of the year before
           {1, 0, both, Result::kMet},       // high is enough
           {1, 1, {}, Result::kNotKnown},    // nobody has set the thresholds
           {4, 8, {{"max_rank", "3"}}, Result::kNotKnown},
           {3, 8, {{"max_rank", "3"}}, Result::kMet},
           {4, 9, {{"min_rank_gain", "5"}}, Result::kMet},
           {4, 8, {{"min_rank_gain", "5"}}, Result::kNotKnown},
           {1, 9, {{"max_rank", "cao"}}, Result::kNotKnown},
           {1, 9, {{"max_rank", "0"}}, Result::kNotKnown}}) {
    Facts facts = Known();
    facts.ranking.units[0].rank = c.rank;
    facts.ranking.units[0].previous_rank = c.previous;
    const Finding finding = CheckOne(Make("S4-20", "RANK_HIGH_OR_LEAP", c.parameters), facts);
    EXPECT_EQ(finding.result, c.result)
        << c.rank << " " << c.previous << " " << finding.explanation;
    EXPECT_THAT(finding.refs, ElementsAre("c0ffee"));
    EXPECT_EQ(finding.source, Source::kRanking);
  }
}

TEST(Standards, R_AWD_31_AUnitWithoutARankIsNotKnown) {
  Facts facts = Known();
  const Standard standard = Make("S4-20", "RANK_HIGH_OR_LEAP", {{"max_rank", "3"}});
  facts.ranking.units[0].rank = 0;
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  facts.ranking.units.clear();
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  EXPECT_EQ(CheckOne(standard, facts).source, Source::kNone);
}

// shows: S4-21
TEST(Standards, R_AWD_32_ReportsFullAndOnTime) {
  const Standard standard = Make("S4-21", "REPORTS_ON_TIME");
  Facts facts = Known();
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);  // nothing recorded

  const Report on_time{"r1", "2023-Q1", CivilDay(2023, 3, 20), CivilDay(2023, 3, 20)};
  const Report late{"r2", "2023-Q2", CivilDay(2023, 6, 20), CivilDay(2023, 6, 21)};
  const Report missing{"r3", "2023-Q3", CivilDay(2023, 9, 20), std::nullopt};
  const Report undated_filed{"r4", "2023", std::nullopt, CivilDay(2024, 1, 5)};
  const Report undated_open{"r5", "2023", std::nullopt, std::nullopt};
  const Report running{"r6", "2023", CivilDay(2024, 2, 10), std::nullopt};
  const Report other_year{"r7", "2024-Q1", CivilDay(2024, 1, 20), std::nullopt};

  const auto result = [&](std::vector<Report> reports) {
    facts.reports = std::move(reports);
    return CheckOne(standard, facts).result;
  };
  EXPECT_EQ(result({on_time}), Result::kMet);
  EXPECT_EQ(result({on_time, undated_filed}), Result::kNotKnown);
  EXPECT_EQ(result({late, undated_filed}), Result::kNotMet);
  EXPECT_EQ(result({on_time, late}), Result::kNotMet);
  EXPECT_EQ(result({on_time, missing}), Result::kNotMet);
  EXPECT_EQ(result({on_time, undated_open}), Result::kNotKnown);
  EXPECT_EQ(result({late, undated_open}), Result::kNotMet);
  EXPECT_EQ(result({on_time, running}), Result::kMet);  // its last day has not ended
  EXPECT_EQ(result({running}), Result::kNotKnown);
  EXPECT_EQ(result({on_time, other_year}), Result::kMet);
  facts.as_of = CivilDay(2024, 2, 11);
  EXPECT_EQ(result({on_time, running}), Result::kNotMet);

  facts.reports = {on_time, late};
  const Finding finding = CheckOne(standard, facts);
  EXPECT_EQ(finding.source, Source::kReports);
  EXPECT_THAT(finding.refs, ElementsAre("r1", "r2"));
  EXPECT_THAT(finding.explanation, HasSubstr("đúng hạn 1, trễ hạn 1"));

  facts.reports = {on_time, undated_filed, undated_open};
  EXPECT_THAT(CheckOne(standard, facts).explanation,
              HasSubstr("đã nộp, không có hạn 1, chưa nộp, không có hạn 1"));
  // A person who knows may say so.
  facts.reports = {on_time, undated_filed};
  facts.confirmations = {Says("c1", "S4-21", true)};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
}

TEST(Standards, R_AWD_32_AFilingAfterTheDayOfTheCheckIsNotYetThere) {
  Facts facts = Known();
  facts.as_of = CivilDay(2023, 7, 1);
  facts.reports = {{"r", "2023-Q2", CivilDay(2023, 6, 20), CivilDay(2023, 7, 2)}};
  EXPECT_EQ(CheckOne(Make("S4-21", "REPORTS_ON_TIME"), facts).result, Result::kNotMet);
}

// shows: S4-23
TEST(Standards, R_AWD_33_AnInitiativeRecognisedByAnyCompetentAuthority) {
  const Standard standard = Make("S4-23", "RECOGNISED_INITIATIVE");
  Facts facts = Known();
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  facts.initiatives = {{"i1", 2023, std::nullopt, ""}};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotMet);
  facts.initiatives = {{"i1", 2023, CivilDay(2023, 11, 1), "Hội đồng Sáng kiến tỉnh"}};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  EXPECT_THAT(CheckOne(standard, facts).refs, ElementsAre("i1"));
  facts.as_of = CivilDay(2023, 10, 31);  // the recognition is still to come
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotMet);
  facts.as_of = CivilDay(2024, 2, 10);
  facts.initiatives = {{"i1", 2022, CivilDay(2022, 11, 1), "Hội đồng Sáng kiến tỉnh"}};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  facts.initiatives = {{"i1", 2023, CivilDay(2023, 11, 1), "a"}};
  EXPECT_EQ(
      CheckOne(Make("S4-23", "RECOGNISED_INITIATIVE", {{"min_initiatives", "2"}}), facts).result,
      Result::kNotMet);
}

TEST(Standards, R_AWD_34_AConfirmationFillsInAndLowersButNeverRaises) {
  Facts facts = Known();
  facts.confirmations = {Says("c1", "S4-17", true)};
  const Finding filled = CheckOne(Make("S4-17", "MANUAL"), facts);
  EXPECT_EQ(filled.result, Result::kMet);
  EXPECT_EQ(filled.source, Source::kConfirmation);
  EXPECT_THAT(filled.refs, ElementsAre("c1"));

  const Standard reports = Make("S4-21", "REPORTS_ON_TIME");
  facts.reports = {{"r", "2023-Q1", CivilDay(2023, 3, 20), CivilDay(2023, 3, 25)}};
  facts.confirmations = {Says("c1", "S4-21", true)};
  EXPECT_EQ(CheckOne(reports, facts).result, Result::kNotMet);
  EXPECT_EQ(CheckOne(reports, facts).source, Source::kReports);
  facts.reports[0].filed = CivilDay(2023, 3, 19);
  EXPECT_EQ(CheckOne(reports, facts).source, Source::kReports);
  facts.confirmations = {Says("c1", "S4-21", false)};
  EXPECT_EQ(CheckOne(reports, facts).result, Result::kNotMet);
  EXPECT_EQ(CheckOne(reports, facts).source, Source::kConfirmation);
}

TEST(Standards, R_AWD_34_TheNewestConfirmationUpToTheDayCounts) {
  Facts facts = Known();
  facts.confirmations = {Says("c1", "S4-17", false), Says("c2", "S4-17", true)};
  EXPECT_EQ(CheckOne(Make("S4-17", "MANUAL"), facts).result, Result::kMet);
  facts.confirmations.push_back(Says("c3", "S4-17", false));
  facts.confirmations.back().confirmed = CivilDay(2024, 2, 11);
  EXPECT_EQ(CheckOne(Make("S4-17", "MANUAL"), facts).result, Result::kMet);
  facts.as_of = CivilDay(2024, 2, 11);
  EXPECT_EQ(CheckOne(Make("S4-17", "MANUAL"), facts).result, Result::kNotMet);
}

// shows: S4-24
TEST(Standards, R_AWD_35_NoDisciplineNoComplaintHoldsUpToTheDayVouchedFor) {
  const Standard standard = Make("S4-24", "NO_DISCIPLINE_NO_COMPLAINT");
  Facts facts = Known();
  facts.confirmations = {Says("c1", "S4-24", true, CivilDay(2023, 11, 30))};
  // Vouched for to 30/11 only: not known on the day of the check, nor for the whole year.
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  EXPECT_THAT(CheckOne(standard, facts).explanation, HasSubstr("30/11/2023"));
  // As of 30/11 it is enough.
  facts.confirmations[0].confirmed = CivilDay(2023, 11, 30);
  facts.as_of = CivilDay(2023, 11, 30);
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  // The whole year is vouched for.
  facts.as_of = CivilDay(2024, 2, 10);
  facts.confirmations = {Says("c2", "S4-24", true, CivilDay(2023, 12, 31))};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  // Without an end of the plan it has to reach the day itself.
  facts.plan_end.reset();
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  // A complaint that becomes known later counts at the decision.
  facts.plan_end = CivilDay(2023, 12, 31);
  facts.confirmations.push_back(Says("c3", "S4-24", false));
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotMet);
}

// shows: S4-24
TEST(Standards, R_AWD_35_OnlyAPeriodVouchedForWholeAnswersAComplaint) {
  const CivilDay enough(2023, 12, 31), part(2023, 6, 30);
  struct Said {
    bool met;
    CivilDay covers;
  };
  const struct {
    const char* what;
    std::vector<Said> said;  // in the order recorded: c1, c2, ...
    Result result;
    const char* ref;
  } kCases[] = {
      {"vouched for in part", {{true, part}}, Result::kNotKnown, "c1"},
      {"a complaint, then part", {{false, enough}, {true, part}}, Result::kNotMet, "c1"},
      {"part twice", {{false, enough}, {true, part}, {true, part}}, Result::kNotMet, "c1"},
      {"a day short", {{false, enough}, {true, enough - 1}}, Result::kNotMet, "c1"},
      {"a complaint, then all", {{false, enough}, {true, enough}}, Result::kMet, "c2"},
      {"part, then all", {{false, enough}, {true, part}, {true, enough}}, Result::kMet, "c3"},
      {"a newer complaint", {{false, enough}, {true, part}, {false, part}}, Result::kNotMet, "c3"},
      {"a complaint after all", {{true, enough}, {false, part}}, Result::kNotMet, "c2"},
      {"answered, then part",
       {{false, part}, {true, enough}, {true, part}},
       Result::kNotKnown,
       "c3"},
  };
  for (const auto& one : kCases) {
    Facts facts = Known();
    for (const Said& said : one.said) {
      const std::string id = "c" + std::to_string(facts.confirmations.size() + 1);
      facts.confirmations.push_back(Says(id, "S4-24", said.met, said.covers));
    }
    const Finding finding = CheckOne(Make("S4-24", "NO_DISCIPLINE_NO_COMPLAINT"), facts);
    EXPECT_EQ(finding.result, one.result) << one.what;
    EXPECT_THAT(finding.refs, ElementsAre(one.ref)) << one.what;
  }
  // Where nothing has to be covered the newest word stands.
  Facts facts = Known();
  facts.confirmations = {Says("c1", "S4-17", false), Says("c2", "S4-17", true, part)};
  EXPECT_EQ(CheckOne(Make("S4-17", "MANUAL"), facts).result, Result::kMet);
}

// shows: S4-18
TEST(Standards, R_AWD_37_ActivitiesAreCountedAgainstThePlansMinimum) {
  const Standard standard = Make("S4-18", "ACTIVITY_COUNT", {{"min_activities", "3"}});
  Facts facts = Known();
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotKnown);
  EXPECT_EQ(CheckOne(standard, facts).source, Source::kNone);
  EXPECT_THAT(CheckOne(standard, facts).explanation, HasSubstr("cần ít nhất 3"));
  const auto counted = [&](std::optional<int> count) {
    Confirmation said = Says("c1", "S4-18", true);  // the count decides, not the word
    said.activity_count = count;
    facts.confirmations = {said};
    return CheckOne(standard, facts);
  };
  EXPECT_EQ(counted(2).result, Result::kNotMet);
  EXPECT_EQ(counted(0).result, Result::kNotMet);
  EXPECT_EQ(counted(3).result, Result::kMet);
  EXPECT_EQ(counted(4).source, Source::kConfirmation);
  EXPECT_THAT(counted(4).refs, ElementsAre("c1"));
  EXPECT_EQ(counted(4).explanation,
            "Số hoạt động được xác nhận đến ngày 01/02/2024: 4; cần ít nhất 3. Xác nhận ngày "
            "01/02/2024: theo văn bản kèm theo");
  EXPECT_EQ(counted(std::nullopt).result, Result::kNotKnown);
  EXPECT_THAT(counted(std::nullopt).explanation, HasSubstr("không nêu số hoạt động"));
  // The newest count stands, also above an earlier one.
  Confirmation later = Says("c2", "S4-18", true);
  later.activity_count = 5;
  counted(2);
  facts.confirmations.push_back(later);
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  // Without a minimum the word stands.
  const Standard open = Make("S4-18", "ACTIVITY_COUNT");
  EXPECT_EQ(CheckOne(open, facts).result, Result::kMet);
  EXPECT_THAT(CheckOne(open, facts).explanation,
              HasSubstr("(số hoạt động: 5; kế hoạch không nêu số tối thiểu)"));
}

TEST(Standards, R_AWD_37_AConfirmationCountsWhereCountsAreAskedFor) {
  const Standard counted = Make("S4-18", "ACTIVITY_COUNT", {{"min_activities", "3"}});
  const Standard open = Make("S4-18", "ACTIVITY_COUNT");
  const Standard manual = Make("S4-17", "MANUAL");
  Confirmation said;
  const auto reason = [&](const Standard& standard, std::optional<bool> met,
                          std::optional<int> count) -> std::string {
    said = {};
    const MaybeRefusal refusal = ReadConfirmation(standard, met, count, &said);
    return refusal ? refusal->reason : "";
  };
  EXPECT_EQ(reason(counted, std::nullopt, 3), "");
  EXPECT_TRUE(said.met);
  EXPECT_EQ(said.activity_count, 3);
  EXPECT_EQ(reason(counted, std::nullopt, 2), "");
  EXPECT_FALSE(said.met);
  EXPECT_EQ(reason(counted, true, 2), "RESULT_CONTRADICTS_COUNT");
  EXPECT_EQ(reason(counted, true, std::nullopt), "ACTIVITY_COUNT_REQUIRED");
  EXPECT_EQ(reason(counted, true, -1), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(reason(open, true, std::nullopt), "");
  EXPECT_EQ(reason(open, std::nullopt, 3), "RESULT_NOT_SAID");
  EXPECT_EQ(reason(manual, true, 3), "ACTIVITY_COUNT_NOT_ASKED_FOR");
  EXPECT_EQ(reason(manual, false, std::nullopt), "");
  EXPECT_FALSE(said.met);
}

TEST(Standards, PassingNeedsNothingFailedAndAReasonForTheUnknown) {
  Finding met, not_met, not_known;
  met.result = Result::kMet;
  not_met.result = Result::kNotMet;
  not_met.standard_id = "S4-21";
  not_known.result = Result::kNotKnown;
  not_known.standard_id = "S4-20";
  EXPECT_FALSE(CheckPassing({met}, "", "n").has_value());
  EXPECT_EQ(CheckPassing({met, not_known}, "", "n")->reason, "STANDARD_NOT_KNOWN");
  EXPECT_EQ(CheckPassing({met, not_known}, "", "n")->metadata.at("standards"), "S4-20");
  EXPECT_EQ(
      CheckPassing({met, not_known}, "", "n")->vi,
      "Tiêu chuẩn chưa có thông tin: S4-20; hãy bổ sung xác nhận hoặc nêu lý do vẫn tiếp tục.");
  EXPECT_FALSE(CheckPassing({met, not_known}, "Kế hoạch không nêu ngưỡng", "n").has_value());
  EXPECT_EQ(CheckPassing({not_met, not_known}, "lý do", "n")->reason, "STANDARD_NOT_MET");
  EXPECT_EQ(CheckPassing({not_met}, "lý do", "nominations/1")->metadata.at("nomination"),
            "nominations/1");
}

TEST(Standards, R_AWD_31_ABetterRankNeverLosesTheStandard) {
  EXPECT_TRUE(rc::check([] {
    Facts facts = Known();
    std::map<std::string, std::string> parameters;
    if (*rc::gen::arbitrary<bool>()) {
      parameters["max_rank"] = std::to_string(*rc::gen::inRange(1, 12));
    }
    if (*rc::gen::arbitrary<bool>()) {
      parameters["min_rank_gain"] = std::to_string(*rc::gen::inRange(1, 12));
    }
    const Standard standard = Make("S4-20", "RANK_HIGH_OR_LEAP", parameters);
    facts.ranking.units[0].previous_rank = *rc::gen::inRange(0, 12);
    facts.ranking.units[0].rank = *rc::gen::inRange(2, 12);
    const Result worse = CheckStandards({standard}, facts)[0].result;
    facts.ranking.units[0].rank -= 1;
    const Result better = CheckStandards({standard}, facts)[0].result;
    RC_ASSERT(worse != Result::kMet || better == Result::kMet);
    RC_ASSERT(better != Result::kNotMet || worse == Result::kNotMet);
  }));
}

TEST(Standards, R_AWD_36_NobodyVouchesForDaysToCome) {
  const CivilDay today(2024, 2, 10);
  EXPECT_FALSE(CheckCoversUntil(today, today).has_value());
  EXPECT_FALSE(CheckCoversUntil(CivilDay(2023, 12, 31), today).has_value());
  const MaybeRefusal refused = CheckCoversUntil(CivilDay(2024, 2, 11), today);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->reason, "DATE_IN_FUTURE");
  EXPECT_EQ(refused->field, "covers_until");
}

}  // namespace
}  // namespace thidua::awards::nominations
