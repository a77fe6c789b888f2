#include "notify/wording.h"

#include <array>
#include <cstdlib>
#include <utility>

namespace thidua::notify {
namespace {

constexpr std::string_view kNotStated = "không nêu";

using Pair = std::pair<std::string_view, std::string_view>;

template <size_t kSize>
std::string Named(const std::array<Pair, kSize>& names, std::string_view code) {
  for (const auto& [known, name] : names) {
    if (known == code) return std::string(name);
  }
  return std::string(code);
}

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string AwardFormName(std::string_view code) {
  static constexpr std::array<Pair, 3> kNames = {
      {{"GIAY_KHEN", "Giấy khen"}, {"BANG_KHEN", "Bằng khen"}, {"CO_THI_DUA", "Cờ thi đua"}}};
  return Named(kNames, code);
}

std::string DocumentName(std::string_view code) {
  static constexpr std::array<Pair, 3> kNames = {
      {{"SUBMISSION_LETTER", "Tờ trình đề nghị khen thưởng"},
       {"MINUTES", "Biên bản họp Hội đồng Thi đua - Khen thưởng"},
       {"ACHIEVEMENT_REPORT", "Báo cáo thành tích"}}};
  return Named(kNames, code);
}

std::string DocumentsPhrase(const std::vector<std::string>& codes, int original_sets) {
  if (codes.empty()) return "kế hoạch không nêu thành phần hồ sơ";
  std::string phrase;
  if (original_sets > 0) {
    phrase =
        (original_sets < 10 ? "0" : "") + std::to_string(original_sets) + " bộ bản chính, gồm: ";
  }
  for (size_t i = 0; i < codes.size(); ++i) {
    if (i > 0) phrase += "; ";
    phrase += DocumentName(codes[i]);
  }
  return phrase;
}

std::string DatePhrase(std::string_view date, std::string_view otherwise) {
  if (date.empty()) return std::string(otherwise);
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::string(date);
  return std::string(date.substr(8, 2)) + "/" + std::string(date.substr(5, 2)) + "/" +
         std::string(date.substr(0, 4));
}

std::string TimeOfDay(int hour, int minute) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(hour) + " giờ " + two(minute);
}

std::string WeekdayName(int days_after_monday) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"};
  return std::string(kNames.at(static_cast<size_t>(days_after_monday)));
}

std::string TimePhrase(std::string_view start, std::string_view end) {
  if (start.empty() && end.empty()) return std::string(kNotStated);
  std::string phrase = start.empty() ? "không nêu ngày bắt đầu,"
                                     : "từ " + DatePhrase(start, "") + (end.empty() ? "," : "");
  return phrase + (end.empty() ? " không nêu thời hạn kết thúc" : " đến " + DatePhrase(end, ""));
}

std::string PlanName(std::string_view title, std::string_view number) {
  constexpr std::string_view kPlan = "Kế hoạch";
  std::string name(title);
  if (title.substr(0, kPlan.size()) != kPlan) {
    name = std::string(kPlan) + " “" + name + "”";
  }
  return number.empty() ? name : name + " (số " + std::string(number) + ")";
}

std::string RankChange(int rank, int previous) {
  if (previous <= 0) return "chưa có thứ hạng năm trước để so sánh";
  const std::string before = " so với năm trước (hạng " + std::to_string(previous) + ")";
  if (rank == previous) return "giữ nguyên thứ hạng" + before;
  return (rank < previous ? "tăng " : "giảm ") + std::to_string(std::abs(rank - previous)) +
         " bậc" + before;
}

std::string PeriodPhrase(std::string_view period) {
  static constexpr std::array<Pair, 6> kParts = {{{"Q1", "quý I"},
                                                  {"Q2", "quý II"},
                                                  {"Q3", "quý III"},
                                                  {"Q4", "quý IV"},
                                                  {"H1", "6 tháng đầu"},
                                                  {"H2", "6 tháng cuối"}}};
  const std::string_view year = period.substr(0, 4);
  if (year.size() != 4 || !AllDigits(year)) return std::string(period);
  if (period.size() == 4) return "năm " + std::string(year);
  if (period[4] == '-') {
    const std::string_view part = period.substr(5);
    for (const auto& [code, name] : kParts) {
      if (code == part) return std::string(name) + " năm " + std::string(year);
    }
  }
  return std::string(period);
}

std::string DongPhrase(int64_t vnd) {
  std::string text = std::to_string(vnd);
  for (size_t left = text.size(); left > 3; left -= 3) text.insert(left - 3, ".");
  return text + " đồng";
}

std::string DecimalVi(std::string_view number) {
  const size_t point = number.find('.');
  std::string text(number);
  if (point != std::string_view::npos && AllDigits(number.substr(0, point)) &&
      AllDigits(number.substr(point + 1))) {
    text[point] = ',';
  }
  return text;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return OrNotStated(joined);
}

std::string OrNotStated(std::string_view text) {
  return std::string(text.empty() ? kNotStated : text);
}

}  // namespace thidua::notify
