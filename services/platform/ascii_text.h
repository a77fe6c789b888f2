// Texts that hold no letters beyond ASCII: codes and ids that others give out.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace thidua::platform {

bool IsAscii(std::string_view text);

// For filters on such texts: INVALID_ARGUMENT TEXT_NOT_ASCII that names the field. The database
// cannot compare a column of ASCII with anything else.
absl::Status RequireAscii(std::string_view text, std::string_view field);

}  // namespace thidua::platform
