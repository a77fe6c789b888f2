#include "awards/print/keep.h"

#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::print {

absl::StatusOr<Kept> Keep(db::Tx& tx, const platform::Call& call, files::BlobStore& blobs,
                          const std::string& unit_id, const std::string& file_name,
                          std::string_view pdf) {
  Kept kept;
  ASSIGN_OR_RETURN(kept.sha256, blobs.Put(pdf));
  kept.size = static_cast<int64_t>(pdf.size());
  common::v1::File file;
  file.set_unit(platform::NameOf("units", unit_id));
  file.set_file_name(file_name);
  file.set_media_type("application/pdf");
  file.set_size_bytes(kept.size);
  file.set_received_bytes(kept.size);
  file.set_sha256(kept.sha256);
  file.set_state(common::v1::FILE_STATE_COMPLETE);
  *file.mutable_create_time() = platform::ToTimestamp(call.machine_now());
  ASSIGN_OR_RETURN(const std::string name, files::RecordGenerated(tx, file));
  ASSIGN_OR_RETURN(kept.file_id, platform::IdFromName(name, "files", "file"));
  return kept;
}

absl::StatusOr<std::string> BytesOf(files::BlobStore& blobs, const std::string& sha256,
                                    int64_t size) {
  std::string bytes;
  while (static_cast<int64_t>(bytes.size()) < size) {
    ASSIGN_OR_RETURN(const std::string part,
                     blobs.Read(sha256, static_cast<int64_t>(bytes.size())));
    if (part.empty()) return platform::Internal("a document's file is shorter than recorded");
    bytes += part;
  }
  if (platform::Sha256Hex(bytes) != sha256) {
    return platform::Internal("a document's file is not what was recorded");
  }
  return bytes;
}

}  // namespace thidua::awards::print
