#include "awards/decisions/store.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::decisions {
namespace {

constexpr const char* kColumns =
    "SELECT decision_id, plan_id, unit_id, state, awarding_authority, citation, place, number, "
    "issue_date, signer_name, signer_position, signing_mode, signs_for, "
    "unknown_standards_reason, cancel_reason, created_at, row_version, "
    "parent_body, issuing_body, document_subject, legal_bases, articles, recipients, fund_source, "
    "unverified_prizes_reason, prize_total_vnd, pdf_file_id, pdf_size_bytes, pdf_sha256, "
    "quota_override_reason FROM decisions WHERE ";

// Lists of lines are kept one a line; no line holds a line feed itself.
std::vector<std::string> Lines(const std::string& text) {
  if (text.empty()) return {};
  return absl::StrSplit(text, '\n');
}
std::string OneALine(const std::vector<std::string>& lines) { return absl::StrJoin(lines, "\n"); }

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
  decision.text = {row.Get<std::string>(17),        row.Get<std::string>(18),
                   row.Get<std::string>(19),        Lines(row.Get<std::string>(20)),
                   Lines(row.Get<std::string>(21)), Lines(row.Get<std::string>(22))};
  decision.fund_source = row.Get<std::string>(23);
  decision.unverified_prizes_reason = row.Get<std::string>(24);
  decision.prize_total_vnd = row.Get<std::optional<int64_t>>(25);
  decision.pdf_file_id = row.Get<std::string>(26);
  decision.pdf_size_bytes = row.Get<int64_t>(27);
  decision.pdf_sha256 = row.Get<std::string>(28);
  decision.quota_override_reason = row.Get<std::string>(29);
  return decision;
}

AwardRow ReadAward(const db::Row& row) {
  AwardRow award;
  award.nomination_id = row.Get<std::string>(0);
  award.unit_id = row.Get<std::string>(1);
  award.unit_name = row.Get<std::string>(2);
  award.award_form = row.Get<std::string>(3);
  award.certificate_id = row.Get<std::optional<std::string>>(4).value_or("");
  award.certificate_code = row.Get<std::optional<std::string>>(5).value_or("");
  award.subject = SubjectNamed(row.Get<std::string>(6)).value_or(Subject::kCollective);
  award.year = row.Get<int32_t>(7);
  if (const auto vnd = row.Get<std::optional<int64_t>>(8)) {
    award.prize = Prize{*vnd,
                        row.Get<int64_t>(9),
                        row.Get<std::string>(10),
                        row.Get<int64_t>(11),
                        row.Get<std::string>(12),
                        row.Get<bool>(13),
                        row.Get<std::string>(14)};
    if (const auto revoked = row.Get<std::optional<absl::CivilDay>>(18)) {
      Withdraw({*revoked, row.Get<std::string>(19), row.Get<std::string>(20),
                row.Get<std::optional<absl::CivilDay>>(21)},
               *award.prize);
    }
  }
  award.person_id = row.Get<std::string>(15);
  award.person_name = row.Get<std::string>(16);
  award.person_position = row.Get<std::string>(17);
  return award;
}

absl::Status ReadAwards(db::Session& session, DecisionRow& decision) {
  ASSIGN_OR_RETURN(
      decision.awards,
      session.QueryAll<AwardRow>(
          ReadAward,
          "SELECT a.nomination_id, a.unit_id, a.unit_name, a.award_form, c.certificate_id, c.code, "
          "a.subject, n.ranking_year, a.prize_vnd, a.prize_thousandths, a.prize_basis, "
          "a.base_salary_vnd, a.base_salary_basis, a.prize_verified, a.paid_with_nomination_id, "
          "a.person_id, a.person_name, a.person_position, c.revoke_date, c.revoke_reason, "
          "c.revoke_document_number, c.revoke_document_date "
          "FROM decision_awards a JOIN nominations n ON n.nomination_id = a.nomination_id "
          "LEFT JOIN certificates c ON c.nomination_id = a.nomination_id "
          "AND c.decision_id = a.decision_id WHERE a.decision_id = ? ORDER BY a.ordinal",
          decision.id));
  return absl::OkStatus();
}

