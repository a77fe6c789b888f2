// Unit codes of pushed rows → unit ids, judged on the date of receipt.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"
#include "platform/units/projection.h"
#include "scoring/dossiers/validate.h"

namespace thidua::scoring::dossiers {

struct UnitAnswer {
  std::string unit_id;            // when there is no issue
  std::optional<RowIssue> issue;  // UNKNOWN_UNIT, UNIT_NOT_VALID
};

// For one chunk: each code is read once.
class UnitResolver {
 public:
  explicit UnitResolver(db::Session& session) : session_(session) {}
  absl::StatusOr<UnitAnswer> Resolve(const std::string& code, absl::CivilDay day);
  // Whether a code was asked for that belongs to no unit on its day.
  bool missed() const { return missed_; }

 private:
  db::Session& session_;
  std::map<std::string, std::vector<units::CodeHolder>> holders_;
  bool missed_ = false;
};

}  // namespace thidua::scoring::dossiers
