// The table `files`.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::files {

// FILE_NOT_FOUND when there is none.
absl::StatusOr<common::v1::File> ReadFile(db::Session& session, const std::string& file_id);
// The same, locked until the transaction ends.
absl::StatusOr<common::v1::File> LockFile(db::Tx& tx, const std::string& file_id);
// A new file in state UPLOADING or COMPLETE; name, unit and the rest as in `file`.
absl::Status InsertFile(db::Tx& tx, const common::v1::File& file, const std::string& created_by);
absl::Status SetReceived(db::Tx& tx, const std::string& file_id, int64_t received_bytes);
absl::Status SetComplete(db::Tx& tx, const std::string& file_id, absl::Time now);

// "files/<id>" -> "<id>"; NAME_MALFORMED on the named field.
absl::StatusOr<std::string> FileId(std::string_view name, std::string_view field);

}  // namespace thidua::files
