#include "awards/decisions/rules_prizes.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace thidua::awards::decisions {
namespace {

using absl::CivilDay;
using ::testing::HasSubstr;

// Figures of the tests' own: they show the rules, not the law.
PrizeFigures Figures() {
  PrizeFigures figures;
  figures.salaries = {{CivilDay(2019, 7, 1), 1'490'000, "NĐ 38/2019/NĐ-CP", false},
                      {CivilDay(2023, 7, 1), 1'800'000, "NĐ 24/2023/NĐ-CP", true},
                      {CivilDay(2024, 7, 1), 2'340'000, "NĐ 73/2024/NĐ-CP", true},
                      {CivilDay(2026, 7, 1), 2'530'000, "NĐ 161/2026/NĐ-CP", false}};
  figures.coefficients = {{"GIAY_KHEN", Subject::kCollective, "", CivilDay(2019, 1, 1),
                           CivilDay(2025, 6, 30), 600, "NĐ cũ", true},
                          {"GIAY_KHEN", Subject::kCollective, "COMMUNE", CivilDay(2019, 1, 1),
                           CivilDay(2025, 6, 30), 300, "NĐ cũ, cấp xã", true},
                          {"GIAY_KHEN", Subject::kCollective, "", CivilDay(2025, 7, 1),
                           std::nullopt, 600, "NĐ 152/2025/NĐ-CP", true},
                          {"GIAY_KHEN", Subject::kIndividual, "", CivilDay(2025, 7, 1),
                           std::nullopt, 300, "suy ra từ NĐ 152/2025/NĐ-CP", false},
                          {"BANG_KHEN", Subject::kCollective, "PROVINCE", CivilDay(2025, 7, 1),
                           std::nullopt, 3000, "NĐ 152/2025/NĐ-CP", true}};
  return figures;
}

PrizeClaim Claim(const std::string& id, Subject subject = Subject::kCollective,
                 const std::string& form = "GIAY_KHEN") {
  return {id, "unit-" + id, 2023, form, subject};
}

PrizesResult Compute(const std::vector<PrizeClaim>& claims, CivilDay day,
                     const std::string& level = "DISTRICT", const std::string& reason = "") {
  return ComputePrizes(claims, level, day, Figures(), reason);
}

// The oracle: adds notes of 10,000 VND until they reach coefficient × salary, both in units of a
// thousandth of a VND. No division, no rounding of its own.
int64_t ByNotes(int64_t thousandths, int64_t salary) {
  int64_t owed = thousandths * salary;
  int64_t notes = 0;
  while (owed > 0) {
    owed -= int64_t{10'000} * 1000;
    ++notes;
  }
  return notes * 10'000;
}

// shows: S3-22
TEST(PrizeRules, R_AWD_55_RoundedUpToTenThousand) {
  EXPECT_EQ(PrizeVnd(300, 2'340'000), 710'000);  // 702,000
  EXPECT_EQ(PrizeVnd(600, 2'340'000), 1'410'000);
  EXPECT_EQ(PrizeVnd(600, 1'800'000), 1'080'000);
  EXPECT_EQ(PrizeVnd(600, 1'490'000), 900'000);  // 894,000
  EXPECT_EQ(PrizeVnd(3000, 2'340'000), 7'020'000);
  EXPECT_EQ(PrizeVnd(1, 10'000'000), 10'000);  // exactly one note
  EXPECT_EQ(PrizeVnd(1, 10'000'001), 20'000);  // a thousandth of a dong more
  EXPECT_EQ(PrizeVnd(0, 2'340'000), 0);
  EXPECT_EQ(PrizeVnd(1'000'000, 1'000'000'000'000), 1'000'000'000'000'000);
}

RC_GTEST_PROP(PrizeRulesProperty, R_AWD_55_AgreesWithCountingNotes, ()) {
  const int64_t thousandths = *rc::gen::inRange<int64_t>(0, 40'001);
  const int64_t salary = *rc::gen::inRange<int64_t>(1, 10'000'001);
  RC_ASSERT(PrizeVnd(thousandths, salary) == ByNotes(thousandths, salary));
}

// shows: S3-22
TEST(PrizeRules, R_AWD_55_TheBaseSalaryIsThatOfTheDay) {
  const struct {
    CivilDay day;
    int64_t salary;
    int64_t prize;
  } kDays[] = {
      {CivilDay(2019, 7, 1), 1'490'000, 900'000},   {CivilDay(2023, 6, 30), 1'490'000, 900'000},
      {CivilDay(2023, 7, 1), 1'800'000, 1'080'000}, {CivilDay(2024, 6, 30), 1'800'000, 1'080'000},
      {CivilDay(2024, 7, 1), 2'340'000, 1'410'000}, {CivilDay(2025, 6, 30), 2'340'000, 1'410'000},
      {CivilDay(2025, 7, 1), 2'340'000, 1'410'000}, {CivilDay(2026, 6, 30), 2'340'000, 1'410'000},
      {CivilDay(2026, 7, 1), 2'530'000, 1'520'000}};
  for (const auto& one : kDays) {
    const PrizesResult result = Compute({Claim("a")}, one.day, "DISTRICT", "đã đối chiếu");
    ASSERT_FALSE(result.refusal.has_value()) << one.day << result.refusal->en;
    EXPECT_EQ(result.prizes[0].base_salary_vnd, one.salary) << one.day;
    EXPECT_EQ(result.prizes[0].vnd, one.prize) << one.day;
    EXPECT_EQ(result.prizes[0].vnd, ByNotes(600, one.salary)) << one.day;
    EXPECT_EQ(result.total_vnd, one.prize) << one.day;
  }
}

TEST(PrizeRules, R_AWD_56_TheRowOfTheLevelGoesBeforeTheGeneralOne) {
  EXPECT_EQ(Compute({Claim("a")}, CivilDay(2024, 2, 1), "COMMUNE").prizes[0].vnd, 540'000);
  EXPECT_EQ(Compute({Claim("a")}, CivilDay(2024, 2, 1), "DEPARTMENT").prizes[0].vnd, 1'080'000);
  // From 1/7/2025 the general row alone holds.
  EXPECT_EQ(Compute({Claim("a")}, CivilDay(2025, 6, 30), "COMMUNE").prizes[0].thousandths, 300);
  EXPECT_EQ(Compute({Claim("a")}, CivilDay(2025, 7, 1), "COMMUNE").prizes[0].thousandths, 600);
  EXPECT_EQ(Compute({Claim("a")}, CivilDay(2025, 7, 1), "COMMUNE").prizes[0].coefficient_basis,
            "NĐ 152/2025/NĐ-CP");
}

TEST(PrizeRules, R_AWD_56_WhatNoRowSaysIsRefused) {
  const auto missing = [](const PrizesResult& result) {
    return result.refusal ? result.refusal->reason + ":" + result.refusal->metadata.at("figure")
                          : "";
  };
  EXPECT_EQ(missing(Compute({Claim("a")}, CivilDay(2019, 6, 30))),
            "PRIZE_FIGURE_MISSING:base_salary");
  EXPECT_EQ(missing(Compute({Claim("a", Subject::kIndividual)}, CivilDay(2024, 2, 1))),
            "PRIZE_FIGURE_MISSING:GIAY_KHEN INDIVIDUAL");
  EXPECT_EQ(missing(Compute({Claim("a", Subject::kHousehold)}, CivilDay(2026, 1, 1))),
            "PRIZE_FIGURE_MISSING:GIAY_KHEN HOUSEHOLD");
  // A row of another level says nothing about this one.
  const PrizeClaim bang_khen = Claim("a", Subject::kCollective, "BANG_KHEN");
  EXPECT_EQ(missing(Compute({bang_khen}, CivilDay(2026, 1, 1), "DISTRICT")),
            "PRIZE_FIGURE_MISSING:BANG_KHEN COLLECTIVE");
  EXPECT_EQ(Compute({bang_khen}, CivilDay(2026, 1, 1), "PROVINCE").prizes[0].vnd, 7'020'000);
}

TEST(PrizeRules, R_AWD_57_UncheckedFiguresNeedAReason) {
  const std::vector<PrizeClaim> claims = {Claim("a", Subject::kIndividual), Claim("b")};
  const PrizesResult refused = Compute(claims, CivilDay(2026, 7, 1));
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->reason, "PRIZE_FIGURE_UNVERIFIED");
  EXPECT_EQ(refused.refusal->field, "unverified_prizes_reason");
  EXPECT_THAT(refused.refusal->vi, HasSubstr("lương cơ sở 2530000 đồng (NĐ 161/2026/NĐ-CP)"));
  EXPECT_THAT(refused.refusal->vi, HasSubstr("hệ số 0.3 cho Giấy khen đối với cá nhân"));
  const PrizesResult taken = Compute(claims, CivilDay(2026, 7, 1), "DISTRICT", "đã đọc văn bản");
  ASSERT_FALSE(taken.refusal.has_value());
  EXPECT_FALSE(taken.prizes[0].verified);
  // Checked figures need none.
  EXPECT_TRUE(Compute({Claim("b")}, CivilDay(2025, 7, 1)).prizes[0].verified);
}

TEST(PrizeRules, R_AWD_58_OneAchievementIsPaidOnceTheHighest) {
  std::vector<PrizeClaim> claims = {Claim("a"), Claim("b", Subject::kCollective, "BANG_KHEN"),
                                    Claim("c"), Claim("d"), Claim("e")};
  claims[1].recipient = claims[0].recipient;  // two forms for one year
  claims[4].recipient = claims[3].recipient;  // two of the same
  claims[2].recipient = claims[0].recipient;  // another year is another achievement
  claims[2].year = 2024;
  const PrizesResult result = Compute(claims, CivilDay(2026, 1, 1), "PROVINCE");
  ASSERT_FALSE(result.refusal.has_value());
  std::vector<std::pair<int64_t, std::string>> paid;
  for (const Prize& prize : result.prizes) paid.emplace_back(prize.vnd, prize.paid_with);
  EXPECT_THAT(paid, ::testing::ElementsAre(std::pair(0, "b"), std::pair(7'020'000, ""),
                                           std::pair(1'410'000, ""), std::pair(1'410'000, ""),
                                           std::pair(0, "d")));
  EXPECT_EQ(result.total_vnd, 7'020'000 + 1'410'000 + 1'410'000);
}

TEST(PrizeRules, R_AWD_58_WhatAnEarlierDecisionPaidIsNotPaidAgain) {
  std::vector<PrizeClaim> claims = {Claim("a"), Claim("b", Subject::kCollective, "BANG_KHEN"),
                                    Claim("c")};
  claims[1].recipient = claims[0].recipient;
  const std::vector<PaidBefore> before = {{"z", claims[0].recipient, claims[0].year},
                                          {"y", claims[2].recipient, claims[2].year + 1}};
  const PrizesResult result =
      ComputePrizes(claims, "PROVINCE", CivilDay(2026, 1, 1), Figures(), "đã đối chiếu", before);
  ASSERT_FALSE(result.refusal.has_value());
  std::vector<std::pair<int64_t, std::string>> paid;
  for (const Prize& prize : result.prizes) paid.emplace_back(prize.vnd, prize.paid_with);
  EXPECT_THAT(
      paid, ::testing::ElementsAre(std::pair(0, "z"), std::pair(0, "z"), std::pair(1'410'000, "")));
  EXPECT_EQ(result.total_vnd, 1'410'000);
}

TEST(PrizeRules, R_AWD_112_OnlyWhatWasPaidIsWithdrawn) {
  Prize paid;
  paid.vnd = 1'410'000;
  Withdraw({CivilDay(2026, 3, 1), "Kê khai không đúng", "130/QĐ-UBND", CivilDay(2026, 2, 27)},
           paid);
  ASSERT_TRUE(paid.withdrawal.has_value());
  EXPECT_EQ(paid.withdrawal->day, CivilDay(2026, 3, 1));
  EXPECT_EQ(paid.vnd, 1'410'000);
  Prize elsewhere;
  elsewhere.paid_with = "a";
  Withdraw({CivilDay(2026, 3, 1), "Kê khai không đúng", "", {}}, elsewhere);
  EXPECT_FALSE(elsewhere.withdrawal.has_value());
}

TEST(PrizeRules, CoefficientsAndSubjectsAreWrittenExactly) {
  EXPECT_EQ(CoefficientText(600), "0.6");
  EXPECT_EQ(CoefficientText(450), "0.45");
  EXPECT_EQ(CoefficientText(3000), "3");
  EXPECT_EQ(CoefficientText(3500), "3.5");
  EXPECT_EQ(CoefficientText(25), "0.025");
  for (Subject subject : {Subject::kCollective, Subject::kIndividual, Subject::kHousehold}) {
    EXPECT_EQ(SubjectNamed(NameOf(subject)), subject);
  }
  EXPECT_EQ(SubjectNamed("UNIT"), std::nullopt);
}

}  // namespace
}  // namespace thidua::awards::decisions
