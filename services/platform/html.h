// Text in HTML.
#pragma once

#include <string>
#include <string_view>

namespace thidua::platform {

// As content of an element or of an attribute in either kind of quotes.
std::string EscapeHtml(std::string_view text);

}  // namespace thidua::platform
