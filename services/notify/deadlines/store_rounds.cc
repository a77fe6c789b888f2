#include "notify/deadlines/store_rounds.h"

namespace thidua::notify::deadlines {

absl::Status AddRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id) {
  return tx
      .Execute(
          "INSERT INTO round_units (round_id, unit_id, state) VALUES (?, ?, '') "
          "ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id)",
          round_id, unit_id)
      .status();
}

absl::Status SetRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id,
                          const std::string& state) {
  return tx
      .Execute(
          "INSERT INTO round_units (round_id, unit_id, state) VALUES (?, ?, ?) "
          "ON DUPLICATE KEY UPDATE state = VALUES(state)",
          round_id, unit_id, state)
      .status();
}

absl::StatusOr<std::vector<std::string>> LockRoundStates(db::Tx& tx, const std::string& round_id) {
  return tx.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT state FROM round_units WHERE round_id = ? ORDER BY unit_id FOR UPDATE", round_id);
}

}  // namespace thidua::notify::deadlines
