#include "awards/initiatives/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::initiatives {
namespace {

constexpr const char* kColumns =
    "SELECT initiative_id, unit_id, title, kind, year, summary, procedure_name, "
    "components_before, components_after, days_before, days_after, registrar, "
    "recognition_authority, recognition_document, recognition_date, recognition_file_id, recorder, "
    "created_at, row_version FROM initiatives WHERE ";

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
    initiative.recognition = Recognition{row.Get<std::string>(12), row.Get<std::string>(13), *date,
                                         row.Get<std::string>(15), row.Get<std::string>(16)};
  }
  initiative.created_at = row.Get<absl::Time>(17);
  initiative.row_version = row.Get<int64_t>(18);
  return initiative;
}

absl::Status ReadAuthors(db::Session& session, InitiativeRow& row) {
  ASSIGN_OR_RETURN(
      row.author_ids,
      session.QueryAll<std::string>(
          [](const db::Row& author) { return author.Get<std::string>(0); },
          "SELECT person_id FROM initiative_authors WHERE initiative_id = ? ORDER BY ordinal",
          row.id));
  return absl::OkStatus();
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
                 "registrar, created_at, row_version) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 row.id, row.unit_id, row.title, row.kind, row.year, row.summary, procedure,
                 components_before, components_after, days_before, days_after, row.registrar,
                 row.created_at, row.row_version)
          .status());
  int ordinal = 0;
  for (const std::string& person_id : row.author_ids) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO initiative_authors (initiative_id, ordinal, person_id) "
                               "VALUES (?, ?, ?)",
                               row.id, ++ordinal, person_id)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status SetRecognition(db::Tx& tx, const InitiativeRow& row) {
  return tx
      .Execute(
          "UPDATE initiatives SET recognition_authority = ?, recognition_document = ?, "
          "recognition_date = ?, recognition_file_id = ?, recorder = ?, row_version = ? "
          "WHERE initiative_id = ?",
          row.recognition->authority, row.recognition->document_number, row.recognition->date,
          row.recognition->file_id, row.recognition->recorder, row.row_version, row.id)
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
                                                           const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!unit_id.empty()) query.And("unit_id = ?", unit_id);
  if (year != 0) query.And("year = ?", year);
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
