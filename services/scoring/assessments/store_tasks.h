// All SQL of the lists of what waits. Decides nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/store.h"
#include "scoring/assessments/task_rules.h"

namespace thidua::scoring::assessments {

// An assessment that may wait, with what is needed of its round.
struct WaitingRow {
  TaskKind kind = TaskKind::kSelfScore;
  std::string id;
  std::string unit_id;
  State state = State::kDraft;
  bool returned = false;
  std::string round_id;
  std::string round_title;
  std::string organiser_id;
  std::string criteria_set_id;
  absl::CivilDay period_end;
  Windows windows;
};

// The scores of an assessment with who gave them, and what was explained.
struct GivenRows {
  std::vector<Score> scores;         // oldest first, without inputs
  std::vector<std::string> actors;   // of the scores, same order
  std::vector<Explained> explained;  // oldest first
};

struct Filed {
  int units = 0;
  int missing = 0;
};

class TaskStore {
 public:
  struct Filter {
    TaskKind kind = TaskKind::kSelfScore;
    platform::VisibleUnits visible;  // where the caller holds the right for it
    std::string actor;               // who has acted on the other side is left out
    std::string round_id;            // "" = any
    absl::CivilDay today;            // what has not begun does not wait
    std::string after_id;
    int limit = 51;
  };
  // In order of id: those at visible units, and of appraisals and answers those of rounds in which
  // one leads a field.
  static absl::StatusOr<std::vector<WaitingRow>> List(db::Session& session, const Filter& filter);
  // The assessments of a round in DRAFT, in order of id.
  static absl::StatusOr<std::vector<WaitingRow>> ListMissing(db::Session& session,
                                                             const std::string& round_id,
                                                             const std::string& after_id,
                                                             int limit);

  // By assessment id.
  static absl::StatusOr<std::map<std::string, GivenRows>> Given(
      db::Session& session, const std::vector<std::string>& assessment_ids);
  // The leads of rounds, by round id.
  static absl::StatusOr<std::map<std::string, std::vector<FieldLead>>> Leads(
      db::Session& session, const std::vector<std::string>& round_ids);

  // Of a round.
  static absl::StatusOr<Filed> CountFiled(db::Session& session, const std::string& round_id);
};

}  // namespace thidua::scoring::assessments
