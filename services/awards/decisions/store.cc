#include "awards/decisions/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::decisions {
namespace {

constexpr const char* kColumns =
    "SELECT decision_id, plan_id, unit_id, state, awarding_authority, citation, place, number, "
    "issue_date, signer_name, signer_position, signing_mode, signs_for, "
    "unknown_standards_reason, cancel_reason, created_at, row_version FROM decisions WHERE ";

DecisionRow ReadRow(const db::Row& row) {
  DecisionRow decision;
  decision.id = row.Get<std::string>(0);
  decision.plan_id = row.Get<std::string>(1);
  decision.unit_id = row.Get<std::string>(2);
  decision.state = StateNamed(row.Get<std::string>(3)).value_or(State::kDraft);
  decision.awarding_authority = row.Get<std::string>(4);
  decision.citation = row.Get<std::string>(5);
  decision.place = row.Get<std::string>(6);
  decision.number = row.Get<std::string>(7);
  decision.issue_date = row.Get<std::optional<absl::CivilDay>>(8);
  if (const auto mode = SigningModeNamed(row.Get<std::string>(11))) {
    decision.signature = Signature{row.Get<std::string>(9), row.Get<std::string>(10), *mode,
                                   row.Get<std::string>(12)};
  }
  decision.unknown_standards_reason = row.Get<std::string>(13);
  decision.cancel_reason = row.Get<std::string>(14);
  decision.created_at = row.Get<absl::Time>(15);
  decision.row_version = row.Get<int64_t>(16);
  return decision;
}

absl::Status ReadAwards(db::Session& session, DecisionRow& decision) {
  ASSIGN_OR_RETURN(
      decision.awards,
      session.QueryAll<AwardRow>(
          [](const db::Row& row) {
            return AwardRow{row.Get<std::string>(0),
                            row.Get<std::string>(1),
                            row.Get<std::string>(2),
                            row.Get<std::string>(3),
                            row.Get<std::optional<std::string>>(4).value_or(""),
                            row.Get<std::optional<std::string>>(5).value_or("")};
          },
          "SELECT a.nomination_id, a.unit_id, a.unit_name, a.award_form, c.certificate_id, c.code "
          "FROM decision_awards a LEFT JOIN certificates c ON c.nomination_id = a.nomination_id "
          "AND c.decision_id = a.decision_id WHERE a.decision_id = ? ORDER BY a.ordinal",
          decision.id));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<DecisionRow>> Read(db::Session& session, const std::string& id,
                                                const std::string& lock) {
  ASSIGN_OR_RETURN(std::optional<DecisionRow> decision,
                   session.QueryOptional<DecisionRow>(
                       ReadRow, std::string(kColumns) + "decision_id = ?" + lock, id));
  if (decision) RETURN_IF_ERROR(ReadAwards(session, *decision));
  return decision;
}

}  // namespace

absl::Status InsertDecision(db::Tx& tx, const DecisionRow& row) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO decisions (decision_id, plan_id, unit_id, state, "
                 "awarding_authority, citation, place, number, signer_name, signer_position, "
                 "signing_mode, signs_for, unknown_standards_reason, cancel_reason, created_at, "
                 "row_version) VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', '', '', ?, ?)",
                 row.id, row.plan_id, row.unit_id, NameOf(row.state), row.awarding_authority,
                 row.citation, row.place, row.created_at, row.row_version)
          .status());
  int ordinal = 0;
  for (const AwardRow& award : row.awards) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO decision_awards (decision_id, ordinal, nomination_id, "
                               "live_nomination_id, unit_id, unit_name, award_form) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?)",
                               row.id, ++ordinal, award.nomination_id, award.nomination_id,
                               award.unit_id, award.unit_name, award.award_form)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status SetIssued(db::Tx& tx, const DecisionRow& row) {
  RETURN_IF_ERROR(
      tx.Execute("UPDATE decisions SET state = ?, number = ?, number_key = ?, number_year = ?, "
                 "issue_date = ?, signer_name = ?, signer_position = ?, signing_mode = ?, "
                 "signs_for = ?, unknown_standards_reason = ?, row_version = ? "
                 "WHERE decision_id = ?",
                 NameOf(row.state), row.number, row.number_key, row.issue_date->year(),
                 *row.issue_date, row.signature->signer_name, row.signature->signer_position,
                 NameOf(row.signature->mode), row.signature->signs_for,
                 row.unknown_standards_reason, row.row_version, row.id)
          .status());
  for (const AwardRow& award : row.awards) {
    RETURN_IF_ERROR(tx.Execute("UPDATE decision_awards SET unit_name = ? WHERE decision_id = ? "
                               "AND nomination_id = ?",
                               award.unit_name, row.id, award.nomination_id)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status SetCancelled(db::Tx& tx, const DecisionRow& row) {
  RETURN_IF_ERROR(tx.Execute("UPDATE decisions SET state = ?, cancel_reason = ?, row_version = ? "
                             "WHERE decision_id = ?",
                             NameOf(row.state), row.cancel_reason, row.row_version, row.id)
                      .status());
  return tx
      .Execute("UPDATE decision_awards SET live_nomination_id = NULL WHERE decision_id = ?", row.id)
      .status();
}

absl::StatusOr<std::optional<DecisionRow>> LockDecision(db::Tx& tx, const std::string& id) {
  return Read(tx, id, " FOR UPDATE");
}

absl::StatusOr<std::optional<DecisionRow>> ReadDecision(db::Session& session,
                                                        const std::string& id) {
  return Read(session, id, "");
}

absl::StatusOr<std::vector<DecisionRow>> ListDecisions(db::Session& session,
                                                       const platform::VisibleUnits& visible,
                                                       const std::string& plan_id,
                                                       const std::string& number,
                                                       const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!plan_id.empty()) query.And("plan_id = ?", plan_id);
  if (!number.empty()) query.And("number = ?", number);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("decision_id", page.after, page.size);
  std::vector<DecisionRow> decisions;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        decisions.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  for (DecisionRow& decision : decisions) RETURN_IF_ERROR(ReadAwards(session, decision));
  return decisions;
}

}  // namespace thidua::awards::decisions
