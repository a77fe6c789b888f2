// The document of a decision as PDF, laid out by NĐ 30/2020/NĐ-CP, Phụ lục I: A4, margins 20 mm
// above and below, 30 mm left, 15 mm right; page numbers in the middle of the upper margin from the
// second page on. A draft is marked DỰ THẢO on every page. The same document gives the same bytes
// wherever font and libraries are the same.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "awards/decisions/rules_document.h"

namespace thidua::awards::decisions {

// The PDF's bytes; FONT_MISSING without the font. `made` is the day the file bears: the decision's
// own, or the day a draft is looked at. CPU only; thread-safe.
absl::StatusOr<std::string> RenderDecision(const Document& document, absl::CivilDay made);

}  // namespace thidua::awards::decisions
