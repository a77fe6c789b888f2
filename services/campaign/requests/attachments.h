// Files that a request attaches to something.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "platform/db/session.h"

namespace thidua::campaign {

inline constexpr size_t kMostAttachments = 10;

// FILES_TOO_MANY; else each is a complete file of one of the units, or FILE_NOT_FOUND,
// FILE_NOT_COMPLETE, FILE_OF_OTHER_UNIT on its place in `field`.
absl::Status CheckAttachments(db::Session& session, const std::vector<std::string>& files,
                              const std::vector<std::string>& unit_ids, const std::string& field);

}  // namespace thidua::campaign
