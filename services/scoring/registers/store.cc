#include "scoring/registers/store.h"

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::scoring::registers {
namespace {

constexpr char kSelect[] =
    "SELECT register_id, unit_id, kind, year, document_number, document_date, document_issuer, "
    "source_note, corrects, correction_reason, superseded_by, unit_count, file_sha256, created_at, "
    "publish_date FROM registers WHERE ";

RegisterRow Read(const db::Row& row) {
  RegisterRow found;
  found.id = row.Get<std::string>(0);
  found.unit_id = row.Get<std::string>(1);
  found.kind = row.Get<std::string>(2);
  found.year = row.Get<int32_t>(3);
  found.document_number = row.Get<std::string>(4);
  found.document_date = row.Get<absl::CivilDay>(5);
  found.document_issuer = row.Get<std::string>(6);
  found.source_note = row.Get<std::string>(7);
  found.corrects = row.Get<std::optional<std::string>>(8);
  found.correction_reason = row.Get<std::string>(9);
  found.superseded_by = row.Get<std::optional<std::string>>(10);
  found.unit_count = row.Get<int32_t>(11);
  found.file_sha256 = row.Get<std::string>(12);
  found.created_at = row.Get<absl::Time>(13);
  found.publish_date = row.Get<absl::CivilDay>(14);
  return found;
}

std::string KeyOf(const RegisterRow& row) {
  return absl::StrCat(row.unit_id, "|", row.kind, "|", row.year);
}

}  // namespace

absl::Status Store::Insert(db::Tx& tx, const RegisterRow& row,
                           const std::vector<FiguresRow>& figures) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO registers (register_id, unit_id, kind, year, document_number, "
                 "document_date, document_issuer, source_note, corrects, correction_reason, "
                 "current_key, unit_count, file_sha256, created_at, publish_date) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 row.id, row.unit_id, row.kind, row.year, row.document_number, row.document_date,
                 row.document_issuer, row.source_note, row.corrects, row.correction_reason,
                 KeyOf(row), row.unit_count, row.file_sha256, row.created_at, row.publish_date)
          .status());
  for (const FiguresRow& one : figures) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO register_figures (register_id, unit_id, total, "
                               "counted) VALUES (?, ?, ?, ?)",
                               row.id, one.unit_id, one.total, one.counted)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status Store::Supersede(db::Tx& tx, const std::string& id, const std::string& by) {
  return tx
      .Execute("UPDATE registers SET superseded_by = ?, current_key = NULL WHERE register_id = ?",
               by, id)
      .status();
}

absl::StatusOr<std::optional<RegisterRow>> Store::Get(db::Session& session, const std::string& id) {
  return session.QueryOptional<RegisterRow>(Read, absl::StrCat(kSelect, "register_id = ?"), id);
}

absl::StatusOr<std::optional<RegisterRow>> Store::LockCurrent(db::Tx& tx, const RegisterRow& like) {
  return tx.QueryOptional<RegisterRow>(Read, absl::StrCat(kSelect, "current_key = ? FOR UPDATE"),
                                       KeyOf(like));
}

absl::StatusOr<std::vector<RegisterRow>> Store::List(db::Session& session, const Filter& filter,
                                                     const std::string& before_id, int limit) {
  return session.QueryAll<RegisterRow>(
      Read,
      absl::StrCat(kSelect,
                   "(? = '' OR unit_id = ?) AND (? = '' OR kind = ?) AND (? = 0 OR year = ?) AND "
                   "(? = '' OR register_id < ?) ORDER BY register_id DESC LIMIT ",
                   limit),
      filter.unit_id, filter.unit_id, filter.kind, filter.kind, filter.year, filter.year, before_id,
      before_id);
}

absl::StatusOr<std::vector<FiguresRow>> Store::Figures(db::Session& session,
                                                       const std::string& register_id) {
  return session.QueryAll<FiguresRow>(
      [](const db::Row& row) {
        return FiguresRow{row.Get<std::string>(0), row.Get<int64_t>(1), row.Get<int64_t>(2)};
      },
      "SELECT unit_id, total, counted FROM register_figures WHERE register_id = ? "
      "ORDER BY unit_id",
      register_id);
}

absl::StatusOr<std::vector<Found>> Store::About(db::Session& session, const std::string& kind,
                                                int32_t year, const std::string& unit_id) {
  return session.QueryAll<Found>(
      [](const db::Row& row) {
        return Found{row.Get<std::string>(0), row.Get<int64_t>(1), row.Get<int64_t>(2)};
      },
      "SELECT r.unit_id, f.total, f.counted FROM registers r "
      "JOIN register_figures f ON f.register_id = r.register_id "
      "WHERE r.kind = ? AND r.year = ? AND r.current_key IS NOT NULL AND f.unit_id = ? "
      "ORDER BY r.register_id",
      kind, year, unit_id);
}

}  // namespace thidua::scoring::registers
