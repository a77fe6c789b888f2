#include "awards/decisions/rules_document.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::decisions {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

DocumentFacts Facts() {
  DocumentFacts facts;
  facts.issuer_name = "UBND huyện Krông Nô";
  facts.issuer_type = "DISTRICT";
  facts.parent_name = "UBND tỉnh Đắk Nông";
  facts.laws = {"Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"};
  facts.plan_number = "584/KH-UBND";
  facts.plan_day = CivilDay(2023, 3, 30);
  facts.plan_title = "Kế hoạch phát động phong trào thi đua năm 2023";
  facts.plan_issuer_name = "UBND huyện Krông Nô";
  facts.meetings = {{"Hội đồng Thi đua - Khen thưởng huyện Krông Nô", CivilDay(2024, 2, 1)}};
  facts.coordinator_name = "Phòng Nội vụ huyện Krông Nô";
  return facts;
}

DecisionWords Words(const std::string& fund = "") {
  return {"Chủ tịch Ủy ban nhân dân huyện Krông Nô", "Đã có thành tích xuất sắc năm 2023.", fund};
}

std::vector<Awardee> Communes(int count) {
  std::vector<Awardee> awardees;
  for (int i = 1; i <= count; ++i) {
    awardees.push_back({"UBND xã " + std::to_string(i), "GIAY_KHEN", Subject::kCollective,
                        std::nullopt, std::to_string(i)});
  }
  return awardees;
}

Document Composed(const std::vector<Awardee>& awardees, const std::string& fund = "") {
  return Compose(Complete({}, Facts(), Words(fund), awardees), Words(fund), awardees);
}

TEST(DocumentRules, R_AWD_59_WordsFollowFromThePlanTheCouncilAndTheUnits) {
  const Text text = Complete({}, Facts(), Words(), Communes(1));
  EXPECT_EQ(text.issuing_body, "Ủy ban nhân dân huyện Krông Nô");
  EXPECT_EQ(text.subject, "Về việc tặng Giấy khen cho tập thể đã có thành tích xuất sắc năm 2023");
  EXPECT_THAT(text.legal_bases,
              ElementsAre("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                          "Căn cứ Kế hoạch số 584/KH-UBND ngày 30 tháng 3 năm 2023 của Ủy ban nhân "
                          "dân huyện Krông Nô phát động phong trào thi đua năm 2023",
                          "Căn cứ Biên bản họp Hội đồng Thi đua - Khen thưởng huyện Krông Nô ngày "
                          "01 tháng 02 năm 2024",
                          "Theo đề nghị của Phòng Nội vụ huyện Krông Nô"));
  EXPECT_THAT(text.articles,
              ElementsAre("Quyết định này có hiệu lực kể từ ngày ký.",
                          "Phòng Nội vụ huyện Krông Nô, thủ trưởng các cơ quan, đơn vị có liên "
                          "quan và các tập thể có tên tại Điều 1 chịu trách nhiệm thi hành Quyết "
                          "định này."));
  EXPECT_THAT(text.recipients, ElementsAre("Như Điều 3", "Lưu: VT"));
  // With an article on money the last one has another number.
  EXPECT_EQ(Complete({}, Facts(), Words("Quỹ"), Communes(1)).recipients[0], "Như Điều 4");
}

TEST(DocumentRules, R_AWD_59_WhatWasGivenGoesBefore) {
  Text given;
  given.parent_body = "Bộ Nội vụ";
  given.issuing_body = "Văn phòng";
  given.subject = "Về việc khen thưởng";
  given.legal_bases = {"Căn cứ một văn bản"};
  given.articles = {"Một điều."};
  given.recipients = {"Bộ trưởng (để b/c)"};
  const Text text = Complete(given, Facts(), Words(), Communes(2));
  EXPECT_EQ(text.parent_body, given.parent_body);
  EXPECT_EQ(text.issuing_body, given.issuing_body);
  EXPECT_EQ(text.subject, given.subject);
  EXPECT_EQ(text.legal_bases, given.legal_bases);
  EXPECT_EQ(text.articles, given.articles);
  EXPECT_EQ(text.recipients, given.recipients);
}

