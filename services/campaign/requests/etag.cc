#include "campaign/requests/etag.h"

#include "platform/status.h"

namespace thidua::campaign {

std::string EtagOf(int64_t row_version) { return "\"" + std::to_string(row_version) + "\""; }

absl::Status CheckEtag(std::string_view etag, int64_t row_version, std::string_view field) {
  if (etag.empty()) {
    return platform::InvalidField(
        field, "ETAG_REQUIRED",
        {"thiếu etag của lần đọc trước", "the etag of an earlier reading is missing"});
  }
  const std::string current = EtagOf(row_version);
  if (etag != current) return platform::EtagMismatch(etag, current);
  return absl::OkStatus();
}

}  // namespace thidua::campaign
