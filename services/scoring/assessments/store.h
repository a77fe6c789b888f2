// All SQL of rounds, assessments and their score entries. Decides nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/lead_rules.h"
#include "scoring/assessments/rules.h"

namespace thidua::scoring::assessments {

struct RoundRow {
  std::string id;
  std::string unit_id;
  std::string criteria_set_id;
  std::string plan_id;  // "" = stands alone
  std::string title;
  std::string block;
  int32_t year = 0;
  absl::CivilDay period_start;
  absl::CivilDay period_end;
  Windows windows;
  std::vector<FieldLead> leads;  // in order of field; empty in lists
  absl::Time created_at;
  int64_t row_version = 1;
};

struct AssessmentRow {
  std::string id;
  std::string round_id;
  std::string unit_id;
  State state = State::kDraft;
  int last_entry = 0;
  bool returned = false;
  std::string submitted_by;  // "" before the first submission
  absl::Time updated_at;
  int64_t row_version = 1;
  // Business day of the last change of state; none: not known.
  std::optional<absl::CivilDay> state_date{};
};

struct EvidenceRow {
  std::string file_id;
  std::string file_name;
  std::string pages;
  std::string sha256;

  bool operator==(const EvidenceRow&) const = default;
};

// A score with all that is kept of it.
struct EntryRow {
  Score score;
  std::vector<EvidenceRow> evidence;
  std::string note;
  std::string reason;
  std::string actor;
  absl::Time created_at;
  absl::CivilDay business_date;
};

class Store {
 public:
  static absl::Status InsertRound(db::Tx& tx, const RoundRow& row);
  static absl::StatusOr<std::optional<RoundRow>> GetRound(db::Session& session,
                                                          const std::string& id);
  // Newest first; those organised at a visible unit, holding one or naming one as a lead.
  static absl::StatusOr<std::vector<RoundRow>> ListRounds(db::Session& session,
                                                          const platform::VisibleUnits& visible,
                                                          const std::string& before_id, int limit);
  static absl::StatusOr<std::vector<std::string>> UnitsOf(db::Session& session,
                                                          const std::string& round_id);

  static absl::Status InsertAssessments(db::Tx& tx, const std::vector<AssessmentRow>& rows);
  static absl::StatusOr<std::optional<AssessmentRow>> Get(db::Session& session,
                                                          const std::string& id);
  static absl::StatusOr<std::optional<AssessmentRow>> Lock(db::Tx& tx, const std::string& id);
  static absl::Status Update(db::Tx& tx, const AssessmentRow& row);
  struct Filter {
    platform::VisibleUnits visible;
    std::string round_id;        // "" = any
    std::string unit_id;         // "" = any
    std::optional<State> state;  // none = any
    std::string after_id;        // "" = from the start
    int limit = 51;
  };
  // In order of id; those of a visible unit, or of a round in which one leads a field.
  static absl::StatusOr<std::vector<AssessmentRow>> List(db::Session& session,
                                                         const Filter& filter);

  // Oldest first, evidence included.
  static absl::StatusOr<std::vector<EntryRow>> Entries(db::Session& session,
                                                       const std::string& assessment_id);
  static absl::Status InsertEntries(db::Tx& tx, const std::string& assessment_id,
                                    const std::vector<EntryRow>& entries);

  // Units that lead a field of a round in which the file is evidence: they read the whole
  // assessment, its files too (S4-30).
  static absl::StatusOr<std::vector<std::string>> ReadersOfEvidence(db::Session& session,
                                                                    const std::string& file_id);

  // On which sides the actor has acted in the assessments of the unit for the year.
  static absl::StatusOr<Duties> DutiesOf(db::Session& session, const std::string& unit_id,
                                         int32_t year, const std::string& actor);
  // Keeps that the actor acted on this side of the assessment; again is no different from once.
  static absl::Status AddDuty(db::Tx& tx, const std::string& assessment_id,
                              const std::string& actor, Side side);
};

}  // namespace thidua::scoring::assessments
