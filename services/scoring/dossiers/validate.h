// Pushed rows → states, or why not. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "absl/time/civil_time.h"
#include "scoring/dossiers/fold_rules.h"
#include "scoring/dossiers/rules.h"
#include "thidua/scoring/v1/dossier_service.pb.h"

namespace thidua::scoring::dossiers {

inline constexpr int kMaxRows = 500;
inline constexpr int kMaxBytes = 1024 * 1024;

// Why a row is refused.
struct RowIssue {
  std::string field;
  std::string reason;
  std::string vi;
  std::string en;
};

struct ReadRow {
  std::string dossier_code;
  HashedState hashed;  // without the unit, which its code and the date of receipt decide
};

// R-SCO-16 The form of one row: codes, enumerations, dates that exist, finished only when the
// status says so, nothing received or finished after `today`. content_sha256 is over the row in
// canonical form.
std::variant<ReadRow, RowIssue> ReadOneRow(const v1::DossierRow& row, absl::CivilDay today);

// YYYY-MM-DD, or an RFC 3339 instant of which the date in Vietnam counts.
std::variant<absl::CivilDay, RowIssue> ReadDay(const std::string& text, const std::string& field);

// 1..64 characters of letters, digits, ".", "_", "-", ":".
bool IsImportId(std::string_view text);

}  // namespace thidua::scoring::dossiers
