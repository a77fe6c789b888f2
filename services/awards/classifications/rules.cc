#include "awards/classifications/rules.h"

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "platform/text_length.h"

namespace thidua::awards::classifications {
namespace {

constexpr size_t kLongestNumber = 128;

Refusal Invalid(std::string field, std::string reason, std::string vi, std::string en) {
  Refusal refusal;
  refusal.field = std::move(field);
  refusal.reason = std::move(reason);
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

}  // namespace

bool IsLevel(std::string_view level) {
  return level == "EXCELLENT" || level == "GOOD" || level == "COMPLETED" ||
         level == "NOT_COMPLETED";
}

MaybeRefusal CheckRecord(const Record& record, const std::string& caller, absl::CivilDay today) {
  if (!caller.empty() && record.person_id == caller) {
    Refusal refusal =
        Invalid("person", "OWN_PERSON", "Không ai được ghi kết quả xếp loại của chính mình.",
                "Nobody records the own classification.");
    refusal.kind = RefusalKind::kForbidden;
    return refusal;
  }
  if (record.year < 2000 || record.year > today.year()) {
    return Invalid("year", "FIELD_OUT_OF_RANGE", "Năm phải từ 2000 đến năm nay.",
                   "The year must be 2000 to this year.");
  }
  if (!IsLevel(record.level)) {
    return Invalid("level", "LEVEL_UNKNOWN",
                   "Mức xếp loại phải là EXCELLENT, GOOD, COMPLETED hoặc NOT_COMPLETED.",
                   "The level must be EXCELLENT, GOOD, COMPLETED or NOT_COMPLETED.");
  }
  const absl::string_view number = absl::StripAsciiWhitespace(record.document_number);
  if (number.empty()) {
    return Invalid("document_number", "FIELD_REQUIRED", "Trường này không được để trống.",
                   "This field is required.");
  }
  if (platform::TextLength(record.document_number) > kLongestNumber) {
    return Invalid("document_number", "FIELD_TOO_LONG", "Trường này dài quá 128 ký tự.",
                   "This field is longer than 128 characters.");
  }
  if (record.document_date > today) {
    return Invalid("document_date", "DATE_IN_FUTURE", "Ngày của văn bản nằm trong tương lai.",
                   "The day of the document lies in the future.");
  }
  if (record.document_date.year() < record.year) {
    return Invalid("document_date", "DOCUMENT_BEFORE_YEAR",
                   "Ngày của văn bản trước năm được xếp loại.",
                   "The document is older than the year it judges.");
  }
  return std::nullopt;
}

}  // namespace thidua::awards::classifications
