#include "platform/files/file_rows.h"

#include <utility>

#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::files {
namespace {

using common::v1::File;

constexpr char kSelect[] =
    "SELECT file_id, unit_id, file_name, media_type, size_bytes, sha256, received_bytes, state, "
    "created_at FROM files WHERE file_id = ?";
constexpr char kSelectForUpdate[] =
    "SELECT file_id, unit_id, file_name, media_type, size_bytes, sha256, received_bytes, state, "
    "created_at FROM files WHERE file_id = ? FOR UPDATE";

File FromRow(const db::Row& row) {
  File file;
  file.set_name(platform::NameOf("files", row.Get<std::string>(0)));
  file.set_unit(platform::NameOf("units", row.Get<std::string>(1)));
  file.set_file_name(row.Get<std::string>(2));
  file.set_media_type(row.Get<std::string>(3));
  file.set_size_bytes(row.Get<int64_t>(4));
  file.set_sha256(row.Get<std::string>(5));
  file.set_received_bytes(row.Get<int64_t>(6));
  file.set_state(row.Get<std::string>(7) == "COMPLETE" ? common::v1::FILE_STATE_COMPLETE
                                                       : common::v1::FILE_STATE_UPLOADING);
  *file.mutable_create_time() = platform::ToTimestamp(row.Get<absl::Time>(8));
  return file;
}

absl::StatusOr<File> One(db::Session& session, const char* sql, const std::string& file_id) {
  ASSIGN_OR_RETURN(std::optional<File> file, session.QueryOptional<File>(FromRow, sql, file_id));
  if (!file.has_value()) {
    return platform::NotFound("FILE_NOT_FOUND", {"Không có tệp này.", "There is no such file."},
                              {{"file", platform::NameOf("files", file_id)}});
  }
  return *std::move(file);
}

}  // namespace

absl::StatusOr<File> ReadFile(db::Session& session, const std::string& file_id) {
  return One(session, kSelect, file_id);
}

absl::StatusOr<File> LockFile(db::Tx& tx, const std::string& file_id) {
  return One(tx, kSelectForUpdate, file_id);
}

absl::Status InsertFile(db::Tx& tx, const File& file, const std::string& created_by) {
  ASSIGN_OR_RETURN(const std::string file_id, FileId(file.name(), "name"));
  ASSIGN_OR_RETURN(const std::string unit_id, platform::IdFromName(file.unit(), "units", "unit"));
  const bool complete = file.state() == common::v1::FILE_STATE_COMPLETE;
  const absl::Time created = platform::FromTimestamp(file.create_time());
  return tx
      .Execute(
          "INSERT INTO files (file_id, unit_id, file_name, media_type, size_bytes, sha256, "
          "received_bytes, state, created_by, created_at, completed_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          file_id, unit_id, file.file_name(), file.media_type(), file.size_bytes(), file.sha256(),
          file.received_bytes(), complete ? "COMPLETE" : "UPLOADING", created_by, created,
          complete ? std::optional<absl::Time>(created) : std::nullopt)
      .status();
}

absl::Status SetReceived(db::Tx& tx, const std::string& file_id, int64_t received_bytes) {
  return tx
      .Execute("UPDATE files SET received_bytes = ? WHERE file_id = ?", received_bytes, file_id)
      .status();
}

absl::Status SetComplete(db::Tx& tx, const std::string& file_id, absl::Time now) {
  return tx
      .Execute("UPDATE files SET state = 'COMPLETE', completed_at = ? WHERE file_id = ?", now,
               file_id)
      .status();
}

absl::StatusOr<std::string> FileId(std::string_view name, std::string_view field) {
  return platform::IdFromName(name, "files", field);
}

absl::StatusOr<File> RequireComplete(db::Session& session, const std::string& file_name,
                                     const std::string& unit_id, std::string_view field) {
  ASSIGN_OR_RETURN(const std::string file_id, FileId(file_name, field));
  ASSIGN_OR_RETURN(File file, ReadFile(session, file_id));
  if (file.unit() != platform::NameOf("units", unit_id)) {
    return platform::InvalidField(
        field, "FILE_OF_OTHER_UNIT",
        {"Tệp này thuộc về đơn vị khác.", "This file belongs to another unit."});
  }
  if (file.state() != common::v1::FILE_STATE_COMPLETE) {
    return platform::FailedPrecondition(
        "FILE_NOT_COMPLETE",
        {"Tệp chưa tải lên xong; hãy gọi CompleteUpload trước.",
         "The upload is not complete; call CompleteUpload first."},
        {{"file", file_name}, {"field", std::string(field)}, {"legal_moves", "CompleteUpload"}});
  }
  return file;
}

absl::StatusOr<std::string> RecordGenerated(db::Tx& tx, const File& file) {
  File made = file;
  made.set_name(
      platform::NameOf("files", platform::NewId(platform::FromTimestamp(file.create_time()))));
  made.set_received_bytes(file.size_bytes());
  made.set_state(common::v1::FILE_STATE_COMPLETE);
  RETURN_IF_ERROR(InsertFile(tx, made, "service"));
  return made.name();
}

}  // namespace thidua::files
