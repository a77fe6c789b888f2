#include "notify/wording.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace thidua::notify {
namespace {

TEST(Wording, Names) {
  EXPECT_EQ(AwardFormName("GIAY_KHEN"), "Giấy khen");
  EXPECT_EQ(AwardFormName("HUY_HIEU"), "HUY_HIEU");
  EXPECT_EQ(DocumentName("MINUTES"), "Biên bản họp Hội đồng Thi đua - Khen thưởng");
}

// shows: S4-28
TEST(Wording, DocumentsOfTheDossier) {
  EXPECT_EQ(
      DocumentsPhrase({"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"}, 1),
      "01 bộ bản chính, gồm: Tờ trình đề nghị khen thưởng; Biên bản họp Hội đồng Thi đua - Khen "
      "thưởng; Báo cáo thành tích");
  EXPECT_EQ(DocumentsPhrase({"MINUTES"}, 0), "Biên bản họp Hội đồng Thi đua - Khen thưởng");
  EXPECT_EQ(DocumentsPhrase({}, 1), "kế hoạch không nêu thành phần hồ sơ");
}

TEST(Wording, Dates) {
  EXPECT_EQ(DatePhrase("2023-12-31", "x"), "31/12/2023");
  EXPECT_EQ(DatePhrase("", "chưa ấn định"), "chưa ấn định");
}

TEST(Wording, TheTimeOfAMovement) {
  EXPECT_EQ(TimePhrase("2023-01-01", "2023-12-31"), "từ 01/01/2023 đến 31/12/2023");
  EXPECT_EQ(TimePhrase("2023-01-01", ""), "từ 01/01/2023, không nêu thời hạn kết thúc");
  EXPECT_EQ(TimePhrase("", "2023-12-31"), "không nêu ngày bắt đầu, đến 31/12/2023");
  EXPECT_EQ(TimePhrase("", ""), "không nêu");
}

// A title that says "Kế hoạch" itself is not put into another's quotation marks.
TEST(Wording, APlanWithinASentence) {
  EXPECT_EQ(PlanName("Kế hoạch phát động phong trào thi đua “Đẩy mạnh” năm 2023", "12/KH-UBND"),
            "Kế hoạch phát động phong trào thi đua “Đẩy mạnh” năm 2023 (số 12/KH-UBND)");
  EXPECT_EQ(PlanName("Đẩy mạnh cải cách hành chính", ""),
            "Kế hoạch “Đẩy mạnh cải cách hành chính”");
}

TEST(Wording, Money) {
  EXPECT_EQ(DongPhrase(0), "0 đồng");
  EXPECT_EQ(DongPhrase(710), "710 đồng");
  EXPECT_EQ(DongPhrase(710'000), "710.000 đồng");
  EXPECT_EQ(DongPhrase(1'080'000), "1.080.000 đồng");
}

TEST(Wording, RankChange) {
  EXPECT_EQ(RankChange(2, 5), "tăng 3 bậc so với năm trước (hạng 5)");
  EXPECT_EQ(RankChange(5, 2), "giảm 3 bậc so với năm trước (hạng 2)");
  EXPECT_EQ(RankChange(1, 1), "giữ nguyên thứ hạng so với năm trước (hạng 1)");
  EXPECT_EQ(RankChange(1, 0), "chưa có thứ hạng năm trước để so sánh");
}

TEST(Wording, Periods) {
  for (const auto& [period, phrase] :
       std::vector<std::pair<std::string, std::string>>{{"2023-Q1", "quý I năm 2023"},
                                                        {"2023-Q4", "quý IV năm 2023"},
                                                        {"2023-H1", "6 tháng đầu năm 2023"},
                                                        {"2023", "năm 2023"},
                                                        {"2023-X", "2023-X"},
                                                        {"năm", "năm"},
                                                        {"", ""}}) {
    EXPECT_EQ(PeriodPhrase(period), phrase);
  }
}

TEST(Wording, Decimals) {
  EXPECT_EQ(DecimalVi("91.50"), "91,50");
  EXPECT_EQ(DecimalVi("100"), "100");
  EXPECT_EQ(DecimalVi("1.2.3"), "1.2.3");
  EXPECT_EQ(DecimalVi("."), ".");
  EXPECT_EQ(DecimalVi(""), "");
}

TEST(Wording, WhatIsNotSaidIsSaidToBeUnsaid) {
  EXPECT_EQ(OrNotStated(""), "không nêu");
  EXPECT_EQ(Joined({}), "không nêu");
  EXPECT_EQ(Joined({"a", "b"}), "a, b");
}

TEST(Wording, TimesAndWeekdaysOfMeetings) {
  EXPECT_EQ(TimeOfDay(14, 0), "14 giờ 00");
  EXPECT_EQ(TimeOfDay(8, 5), "08 giờ 05");
  EXPECT_EQ(WeekdayName(0), "thứ Hai");
  EXPECT_EQ(WeekdayName(6), "Chủ nhật");
}

}  // namespace
}  // namespace thidua::notify
