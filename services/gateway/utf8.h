// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace thidua::gateway {

// The byte where text stops being UTF-8; nullopt when all of it is.
std::optional<size_t> FirstNonUtf8(std::string_view text);

}  // namespace thidua::gateway
