// Versions of mutable resources on the wire: the row version in double quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "platform/status.h"

namespace thidua::platform {

inline std::string EtagOf(int64_t row_version) { return '"' + std::to_string(row_version) + '"'; }

// OK when `given` is the version of the row; ABORTED ETAG_MISMATCH when it is another's, and
// INVALID_ARGUMENT ETAG_REQUIRED on `field` when it is empty.
inline absl::Status CheckEtag(std::string_view given, int64_t row_version,
                              std::string_view field = "etag") {
  if (given.empty()) {
    return InvalidField(field, "ETAG_REQUIRED",
                        {"Thiếu etag: hãy gửi phiên bản bạn đã xem.",
                         "etag is missing: send the version you have seen."});
  }
  const std::string current = EtagOf(row_version);
  return given == current ? absl::OkStatus() : EtagMismatch(given, current);
}

}  // namespace thidua::platform
