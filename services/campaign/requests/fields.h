// Reads the fields of a request and collects all that is wrong with them, so that a caller sees
// everything at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "campaign/rules_problem.h"
#include "platform/status.h"

namespace thidua::campaign {

class Fields {
 public:
  // YYYY-MM-DD; DATE_IMPOSSIBLE, DATE_MALFORMED. Gives 1970-01-01 when refused.
  absl::CivilDay Day(std::string_view text, const std::string& field);
  // The same; empty is nullopt.
  std::optional<absl::CivilDay> MaybeDay(std::string_view text, const std::string& field);
  // "units/<id>" → "<id>"; empty text when refused.
  std::string Id(std::string_view name, std::string_view collection, const std::string& field);
  // The same; empty stays empty.
  std::string MaybeId(std::string_view name, std::string_view collection, const std::string& field);
  // Length in characters; TEXT_LENGTH.
  void Text(std::string_view text, size_t least, size_t most, const std::string& field);
  void Refuse(const std::string& field, const std::string& reason, platform::Text text);
  // Problems found by rules, their paths below `prefix`.
  void Add(const Problems& problems, const std::string& prefix);

  bool ok() const { return violations_.empty(); }
  absl::Status status() { return platform::InvalidFields(violations_); }
  const std::vector<platform::FieldViolation>& violations() const { return violations_; }

 private:
  void Take(const absl::Status& refusal);
  std::vector<platform::FieldViolation> violations_;
};

}  // namespace thidua::campaign
