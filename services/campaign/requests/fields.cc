#include "campaign/requests/fields.h"

#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/text_length.h"

namespace thidua::campaign {

void Fields::Take(const absl::Status& refusal) {
  for (platform::FieldViolation& violation : platform::FieldsOf(refusal)) {
    violations_.push_back(std::move(violation));
  }
}

absl::CivilDay Fields::Day(std::string_view text, const std::string& field) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, field);
  if (day.ok()) return *day;
  Take(day.status());
  return absl::CivilDay();
}

std::optional<absl::CivilDay> Fields::MaybeDay(std::string_view text, const std::string& field) {
  if (text.empty()) return std::nullopt;
  return Day(text, field);
}

std::string Fields::Id(std::string_view name, std::string_view collection,
                       const std::string& field) {
  const absl::StatusOr<std::string> id = platform::IdFromName(name, collection, field);
  if (id.ok()) return *id;
  Take(id.status());
  return "";
}

std::string Fields::MaybeId(std::string_view name, std::string_view collection,
                            const std::string& field) {
  return name.empty() ? "" : Id(name, collection, field);
}

void Fields::Text(std::string_view text, size_t least, size_t most, const std::string& field) {
  const size_t length = platform::TextLength(text);
  if (length >= least && length <= most) return;
  Refuse(field, "TEXT_LENGTH",
         {"phải có " + std::to_string(least) + " đến " + std::to_string(most) + " ký tự",
          "must have " + std::to_string(least) + " to " + std::to_string(most) + " characters"});
}

void Fields::Refuse(const std::string& field, const std::string& reason, platform::Text text) {
  violations_.push_back({field, reason, std::move(text)});
}

void Fields::Add(const Problems& problems, const std::string& prefix) {
  for (const Problem& problem : problems) {
    violations_.push_back({prefix + problem.field, problem.reason, {problem.vi, problem.en}});
  }
}

}  // namespace thidua::campaign
