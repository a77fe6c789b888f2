#include "scoring/initiatives/store.h"

namespace thidua::scoring::initiatives {

absl::Status Store::Upsert(db::Tx& tx, const std::string& id, const std::string& unit_id,
                           const Initiative& initiative) {
  return tx
      .Execute(
          "INSERT INTO initiative_records (initiative_id, unit_id, year, recognition_date) "
          "VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id), "
          "year = VALUES(year), recognition_date = VALUES(recognition_date)",
          id, unit_id, initiative.year, initiative.recognition)
      .status();
}

absl::StatusOr<std::vector<Initiative>> Store::Of(db::Session& session, const std::string& unit_id,
                                                  int first, int last) {
  return session.QueryAll<Initiative>(
      [](const db::Row& row) {
        Initiative initiative;
        initiative.year = row.Get<int32_t>(0);
        initiative.recognition = row.Get<std::optional<absl::CivilDay>>(1);
        return initiative;
      },
      "SELECT year, recognition_date FROM initiative_records WHERE unit_id = ? AND "
      "year BETWEEN ? AND ? ORDER BY initiative_id",
      unit_id, first, last);
}

absl::Status Store::DeleteAll(db::Tx& tx) {
  return tx.Execute("DELETE FROM initiative_records").status();
}

}  // namespace thidua::scoring::initiatives
