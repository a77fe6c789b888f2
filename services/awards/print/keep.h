// Documents made here: their bytes are kept as they were made, so that their SHA-256 holds for
// good.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/files/store.h"

namespace thidua::awards::print {

struct Kept {
  std::string file_id;
  std::string sha256;
  int64_t size = 0;
};

// Keeps a PDF as a file of a unit. The bytes are on disk before the transaction ends; the same
// bytes are kept once however often it is run.
absl::StatusOr<Kept> Keep(db::Tx& tx, const platform::Call& call, files::BlobStore& blobs,
                          const std::string& unit_id, const std::string& file_name,
                          std::string_view pdf);

// The bytes again, checked against size and hash.
absl::StatusOr<std::string> BytesOf(files::BlobStore& blobs, const std::string& sha256,
                                    int64_t size);

}  // namespace thidua::awards::print
