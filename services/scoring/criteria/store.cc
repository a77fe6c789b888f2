#include "scoring/criteria/store.h"

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::scoring::criteria {
namespace {

constexpr char kColumns[] =
    "criteria_set_id, unit_id, block, year, version, state, title, valid_from, valid_to, "
    "basis_number, basis_issue_date, basis_issuer, basis_subject, source_note, definition, "
    "content_sha256, superseded_by, publish_date, created_at, row_version, block_title";

SetRow Read(const db::Row& row) {
  SetRow set;
  set.id = row.Get<std::string>(0);
  set.unit_id = row.Get<std::string>(1);
  set.block = row.Get<std::string>(2);
  set.year = row.Get<int32_t>(3);
  set.version = row.Get<int32_t>(4);
  set.state = row.Get<std::string>(5);
  set.title = row.Get<std::string>(6);
  set.valid_from = row.Get<std::optional<absl::CivilDay>>(7);
  set.valid_to = row.Get<std::optional<absl::CivilDay>>(8);
  set.basis_number = row.Get<std::string>(9);
  set.basis_issue_date = row.Get<std::optional<absl::CivilDay>>(10);
  set.basis_issuer = row.Get<std::string>(11);
  set.basis_subject = row.Get<std::string>(12);
  set.source_note = row.Get<std::string>(13);
  set.definition = row.Get<std::string>(14);
  set.content_sha256 = row.Get<std::string>(15);
  set.superseded_by = row.Get<std::optional<std::string>>(16);
  set.publish_date = row.Get<std::optional<absl::CivilDay>>(17);
  set.created_at = row.Get<absl::Time>(18);
  set.row_version = row.Get<int64_t>(19);
  set.block_title = row.Get<std::string>(20);
  return set;
}

}  // namespace

absl::StatusOr<std::optional<SetRow>> Store::Get(db::Session& session, const std::string& id) {
  return session.QueryOptional<SetRow>(
      Read, absl::StrCat("SELECT ", kColumns, " FROM criteria_sets WHERE criteria_set_id = ?"), id);
}

absl::StatusOr<std::optional<SetRow>> Store::Lock(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<SetRow>(
      Read,
      absl::StrCat("SELECT ", kColumns, " FROM criteria_sets WHERE criteria_set_id = ? FOR UPDATE"),
      id);
}

absl::StatusOr<int32_t> Store::LastVersion(db::Tx& tx, const std::string& unit_id,
                                           const std::string& block, int32_t year) {
  ASSIGN_OR_RETURN(const std::optional<int32_t> version,
                   tx.QueryOptional<int32_t>(
                       [](const db::Row& row) { return row.Get<int32_t>(0); },
                       "SELECT version FROM criteria_sets WHERE unit_id = ? AND block = ? AND "
                       "year = ? ORDER BY version DESC LIMIT 1 FOR UPDATE",
                       unit_id, block, year));
  return version.value_or(0);
}

absl::StatusOr<std::optional<SetRow>> Store::LockPublished(db::Tx& tx, const std::string& unit_id,
                                                           const std::string& block, int32_t year) {
  return tx.QueryOptional<SetRow>(
      Read,
      absl::StrCat("SELECT ", kColumns,
                   " FROM criteria_sets WHERE unit_id = ? AND block = ? AND year = ? AND "
                   "state = 'PUBLISHED' FOR UPDATE"),
      unit_id, block, year);
}

absl::Status Store::Insert(db::Tx& tx, const SetRow& row) {
  return tx
      .Execute(absl::StrCat("INSERT INTO criteria_sets (", kColumns, ") VALUES ",
                            db::Placeholders(1, 21)),
               row.id, row.unit_id, row.block, row.year, row.version, row.state, row.title,
               row.valid_from, row.valid_to, row.basis_number, row.basis_issue_date,
               row.basis_issuer, row.basis_subject, row.source_note, row.definition,
               row.content_sha256, row.superseded_by, row.publish_date, row.created_at,
               row.row_version, row.block_title)
      .status();
}

absl::Status Store::Update(db::Tx& tx, const SetRow& row) {
  return tx
      .Execute(
          "UPDATE criteria_sets SET state = ?, title = ?, valid_from = ?, valid_to = ?, "
          "basis_number = ?, basis_issue_date = ?, basis_issuer = ?, basis_subject = ?, "
          "source_note = ?, definition = ?, content_sha256 = ?, superseded_by = ?, "
          "publish_date = ?, block_title = ?, row_version = ? WHERE criteria_set_id = ?",
          row.state, row.title, row.valid_from, row.valid_to, row.basis_number,
          row.basis_issue_date, row.basis_issuer, row.basis_subject, row.source_note,
          row.definition, row.content_sha256, row.superseded_by, row.publish_date, row.block_title,
          row.row_version, row.id)
      .status();
}

absl::StatusOr<std::vector<SetRow>> Store::List(db::Session& session, const Filter& filter) {
  std::string sql = absl::StrCat("SELECT ", kColumns, " FROM criteria_sets WHERE ");
  std::vector<db::Value> values;
  if (filter.all_drafts) {
    absl::StrAppend(&sql, "TRUE");
  } else if (filter.draft_units.empty()) {
    absl::StrAppend(&sql, "state <> 'DRAFT'");
  } else {
    absl::StrAppend(&sql, "(state <> 'DRAFT' OR unit_id IN ",
                    db::Placeholders(1, static_cast<int>(filter.draft_units.size())), ")");
    for (const std::string& unit : filter.draft_units) values.push_back(db::ToValue(unit));
  }
  if (!filter.unit_id.empty()) {
    absl::StrAppend(&sql, " AND unit_id = ?");
    values.push_back(db::ToValue(filter.unit_id));
  }
  if (!filter.block.empty()) {
    absl::StrAppend(&sql, " AND block = ?");
    values.push_back(db::ToValue(filter.block));
  }
  if (filter.year != 0) {
    absl::StrAppend(&sql, " AND year = ?");
    values.push_back(db::ToValue(filter.year));
  }
  if (!filter.before_id.empty()) {
    absl::StrAppend(&sql, " AND criteria_set_id < ?");
    values.push_back(db::ToValue(filter.before_id));
  }
  absl::StrAppend(&sql, " ORDER BY criteria_set_id DESC LIMIT ", filter.limit);
  std::vector<SetRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(Read(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return rows;
}

}  // namespace thidua::scoring::criteria