TEST(DocumentRules, R_AWD_59_WhatIsNotKnownIsLeftOut) {
  const Text text = Complete({}, {}, Words(), Communes(1));
  EXPECT_THAT(text.legal_bases, IsEmpty());
  EXPECT_THAT(text.articles[1], HasSubstr("Thủ trưởng các cơ quan, đơn vị có liên quan và các"));
  DocumentFacts facts;
  facts.plan_title = "Phong trào thi đua";
  EXPECT_THAT(Complete({}, facts, Words(), Communes(1)).legal_bases,
              ElementsAre("Căn cứ Kế hoạch về Phong trào thi đua"));
}

TEST(DocumentRules, R_AWD_62_OnlyPeoplesCommitteesNameNobodyAbove) {
  DocumentFacts facts = Facts();
  for (const char* type : {"PROVINCE", "DISTRICT", "COMMUNE"}) {
    facts.issuer_type = type;
    EXPECT_EQ(Complete({}, facts, Words(), Communes(1)).parent_body, "") << type;
  }
  for (const char* type : {"DEPARTMENT", "ROOM", "VERTICAL_BRANCH"}) {
    facts.issuer_type = type;
    EXPECT_EQ(Complete({}, facts, Words(), Communes(1)).parent_body,
              "Ủy ban nhân dân tỉnh Đắk Nông")
        << type;
  }
}

TEST(DocumentRules, R_AWD_60_MoreThanFiveStandInAnAnnex) {
  const Document one = Composed(Communes(1));
  EXPECT_EQ(one.articles[0].text,
            "Tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện Krông Nô cho tập thể UBND xã 1 đã "
            "có thành tích xuất sắc năm 2023.");
  EXPECT_FALSE(one.annex);
  const Document five = Composed(Communes(5));
  EXPECT_EQ(five.articles[0].text,
            "Tặng Giấy khen của Chủ tịch Ủy ban nhân dân huyện Krông Nô cho 05 tập thể đã có thành "
            "tích xuất sắc năm 2023, gồm:");
  EXPECT_THAT(five.articles[0].lines, ElementsAre("1. UBND xã 1;", "2. UBND xã 2;", "3. UBND xã 3;",
                                                  "4. UBND xã 4;", "5. UBND xã 5."));
  EXPECT_FALSE(five.annex);
  const Document six = Composed(Communes(6));
  EXPECT_THAT(six.articles[0].text, HasSubstr("cho 06 tập thể đã có thành tích"));
  EXPECT_THAT(six.articles[0].text, HasSubstr("(có danh sách kèm theo)."));
  EXPECT_THAT(six.articles[0].lines, IsEmpty());
  EXPECT_TRUE(six.annex);
  EXPECT_EQ(six.annex_title, "Danh sách tập thể được tặng Giấy khen");
}

TEST(DocumentRules, R_AWD_60_KindsAndFormsAreToldApart) {
  std::vector<Awardee> awardees = Communes(2);
  awardees[1] = {"Bà H", "BANG_KHEN", Subject::kIndividual, std::nullopt, "2"};
  const Document document = Composed(awardees);
  EXPECT_EQ(document.articles[0].text,
            "Tặng Giấy khen, Bằng khen cho 01 tập thể, 01 cá nhân đã có thành tích xuất sắc năm "
            "2023, gồm:");
  EXPECT_THAT(document.articles[0].lines,
              ElementsAre("1. UBND xã 1: Giấy khen;", "2. Bà H: Bằng khen."));
  EXPECT_EQ(document.subject,
            "Về việc tặng Giấy khen, Bằng khen cho tập thể, cá nhân đã có thành tích xuất sắc năm "
            "2023");
}

TEST(DocumentRules, MarksAreSetAsTheLayoutAsks) {
  Text text;
  text.legal_bases = {"Căn cứ một;", "Căn cứ hai", "Theo đề nghị của ai;"};
  text.recipients = {"Như Điều 3;", "Lưu: VT"};
  const Document document = Compose(text, Words(), Communes(1));
  EXPECT_THAT(document.legal_bases,
              ElementsAre("Căn cứ một;", "Căn cứ hai;", "Theo đề nghị của ai."));
  EXPECT_THAT(document.recipients, ElementsAre("- Như Điều 3;", "- Lưu: VT."));
}

