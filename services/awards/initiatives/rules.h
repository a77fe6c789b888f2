// What an initiative and its recognition must be like.
//
// R-AWD-90  A procedure cut lowers the number of components or of days and raises neither.
// R-AWD-91  Who registered an initiative does not record its recognition.
// R-AWD-92  An initiative is recognised once, not before its year and not in the future.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::initiatives {

struct ProcedureCut {
  int components_before = 0;
  int components_after = 0;
  int days_before = 0;
  int days_after = 0;
};

MaybeRefusal CheckCut(const ProcedureCut& cut);

MaybeRefusal CheckRecognition(int year, bool recognised_already, const std::string& registrar,
                              const std::string& actor, absl::CivilDay date, absl::CivilDay today);

}  // namespace thidua::awards::initiatives
