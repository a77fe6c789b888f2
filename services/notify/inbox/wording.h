// Vietnamese words for what other services send as codes. Pure. A code that is not known is told as
// it is: nothing is invented.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thidua::notify::inbox {

// GIAY_KHEN -> "Giấy khen".
std::string AwardFormName(std::string_view code);
// SUBMISSION_LETTER -> "Tờ trình đề nghị khen thưởng".
std::string DocumentName(std::string_view code);
// "01 bộ bản chính, gồm: …; …"; says so when the plan does not state it. original_sets 0 = not
// stated.
std::string DocumentsPhrase(const std::vector<std::string>& codes, int original_sets);
// "2023-12-31" -> "31/12/2023"; `otherwise` when the text is empty.
std::string DatePhrase(std::string_view date, std::string_view otherwise);
// The place in the ranking of the year before: "tăng 3 bậc so với năm trước (hạng 5)". previous 0 =
// none.
std::string RankChange(int rank, int previous);
// "2023-Q1" -> "quý I năm 2023", "2023-H1" -> "6 tháng đầu năm 2023", "2023" -> "năm 2023".
std::string PeriodPhrase(std::string_view period);
// Texts joined by ", "; "không nêu" for none.
std::string Joined(const std::vector<std::string>& texts);
// The text, or "không nêu" when it is empty: what the source does not say is said to be unsaid.
std::string OrNotStated(std::string_view text);

}  // namespace thidua::notify::inbox
