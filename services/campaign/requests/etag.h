// Etags: the row version, quoted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace thidua::campaign {

std::string EtagOf(int64_t row_version);
// ETAG_REQUIRED (INVALID_ARGUMENT) when empty, ETAG_MISMATCH (ABORTED) when it is another
// version's.
absl::Status CheckEtag(std::string_view etag, int64_t row_version, std::string_view field = "etag");

}  // namespace thidua::campaign