// Unit's name and prize as they are fixed by the issue.
absl::Status FixAward(db::Tx& tx, const std::string& decision_id, const AwardRow& award) {
  RETURN_IF_ERROR(tx.Execute("UPDATE decision_awards SET unit_name = ? WHERE decision_id = ? "
                             "AND nomination_id = ?",
                             award.unit_name, decision_id, award.nomination_id)
                      .status());
  if (!award.prize) return absl::OkStatus();
  const Prize& prize = *award.prize;
  return tx
      .Execute(
          "UPDATE decision_awards SET prize_vnd = ?, prize_thousandths = ?, prize_basis = ?, "
          "base_salary_vnd = ?, base_salary_basis = ?, prize_verified = ?, "
          "paid_with_nomination_id = ? WHERE decision_id = ? AND nomination_id = ?",
          prize.vnd, prize.thousandths, prize.coefficient_basis, prize.base_salary_vnd,
          prize.base_salary_basis, prize.verified, prize.paid_with, decision_id,
          award.nomination_id)
      .status();
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
                 "row_version, parent_body, issuing_body, document_subject, legal_bases, articles, "
                 "recipients, fund_source, unverified_prizes_reason) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', '', '', ?, ?, ?, ?, ?, ?, ?, ?, "
                 "?, '')",
                 row.id, row.plan_id, row.unit_id, NameOf(row.state), row.awarding_authority,
                 row.citation, row.place, row.created_at, row.row_version, row.text.parent_body,
                 row.text.issuing_body, row.text.subject, OneALine(row.text.legal_bases),
                 OneALine(row.text.articles), OneALine(row.text.recipients), row.fund_source)
          .status());
  int ordinal = 0;
  for (const AwardRow& award : row.awards) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO decision_awards (decision_id, ordinal, nomination_id, "
                               "live_nomination_id, unit_id, unit_name, award_form, subject, "
                               "person_id, person_name, person_position) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               row.id, ++ordinal, award.nomination_id, award.nomination_id,
                               award.unit_id, award.unit_name, award.award_form,
                               NameOf(award.subject), award.person_id, award.person_name,
                               award.person_position)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status SetIssued(db::Tx& tx, const DecisionRow& row) {
  RETURN_IF_ERROR(
      tx.Execute("UPDATE decisions SET state = ?, number = ?, number_key = ?, number_year = ?, "
                 "issue_date = ?, signer_name = ?, signer_position = ?, signing_mode = ?, "
                 "signs_for = ?, unknown_standards_reason = ?, row_version = ?, parent_body = ?, "
                 "issuing_body = ?, document_subject = ?, legal_bases = ?, articles = ?, "
                 "recipients = ?, unverified_prizes_reason = ?, prize_total_vnd = ?, "
                 "quota_override_reason = ? "
                 "WHERE decision_id = ?",
                 NameOf(row.state), row.number, row.number_key, row.issue_date->year(),
                 *row.issue_date, row.signature->signer_name, row.signature->signer_position,
                 NameOf(row.signature->mode), row.signature->signs_for,
                 row.unknown_standards_reason, row.row_version, row.text.parent_body,
                 row.text.issuing_body, row.text.subject, OneALine(row.text.legal_bases),
                 OneALine(row.text.articles), OneALine(row.text.recipients),
                 row.unverified_prizes_reason, row.prize_total_vnd, row.quota_override_reason,
                 row.id)
          .status());
  for (const AwardRow& award : row.awards) RETURN_IF_ERROR(FixAward(tx, row.id, award));
  return absl::OkStatus();
}

absl::Status SetDocument(db::Tx& tx, const DecisionRow& row) {
  return tx
      .Execute(
          "UPDATE decisions SET pdf_file_id = ?, pdf_size_bytes = ?, pdf_sha256 = ? "
          "WHERE decision_id = ?",
          row.pdf_file_id, row.pdf_size_bytes, row.pdf_sha256, row.id)
      .status();
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
