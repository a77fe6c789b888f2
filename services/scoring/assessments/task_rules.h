// What an assessment waits for, and how much of it. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "scoring/assessments/explanation_rules.h"
#include "scoring/assessments/rules.h"

namespace thidua::scoring::assessments {

enum class TaskKind { kSelfScore = 1, kAppraise = 2, kExplain = 3, kAnswer = 4, kFinalise = 5 };
inline constexpr TaskKind kTaskKinds[] = {TaskKind::kSelfScore, TaskKind::kAppraise,
                                          TaskKind::kExplain, TaskKind::kAnswer,
                                          TaskKind::kFinalise};

// The states in which an assessment waits for it.
std::vector<State> StatesOf(TaskKind kind);
// On whose side it is done.
Side SideOf(TaskKind kind);
// The permission that who does it holds: "scoring.assessments.appraise".
std::string PermissionOf(TaskKind kind);

// R-SCO-45 The last day for it, none for answers and the final word. What was returned to the unit
// may be scored until the end of the appraisal.
std::optional<absl::CivilDay> DueDay(TaskKind kind, const Windows& windows, bool returned);

// R-SCO-46 The leaves that still wait, of those for which `mine` holds: not self-scored though
// people score them, nothing that counts, explainable but not explained, handed in but not
// answered. None for the final word.
int WaitingLeaves(TaskKind kind, const criteria::Scheme& scheme, const std::vector<Score>& scores,
                  const std::vector<Explained>& explained,
                  const std::function<bool(const criteria::Leaf&)>& mine);

}  // namespace thidua::scoring::assessments
