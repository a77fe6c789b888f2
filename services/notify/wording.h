// Vietnamese words for what other services send as codes. Pure. A code that is not known is told as
// it is: nothing is invented.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::notify {

// GIAY_KHEN -> "Giấy khen".
std::string AwardFormName(std::string_view code);
// SUBMISSION_LETTER -> "Tờ trình đề nghị khen thưởng".
std::string DocumentName(std::string_view code);
// "01 bộ bản chính, gồm: …; …"; says so when the plan does not state it. original_sets 0 = not
// stated.
std::string DocumentsPhrase(const std::vector<std::string>& codes, int original_sets);
// "2023-12-31" -> "31/12/2023"; `otherwise` when the text is empty.
std::string DatePhrase(std::string_view date, std::string_view otherwise);
// 14, 0 -> "14 giờ 00".
std::string TimeOfDay(int hour, int minute);
// Days after Monday: 1 -> "thứ Ba", 6 -> "Chủ nhật".
std::string WeekdayName(int days_after_monday);
// The time of a movement: "từ 01/01/2023 đến 31/12/2023". An end that is not told is said to be
// untold: "từ 01/01/2023, không nêu thời hạn kết thúc".
std::string TimePhrase(std::string_view start, std::string_view end);
// A plan within a sentence. A title that says that it is a plan stands as it is, another one in
// quotation marks: "Kế hoạch “Đẩy mạnh cải cách hành chính”". With its number when there is one.
std::string PlanName(std::string_view title, std::string_view number);
// The place in the ranking of the year before: "tăng 3 bậc so với năm trước (hạng 5)". previous 0 =
// none.
std::string RankChange(int rank, int previous);
// "2023-Q1" -> "quý I năm 2023", "2023-H1" -> "6 tháng đầu năm 2023", "2023" -> "năm 2023".
std::string PeriodPhrase(std::string_view period);
// A decimal number as Vietnamese writes it: "91.50" -> "91,50".
std::string DecimalVi(std::string_view number);
// "1.080.000 đồng" for 1080000, which is not negative.
std::string DongPhrase(int64_t vnd);
// Texts joined by ", "; "không nêu" for none.
std::string Joined(const std::vector<std::string>& texts);
// The text, or "không nêu" when it is empty: what the source does not say is said to be unsaid.
std::string OrNotStated(std::string_view text);

}  // namespace thidua::notify
