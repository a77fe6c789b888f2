#include "scoring/assessments/task_rules.h"

#include <algorithm>

namespace thidua::scoring::assessments {
namespace {

using criteria::Leaf;

bool Waits(TaskKind kind, const Leaf& leaf, const LeafScores& scores,
           const std::vector<Explained>& explained) {
  switch (kind) {
    case TaskKind::kSelfScore:
      return !leaf.rule->automatic && scores.self == nullptr;
    case TaskKind::kAppraise: {
      const Score* counting = Counting(leaf, scores);
      return counting == nullptr || counting->status == criteria::ScoreStatus::kNotYetScored;
    }
    case TaskKind::kExplain:
      return Explainable(leaf, scores) && Standing(leaf, scores, explained) == nullptr;
    case TaskKind::kAnswer: {
      const Explained* standing = Standing(leaf, scores, explained);
      return standing != nullptr && OutcomeOf(leaf, scores, explained, *standing) == Outcome::kOpen;
    }
    case TaskKind::kFinalise:
      break;
  }
  return false;
}

}  // namespace

std::vector<State> StatesOf(TaskKind kind) {
  switch (kind) {
    case TaskKind::kSelfScore:
      return {State::kDraft};
    case TaskKind::kAppraise:
      return {State::kSubmitted};
    case TaskKind::kExplain:
      return {State::kAppraised};
    case TaskKind::kAnswer:
      return {State::kExplained};
    case TaskKind::kFinalise:
      break;
  }
  return {State::kAppraised, State::kReappraised};
}

Side SideOf(TaskKind kind) {
  return kind == TaskKind::kSelfScore || kind == TaskKind::kExplain ? Side::kUnit : Side::kJudge;
}

std::string PermissionOf(TaskKind kind) {
  if (SideOf(kind) == Side::kUnit) return "scoring.assessments.self_score";
  return kind == TaskKind::kFinalise ? "scoring.assessments.finalise"
                                     : "scoring.assessments.appraise";
}

std::optional<absl::CivilDay> DueDay(TaskKind kind, const Windows& windows, bool returned) {
  switch (kind) {
    case TaskKind::kSelfScore:
      return returned ? windows.appraisal_end : windows.self_score_end;
    case TaskKind::kAppraise:
      return windows.appraisal_end;
    case TaskKind::kExplain:
      if (windows.explanation.has_value()) return windows.explanation->last;
      break;
    case TaskKind::kAnswer:
    case TaskKind::kFinalise:
      break;
  }
  return std::nullopt;
}

int WaitingLeaves(TaskKind kind, const criteria::Scheme& scheme, const std::vector<Score>& scores,
                  const std::vector<Explained>& explained,
                  const std::function<bool(const Leaf&)>& mine) {
  return static_cast<int>(
      std::count_if(scheme.leaves().begin(), scheme.leaves().end(), [&](const Leaf& leaf) {
        return mine(leaf) && Waits(kind, leaf, NewestOf(leaf.code, scores), explained);
      }));
}

}  // namespace thidua::scoring::assessments
