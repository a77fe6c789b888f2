#include "scoring/figures/fields.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/text_length.h"

namespace thidua::scoring::figures {

void Fields::Add(const std::string& field, std::string reason, std::string vi, std::string en) {
  violations_.push_back({prefix_ + field, std::move(reason), {std::move(vi), std::move(en)}});
}

std::string Fields::Text(const std::string& field, const std::string& text, size_t least,
                         size_t most) {
  const size_t length = platform::TextLength(text);
  if (length < least || length > most) {
    Add(field, "TEXT_LENGTH", absl::StrCat("Phải có từ ", least, " đến ", most, " ký tự"),
        absl::StrCat("Must have ", least, " to ", most, " characters"));
  }
  return text;
}

std::string Fields::Id(const std::string& field, const std::string& name,
                       const std::string& collection, bool required) {
  if (name.empty() && !required) return "";
  const absl::StatusOr<std::string> id = platform::IdFromName(name, collection, prefix_ + field);
  if (id.ok()) return *id;
  for (platform::FieldViolation& violation : platform::FieldsOf(id.status())) {
    violations_.push_back(std::move(violation));
  }
  return "";
}

std::optional<absl::CivilDay> Fields::PastDay(const std::string& field, const std::string& text) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, prefix_ + field);
  if (!day.ok()) {
    for (platform::FieldViolation& violation : platform::FieldsOf(day.status())) {
      violations_.push_back(std::move(violation));
    }
    return std::nullopt;
  }
  if (*day > today_) {
    Add(field, "DATE_IN_FUTURE", "Ngày nằm trong tương lai", "The day lies in the future");
    return std::nullopt;
  }
  return *day;
}

int Fields::Year(int year) {
  if (year < 2000 || year > 2200) {
    Add("year", "YEAR_OUT_OF_RANGE", "Năm phải từ 2000 đến 2200", "The year must be 2000 to 2200");
  } else if (year > today_.year()) {
    Add("year", "YEAR_IN_FUTURE", "Năm nằm trong tương lai", "The year lies in the future");
  }
  return year;
}

std::string Fields::CorrectionReason(const std::string& corrects, const std::string& reason) {
  if (corrects.empty() != reason.empty()) {
    Add("correction_reason", "REASON_REQUIRED",
        "Bản đính chính phải nêu bản bị đính chính và lý do",
        "A correction names what it corrects and the reason, or neither");
  }
  return Text("correction_reason", reason, 0, 2000);
}

}  // namespace thidua::scoring::figures
