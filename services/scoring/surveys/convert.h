// Surveys as the contract has them, both ways; what comes in is checked. Pure.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "scoring/surveys/store.h"
#include "thidua/scoring/v1/survey_service.pb.h"

namespace thidua::scoring::surveys {

// All but id, state, counts and what the server makes.
absl::StatusOr<SurveyRow> SurveyOf(const v1::Survey& survey, absl::CivilDay today);
void ToProto(const SurveyRow& row, v1::Survey& out);

// 1..40 characters of a–z, 0–9, "-".
bool IsKind(std::string_view kind);

}  // namespace thidua::scoring::surveys
