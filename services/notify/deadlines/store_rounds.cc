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

absl::Status PutRoundExplanation(db::Tx& tx, const RoundExplanation& e) {
  return tx
      .Execute(
          "INSERT INTO round_explanations (round_id, plan_id, title, start_date, end_date) VALUES "
          "(?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE plan_id = VALUES(plan_id), title = "
          "VALUES(title), start_date = VALUES(start_date), end_date = VALUES(end_date)",
          e.round_id, e.plan_id, e.title, e.start, e.end)
      .status();
}

absl::StatusOr<std::optional<RoundExplanation>> FindRoundExplanation(db::Session& session,
                                                                     const std::string& round_id) {
  return session.QueryOptional<RoundExplanation>(
      [](const db::Row& row) {
        RoundExplanation explanation;
        explanation.round_id = row.Get<std::string>(0);
        explanation.plan_id = row.Get<std::string>(1);
        explanation.title = row.Get<std::string>(2);
        explanation.start = row.Get<absl::CivilDay>(3);
        explanation.end = row.Get<absl::CivilDay>(4);
        return explanation;
      },
      "SELECT round_id, plan_id, title, start_date, end_date FROM round_explanations WHERE "
      "round_id = ?",
      round_id);
}

}  // namespace thidua::notify::deadlines
