// Puts a text into a file, whole or not at all.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace thidua::platform {

// A process that ends in the middle leaves the old file. Several processes may replace one file at
// the same time: each writes a file of its own name beside it, and the last rename stays. On disk
// when it answers OK. Mode 0600.
absl::Status ReplaceFile(const std::string& file, const std::string& text);

}  // namespace thidua::platform
