// Files of a service: rows in its schema, bytes in a content-addressed store.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::files {

// Bytes by SHA-256. Put is atomic (write, sync, rename): a reader sees the whole or nothing.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  // Adds bytes at an offset of an unfinished upload; a repeat of the same part is accepted.
  virtual absl::Status WritePart(const std::string& upload_id, int64_t offset,
                                 std::string_view bytes) = 0;
  // Checks size and hash of the upload and makes it readable under its hash.
  virtual absl::Status Complete(const std::string& upload_id, int64_t size,
                                const std::string& sha256_hex) = 0;
  // Reads up to 1 MiB from an offset.
  virtual absl::StatusOr<std::string> Read(const std::string& sha256_hex, int64_t offset) = 0;
  // Writes a whole that is made here (a generated PDF); returns its SHA-256 in hex.
  virtual absl::StatusOr<std::string> Put(std::string_view bytes) = 0;
};

// A folder on a local disk. A full disk is RESOURCE_EXHAUSTED with reason STORAGE_FULL.
absl::StatusOr<std::unique_ptr<BlobStore>> OpenLocalBlobs(const std::string& directory);

// For areas that attach a file to something: the complete file "files/<id>", or FILE_NOT_FOUND, or
// FILE_NOT_COMPLETE (FAILED_PRECONDITION), or FILE_OF_OTHER_UNIT when unit_id is not the file's.
absl::StatusOr<common::v1::File> RequireComplete(db::Session& session, const std::string& file_name,
                                                 const std::string& unit_id,
                                                 std::string_view field);
// Records a file that the service made itself (already Put); returns "files/<id>".
absl::StatusOr<std::string> RecordGenerated(db::Tx& tx, const common::v1::File& file);

}  // namespace thidua::files