// shows: S3-22
TEST(DocumentRules, R_AWD_61_TheArticleOnMoneyNamesLevelTotalAndFund) {
  std::vector<Awardee> awardees = Communes(3);
  for (Awardee& awardee : awardees) {
    awardee.prize = Prize{1'080'000, 600, "NĐ", 1'800'000, "NĐ 24/2023/NĐ-CP", true, ""};
  }
  const Document document = Composed(awardees, "Quỹ thi đua, khen thưởng của huyện");
  EXPECT_EQ(document.articles[1].text, "Mức tiền thưởng kèm theo như sau:");
  EXPECT_THAT(
      document.articles[1].lines,
      ElementsAre("- Giấy khen đối với tập thể: 1.080.000 đồng/tập thể (0,6 lần mức lương cơ sở "
                  "1.800.000 đồng, làm tròn lên hàng chục nghìn đồng).",
                  "Tổng số tiền thưởng: 3.240.000 đồng (bằng chữ: ba triệu hai trăm bốn mươi nghìn "
                  "đồng). Kinh phí chi từ Quỹ thi đua, khen thưởng của huyện."));
  EXPECT_EQ(document.total_vnd, 3'240'000);
  // R-AWD-58, in words.
  awardees[2].prize->vnd = 0;
  awardees[2].prize->paid_with = "1";
  EXPECT_THAT(Composed(awardees, "Quỹ").articles[1].lines[1], HasSubstr("chỉ thưởng tiền một lần"));
  EXPECT_THAT(Composed(awardees, "Quỹ").articles[1].lines[1], Not(HasSubstr("quyết định trước")));
  awardees[2].prize->paid_with = "of an earlier decision";
  EXPECT_THAT(Composed(awardees, "Quỹ").articles[1].lines[1],
              HasSubstr("đã được thưởng tiền theo quyết định trước"));
  // Before the figures are known the article says so and names none.
  EXPECT_THAT(Composed(Communes(1), "Quỹ A").articles[1].text,
              HasSubstr("tính theo mức lương cơ sở tại ngày ban hành Quyết định. Kinh phí chi từ "
                        "Quỹ A."));
  EXPECT_EQ(Composed(Communes(1)).articles.size(), 3u);
}

TEST(DocumentRules, R_AWD_61_AmountsInFiguresAndWords) {
  EXPECT_EQ(Figures(0), "0");
  EXPECT_EQ(Figures(999), "999");
  EXPECT_EQ(Figures(1'080'000), "1.080.000");
  EXPECT_EQ(Figures(216'000'000), "216.000.000");
  const std::pair<int64_t, const char*> kWords[] = {
      {0, "không"},
      {5, "năm"},
      {10, "mười"},
      {15, "mười lăm"},
      {21, "hai mươi mốt"},
      {101, "một trăm lẻ một"},
      {111, "một trăm mười một"},
      {1'000, "một nghìn"},
      {710'000, "bảy trăm mười nghìn"},
      {1'080'000, "một triệu không trăm tám mươi nghìn"},
      {1'410'000, "một triệu bốn trăm mười nghìn"},
      {1'000'005, "một triệu không trăm lẻ năm"},
      {21'005'055, "hai mươi mốt triệu không trăm lẻ năm nghìn không trăm năm mươi lăm"},
      {216'000'000, "hai trăm mười sáu triệu"},
      {1'000'000'000, "một tỷ"},
      {2'000'010'000, "hai tỷ không trăm mười nghìn"},
      {1'000'000'000'000, "một nghìn tỷ"},
      {1'000'000'000'000'000, "một triệu tỷ"}};
  for (const auto& [amount, words] : kWords) EXPECT_EQ(InWords(amount), words) << amount;
}

TEST(DocumentRules, TheAnnexNamesItsDecision) {
  Document document = Composed(Communes(6));
  EXPECT_THAT(AnnexNote(document), HasSubstr("…/QĐ-…"));
  document.number = "125/QĐ-UBND";
  document.day = CivilDay(2024, 2, 5);
  EXPECT_EQ(
      AnnexNote(document),
      "(Kèm theo Quyết định số 125/QĐ-UBND ngày 05 tháng 02 năm 2024 của Chủ tịch Ủy ban nhân "
      "dân huyện Krông Nô)");
}

}  // namespace
}  // namespace thidua::awards::decisions
