// All SQL of dossiers: their states, history and summary. Decides nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"
#include "scoring/dossiers/fold_rules.h"
#include "scoring/dossiers/rules.h"

namespace thidua::scoring::dossiers {

// A dossier's present state as stored.
struct DossierRecord {
  std::string id;
  std::string source_id;
  std::string dossier_code;
  HashedState present;
  uint32_t flags = 0;
  int32_t states = 1;  // the present one and those in the history
  absl::Time updated_at;
};

struct HistoryRecord {
  std::string dossier_id;
  HashedState state;
  absl::Time arrived_at;
};

class Store {
 public:
  // The dossiers of a source with these codes.
  static absl::StatusOr<std::vector<DossierRecord>> Find(db::Session& session,
                                                         const std::string& source_id,
                                                         const std::vector<std::string>& codes);
  // All earlier and late states of these dossiers, in event order for each.
  static absl::StatusOr<std::vector<HistoryRecord>> History(
      db::Session& session, const std::vector<std::string>& dossier_ids);
  // Writes new and changed present states.
  static absl::Status Upsert(db::Tx& tx, const std::vector<DossierRecord>& records);
  static absl::Status InsertHistory(db::Tx& tx, const std::vector<HistoryRecord>& records);
  // Adds changes to the counts.
  static absl::Status AddToSummary(db::Tx& tx, const Summary& changes);

  static absl::StatusOr<std::optional<DossierRecord>> Get(db::Session& session,
                                                          const std::string& id);
  struct ListFilter {
    std::string unit_id;
    std::string dossier_code;  // "" = any
    std::string after_code;    // keyset: after this code …
    std::string after_id;      // … and id
    int limit = 51;
  };
  // In order of code and id.
  static absl::StatusOr<std::vector<DossierRecord>> List(db::Session& session,
                                                         const ListFilter& filter);
  // Subject of a source's token; "" when there is none.
  static absl::StatusOr<std::string> SubjectOf(db::Session& session, const std::string& source_id);

  // Counts of months first..last from the summary, by channel.
  static absl::StatusOr<std::map<Channel, Counters>> SummaryOf(db::Session& session,
                                                               const std::string& unit_id,
                                                               absl::CivilMonth first,
                                                               absl::CivilMonth last);
  // Calls `each` with the states of the unit that were received by `received_until` and not
  // finished by `as_of`, rejected and withdrawn ones left out.
  static absl::Status ScanOpen(db::Session& session, const std::string& unit_id,
                               absl::CivilDay received_until, absl::CivilDay as_of,
                               absl::FunctionRef<void(const State&)> each);
  // Calls `each` with every state of the unit received by `received_until`.
  static absl::Status ScanUnit(db::Session& session, const std::string& unit_id,
                               absl::CivilDay received_until,
                               absl::FunctionRef<void(const State&)> each);
};

}  // namespace thidua::scoring::dossiers
