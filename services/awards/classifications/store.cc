#include "awards/classifications/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::classifications {
namespace {

constexpr const char* kColumns =
    "SELECT classification_id, person_id, unit_id, year, level, document_number, document_date, "
    "recorder, record_date, created_at, row_version FROM classifications WHERE ";

ClassificationRow ReadRow(const db::Row& row) {
  ClassificationRow read;
  read.id = row.Get<std::string>(0);
  read.said.person_id = row.Get<std::string>(1);
  read.unit_id = row.Get<std::string>(2);
  read.said.year = row.Get<int32_t>(3);
  read.said.level = row.Get<std::string>(4);
  read.said.document_number = row.Get<std::string>(5);
  read.said.document_date = row.Get<absl::CivilDay>(6);
  read.recorder = row.Get<std::string>(7);
  read.record_date = row.Get<absl::CivilDay>(8);
  read.created_at = row.Get<absl::Time>(9);
  read.row_version = row.Get<int64_t>(10);
  return read;
}

}  // namespace

absl::Status InsertClassification(db::Tx& tx, const ClassificationRow& row) {
  return tx
      .Execute(
          "INSERT INTO classifications (classification_id, person_id, unit_id, year, level, "
          "document_number, document_date, recorder, record_date, created_at, row_version) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id, row.said.person_id, row.unit_id, row.said.year, row.said.level,
          row.said.document_number, row.said.document_date, row.recorder, row.record_date,
          row.created_at, row.row_version)
      .status();
}

absl::Status ReplaceClassification(db::Tx& tx, const ClassificationRow& row) {
  return tx
      .Execute(
          "UPDATE classifications SET unit_id = ?, level = ?, document_number = ?, "
          "document_date = ?, recorder = ?, record_date = ?, row_version = ? "
          "WHERE classification_id = ?",
          row.unit_id, row.said.level, row.said.document_number, row.said.document_date,
          row.recorder, row.record_date, row.row_version, row.id)
      .status();
}

absl::StatusOr<std::optional<ClassificationRow>> LockClassification(db::Tx& tx,
                                                                    const std::string& person_id,
                                                                    int year) {
  return tx.QueryOptional<ClassificationRow>(
      ReadRow, std::string(kColumns) + "person_id = ? AND year = ? FOR UPDATE", person_id, year);
}

absl::StatusOr<std::optional<ClassificationRow>> ReadClassification(db::Session& session,
                                                                    const std::string& person_id,
                                                                    int year) {
  return session.QueryOptional<ClassificationRow>(
      ReadRow, std::string(kColumns) + "person_id = ? AND year = ?", person_id, year);
}

absl::StatusOr<std::vector<ClassificationRow>> ListClassifications(
    db::Session& session, const platform::VisibleUnits& visible, const ClassificationFilter& filter,
    const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!filter.unit_id.empty()) query.And("unit_id = ?", filter.unit_id);
  if (!filter.person_id.empty()) query.And("person_id = ?", filter.person_id);
  if (filter.year != 0) query.And("year = ?", filter.year);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("classification_id", page.after, page.size);
  std::vector<ClassificationRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  return rows;
}

}  // namespace thidua::awards::classifications
