#include "awards/initiatives/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::initiatives {
namespace {

constexpr const char* kColumns =
    "SELECT initiative_id, unit_id, title, kind, year, summary, procedure_name, "
    "components_before, components_after, days_before, days_after, registrar, "
    "recognition_authority, recognition_document, recognition_date, recognition_file_id, recorder, "
    "created_at, row_version, state, ballot_id, hours_saved, vnd_saved, benefit_basis, "
    "recognition_scope FROM initiatives WHERE ";

InitiativeRow ReadRow(const db::Row& row) {
  InitiativeRow initiative;
  initiative.id = row.Get<std::string>(0);
  initiative.unit_id = row.Get<std::string>(1);
  initiative.title = row.Get<std::string>(2);
  initiative.kind = row.Get<std::string>(3);
  initiative.year = row.Get<int32_t>(4);
  initiative.summary = row.Get<std::string>(5);
  if (auto procedure = row.Get<std::optional<std::string>>(6)) {
    initiative.procedure = *procedure;
    initiative.cut = ProcedureCut{row.Get<int32_t>(7), row.Get<int32_t>(8), row.Get<int32_t>(9),
                                  row.Get<int32_t>(10)};
  }
  initiative.registrar = row.Get<std::string>(11);
  if (auto date = row.Get<std::optional<absl::CivilDay>>(14)) {
    initiative.recognition =
        Recognition{row.Get<std::string>(12), row.Get<std::string>(13), *date,
                    row.Get<std::string>(15), row.Get<std::string>(16), row.Get<std::string>(24)};
  }
  initiative.created_at = row.Get<absl::Time>(17);
  initiative.row_version = row.Get<int64_t>(18);
  initiative.state = StateNamed(row.Get<std::string>(19)).value_or(State::kRegistered);
  initiative.ballot_id = row.Get<std::string>(20);
  initiative.benefit = {row.Get<std::optional<int64_t>>(21), row.Get<std::optional<int64_t>>(22),
                        row.Get<std::string>(23)};
  return initiative;
}

absl::Status ReadAuthors(db::Session& session, InitiativeRow& row) {
  return session.Query(
      [&](const db::Row& author) {
        row.author_ids.push_back(author.Get<std::string>(0));
        if (const auto share = author.Get<std::optional<int32_t>>(1)) {
          row.author_shares.push_back(*share);
        }
        return absl::OkStatus();
      },
      "SELECT person_id, share_percent FROM initiative_authors WHERE initiative_id = ? "
      "ORDER BY ordinal",
      row.id);
}

absl::StatusOr<std::optional<InitiativeRow>> WithAuthors(
    db::Session& session, absl::StatusOr<std::optional<InitiativeRow>> read) {
  ASSIGN_OR_RETURN(std::optional<InitiativeRow> row, std::move(read));
  if (row) RETURN_IF_ERROR(ReadAuthors(session, *row));
  return row;
}

absl::StatusOr<std::vector<InitiativeRow>> Run(db::Session& session, ListQuery query) {
  std::vector<InitiativeRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  for (InitiativeRow& row : rows) RETURN_IF_ERROR(ReadAuthors(session, row));
  return rows;
}

}  // namespace

absl::Status InsertInitiative(db::Tx& tx, const InitiativeRow& row) {
  std::optional<std::string> procedure;
  std::optional<int> components_before, components_after, days_before, days_after;
  if (row.cut) {
    procedure = row.procedure;
    components_before = row.cut->components_before;
    components_after = row.cut->components_after;
    days_before = row.cut->days_before;
    days_after = row.cut->days_after;
  }
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO initiatives (initiative_id, unit_id, title, kind, year, summary, "
                 "procedure_name, components_before, components_after, days_before, days_after, "
                 "registrar, created_at, row_version, state, hours_saved, vnd_saved, "
                 "benefit_basis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 row.id, row.unit_id, row.title, row.kind, row.year, row.summary, procedure,
                 components_before, components_after, days_before, days_after, row.registrar,
                 row.created_at, row.row_version, NameOf(row.state), row.benefit.hours_saved,
                 row.benefit.vnd_saved, row.benefit.basis)
          .status());
  for (size_t i = 0; i < row.author_ids.size(); ++i) {
    std::optional<int> share;
    if (i < row.author_shares.size()) share = row.author_shares[i];
    RETURN_IF_ERROR(tx.Execute("INSERT INTO initiative_authors (initiative_id, ordinal, person_id, "
                               "share_percent) VALUES (?, ?, ?, ?)",
                               row.id, static_cast<int64_t>(i + 1), row.author_ids[i], share)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status SetRecognition(db::Tx& tx, const InitiativeRow& row) {
  return tx
      .Execute(
          "UPDATE initiatives SET recognition_authority = ?, recognition_document = ?, "
          "recognition_date = ?, recognition_file_id = ?, recorder = ?, recognition_scope = ?, "
          "state = ?, row_version = ? WHERE initiative_id = ?",
          row.recognition->authority, row.recognition->document_number, row.recognition->date,
          row.recognition->file_id, row.recognition->recorder, row.recognition->scope,
          NameOf(row.state), row.row_version, row.id)
      .status();
}

absl::Status SetReview(db::Tx& tx, const InitiativeRow& row) {
  return tx
      .Execute(
          "UPDATE initiatives SET state = ?, ballot_id = ?, row_version = ? "
          "WHERE initiative_id = ?",
          NameOf(row.state), row.ballot_id, row.row_version, row.id)
      .status();
}

absl::StatusOr<std::optional<InitiativeRow>> LockInitiative(db::Tx& tx, const std::string& id) {
  return WithAuthors(tx, tx.QueryOptional<InitiativeRow>(
                             ReadRow, std::string(kColumns) + "initiative_id = ? FOR UPDATE", id));
}

absl::StatusOr<std::optional<InitiativeRow>> ReadInitiative(db::Session& session,
                                                            const std::string& id) {
  return WithAuthors(session, session.QueryOptional<InitiativeRow>(
                                  ReadRow, std::string(kColumns) + "initiative_id = ?", id));
}

absl::StatusOr<std::vector<InitiativeRow>> ListInitiatives(db::Session& session,
                                                           const platform::VisibleUnits& visible,
                                                           const std::string& unit_id, int year,
                                                           const std::string& state,
                                                           const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!unit_id.empty()) query.And("unit_id = ?", unit_id);
  if (year != 0) query.And("year = ?", year);
  if (!state.empty()) query.And("state = ?", state);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("initiative_id", page.after, page.size);
  return Run(session, std::move(query));
}

absl::StatusOr<std::vector<InitiativeRow>> InitiativesBy(db::Session& session,
                                                         const std::string& person_id, int year) {
  ListQuery query;
  query.sql = std::string(kColumns) +
              "initiative_id IN (SELECT initiative_id FROM initiative_authors WHERE person_id = ?)";
  query.values.push_back(db::ToValue(person_id));
  query.And("year = ?", year);
  query.sql += " ORDER BY initiative_id";
  return Run(session, std::move(query));
}

absl::StatusOr<std::vector<InitiativeRow>> InitiativesOf(db::Session& session,
                                                         const std::string& unit_id, int year) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  query.And("unit_id = ?", unit_id);
  query.And("year = ?", year);
  query.sql += " ORDER BY initiative_id";
  return Run(session, std::move(query));
}

}  // namespace thidua::awards::initiatives
