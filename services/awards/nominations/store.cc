#include "awards/nominations/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

constexpr const char* kColumns =
    "SELECT nomination_id, plan_id, unit_id, coordinator_unit_id, publication_id, "
    "publication_sha256, ranking_year, ranking_rank, band, award_form, state, filing_deadline, "
    "appraiser, appraise_date, appraise_note, unknown_standards_reason, decision_id, "
    "certificate_id, created_at, row_version FROM nominations WHERE ";

NominationRow ReadRow(const db::Row& row) {
  NominationRow nomination;
  nomination.id = row.Get<std::string>(0);
  nomination.plan_id = row.Get<std::string>(1);
  nomination.unit_id = row.Get<std::string>(2);
  nomination.coordinator_unit_id = row.Get<std::string>(3);
  nomination.publication_id = row.Get<std::string>(4);
  nomination.publication_sha256 = row.Get<std::string>(5);
  nomination.year = row.Get<int32_t>(6);
  nomination.rank = row.Get<int32_t>(7);
  nomination.band = row.Get<std::string>(8);
  nomination.award_form = row.Get<std::string>(9);
  nomination.state = StateNamed(row.Get<std::string>(10)).value_or(State::kShortlisted);
  nomination.filing_deadline = row.Get<std::optional<absl::CivilDay>>(11);
  nomination.appraiser = row.Get<std::string>(12);
  nomination.appraise_date = row.Get<std::optional<absl::CivilDay>>(13);
  nomination.appraise_note = row.Get<std::string>(14);
  nomination.unknown_standards_reason = row.Get<std::string>(15);
  nomination.decision_id = row.Get<std::string>(16);
  nomination.certificate_id = row.Get<std::string>(17);
  nomination.created_at = row.Get<absl::Time>(18);
  nomination.row_version = row.Get<int64_t>(19);
  return nomination;
}

}  // namespace

absl::Status InsertNomination(db::Tx& tx, const NominationRow& row) {
  return tx
      .Execute(
          "INSERT INTO nominations (nomination_id, plan_id, unit_id, coordinator_unit_id, "
          "publication_id, publication_sha256, ranking_year, ranking_rank, band, award_form, "
          "state, filing_deadline, appraiser, appraise_date, appraise_note, "
          "unknown_standards_reason, decision_id, certificate_id, created_at, row_version) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id, row.plan_id, row.unit_id, row.coordinator_unit_id, row.publication_id,
          row.publication_sha256, row.year, row.rank, row.band, row.award_form, NameOf(row.state),
          row.filing_deadline, row.appraiser, row.appraise_date, row.appraise_note,
          row.unknown_standards_reason, row.decision_id, row.certificate_id, row.created_at,
          row.row_version)
      .status();
}

absl::Status UpdateNomination(db::Tx& tx, const NominationRow& row) {
  return tx
      .Execute(
          "UPDATE nominations SET state = ?, filing_deadline = ?, appraiser = ?, "
          "appraise_date = ?, appraise_note = ?, unknown_standards_reason = ?, "
          "decision_id = ?, certificate_id = ?, row_version = ? WHERE nomination_id = ?",
          NameOf(row.state), row.filing_deadline, row.appraiser, row.appraise_date,
          row.appraise_note, row.unknown_standards_reason, row.decision_id, row.certificate_id,
          row.row_version, row.id)
      .status();
}

absl::StatusOr<std::optional<NominationRow>> LockNomination(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<NominationRow>(
      ReadRow, std::string(kColumns) + "nomination_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::optional<NominationRow>> ReadNomination(db::Session& session,
                                                            const std::string& id) {
  return session.QueryOptional<NominationRow>(ReadRow, std::string(kColumns) + "nomination_id = ?",
                                              id);
}

absl::StatusOr<std::optional<NominationRow>> FindNomination(db::Session& session,
                                                            const NominationRow& like) {
  return session.QueryOptional<NominationRow>(
      ReadRow,
      std::string(kColumns) + "plan_id = ? AND ranking_year = ? AND award_form = ? AND unit_id = ?",
      like.plan_id, like.year, like.award_form, like.unit_id);
}

absl::StatusOr<std::vector<NominationRow>> ListNominations(db::Session& session,
                                                           const platform::VisibleUnits& visible,
                                                           const NominationFilter& filter,
                                                           const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!filter.plan_id.empty()) query.And("plan_id = ?", filter.plan_id);
  if (!filter.unit_id.empty()) query.And("unit_id = ?", filter.unit_id);
  if (!filter.state.empty()) query.And("state = ?", filter.state);
  query.AndVisible(visible, {"unit_id", "coordinator_unit_id"});
  query.AfterKey("nomination_id", page.after, page.size);
  std::vector<NominationRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  return rows;
}

absl::Status InsertFiling(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO filings (nomination_id, filing_number, filer, file_date, late, "
                 "original_sets, return_reason, returner) VALUES (?, ?, ?, ?, ?, ?, '', '')",
                 nomination_id, filing.number, filing.filer, filing.file_date, filing.late,
                 filing.original_sets)
          .status());
  int ordinal = 0;
  for (const Document& document : filing.documents) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO filing_documents (nomination_id, filing_number, ordinal, kind, "
                   "file_id) VALUES (?, ?, ?, ?, ?)",
                   nomination_id, filing.number, ++ordinal, document.kind, document.file_id)
            .status());
  }
  return absl::OkStatus();
}

absl::Status SetReturned(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing) {
  return tx
      .Execute(
          "UPDATE filings SET return_reason = ?, returner = ?, return_date = ? "
          "WHERE nomination_id = ? AND filing_number = ?",
          filing.return_reason, filing.returner, filing.return_date, nomination_id, filing.number)
      .status();
}

absl::StatusOr<std::vector<FilingRow>> ReadFilings(db::Session& session,
                                                   const std::string& nomination_id) {
  ASSIGN_OR_RETURN(
      std::vector<FilingRow> filings,
      session.QueryAll<FilingRow>(
          [](const db::Row& row) {
            FilingRow filing;
            filing.number = row.Get<int32_t>(0);
            filing.filer = row.Get<std::string>(1);
            filing.file_date = row.Get<absl::CivilDay>(2);
            filing.late = row.Get<bool>(3);
            filing.original_sets = row.Get<int32_t>(4);
            filing.return_reason = row.Get<std::string>(5);
            filing.returner = row.Get<std::string>(6);
            filing.return_date = row.Get<std::optional<absl::CivilDay>>(7);
            return filing;
          },
          "SELECT filing_number, filer, file_date, late, original_sets, return_reason, returner, "
          "return_date FROM filings WHERE nomination_id = ? ORDER BY filing_number",
          nomination_id));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        const auto number = row.Get<int32_t>(0);
        for (FilingRow& filing : filings) {
          if (filing.number != number) continue;
          filing.documents.push_back({row.Get<std::string>(1), row.Get<std::string>(2)});
        }
        return absl::OkStatus();
      },
      "SELECT filing_number, kind, file_id FROM filing_documents WHERE nomination_id = ? "
      "ORDER BY filing_number, ordinal",
      nomination_id));
  return filings;
}

}  // namespace thidua::awards::nominations
