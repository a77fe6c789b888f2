// The checker of criteria sets. It warns about what the source document says oddly (maxima that do
// not sum: real decisions have such defects) and refuses only what cannot be computed.
#pragma once

#include <string>
#include <vector>

#include "scoring/criteria/definition.h"

namespace thidua::scoring::criteria {

enum class Severity { kWarning = 1, kError = 2 };

struct Defect {
  std::string field;   // path in the set: "fields[1].criteria[0]"
  std::string reason;  // UPPER_SNAKE
  Severity severity = Severity::kWarning;
  std::string vi;
  std::string en;
};

// R-SCO-08 All defects, in the order of the set.
std::vector<Defect> Check(const Definition& definition);

bool HasErrors(const std::vector<Defect>& defects);

// 1..40 characters of letters, digits, "." and "-".
bool IsCode(std::string_view code);

// Levels of criteria under a field.
inline constexpr int kMaxDepth = 3;

}  // namespace thidua::scoring::criteria
