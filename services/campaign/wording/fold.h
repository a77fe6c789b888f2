// Vietnamese text without case and accents, for searching and for reading phrases.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thidua::campaign::wording {

// Lower case without accents, đ as d; precomposed and decomposed forms give the same. Other
// characters stay. Bytes that are not UTF-8 stay as they are.
std::string Fold(std::string_view text);

// The folded words: runs of letters and digits.
std::vector<std::string> FoldedWords(std::string_view text);

}  // namespace thidua::campaign::wording
