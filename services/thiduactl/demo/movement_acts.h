// What becomes of the movement beside points and awards: the parts of steps 2, 4, 5 and 10.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {

// The province chooses the theme of a year of its movement.
absl::Status ChooseTheme(Stage& stage, int year, const std::string& text);
// The district says that it has spread the province's plan; who has not is told.
absl::Status AcknowledgeParentPlan(Stage& stage);
// All but one commune acknowledge the district's plan; that one comes later.
absl::Status AcknowledgeChildPlan(Stage& stage);
absl::Status AcknowledgeLate(Stage& stage);

// A difficulty: raised by a commune and given back for more; brought again and passed on; answered.
absl::StatusOr<json> RaiseDifficulty(Stage& stage);
absl::StatusOr<json> PassDifficultyOn(Stage& stage, const json& issue);
absl::Status AnswerDifficulty(Stage& stage, const json& issue);
// Another one, which waits for the coordinator when the demo ends.
absl::Status RaiseLateDifficulty(Stage& stage);

// Two exemplars are introduced; one is published later, the other one waits.
absl::StatusOr<json> ProposeExemplars(Stage& stage);
absl::Status PublishExemplar(Stage& stage, const json& exemplar);
// The province reviews its movement in Q4/2023.
absl::Status HoldInterimReview(Stage& stage);

absl::Status ReportYear(Stage& stage);
absl::Status ShowPendingWork(Stage& stage);

}  // namespace thidua::ctl::demo
