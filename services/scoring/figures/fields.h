// Fields of requests about surveys and registers, read with all that is wrong in them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "platform/status.h"

namespace thidua::scoring::figures {

class Fields {
 public:
  // `prefix`: "survey." or "".
  Fields(std::string prefix, absl::CivilDay today) : prefix_(std::move(prefix)), today_(today) {}

  void Add(const std::string& field, std::string reason, std::string vi, std::string en);
  std::string Text(const std::string& field, const std::string& text, size_t least, size_t most);
  // The bare id of a name; "" for "" where it may be left out.
  std::string Id(const std::string& field, const std::string& name, const std::string& collection,
                 bool required);
  // A day that is not in the future; none with a violation.
  std::optional<absl::CivilDay> PastDay(const std::string& field, const std::string& text);
  // 2000..2200, not in the future.
  int Year(int year);
  // `reason` exactly when something is corrected.
  std::string CorrectionReason(const std::string& corrects, const std::string& reason);

  absl::Status Status() { return platform::InvalidFields(std::move(violations_)); }

 private:
  const std::string prefix_;
  const absl::CivilDay today_;
  std::vector<platform::FieldViolation> violations_;
};

}  // namespace thidua::scoring::figures
