#include "scoring/assessments/explanation_rules.h"

#include <algorithm>

namespace thidua::scoring::assessments {

const Score* Contested(const criteria::Leaf& leaf, const LeafScores& scores) {
  LeafScores before = scores;
  before.reappraised = nullptr;
  return Counting(leaf, before);
}

bool Explainable(const criteria::Leaf& leaf, const LeafScores& scores) {
  const Score* contested = Contested(leaf, scores);
  if (contested == nullptr) return false;
  const Score* reference = scores.self != nullptr ? scores.self : scores.computed;
  return reference != nullptr && !SamePoints(*contested, *reference);
}

const Explained* Standing(const criteria::Leaf& leaf, const LeafScores& scores,
                          const std::vector<Explained>& explanations) {
  const Explained* newest = nullptr;
  for (const Explained& one : explanations) {
    if (one.criterion == leaf.code && (newest == nullptr || one.item > newest->item)) newest = &one;
  }
  const Score* contested = Contested(leaf, scores);
  return newest != nullptr && contested != nullptr && newest->about == contested->entry ? newest
                                                                                        : nullptr;
}

Outcome OutcomeOf(const criteria::Leaf& leaf, const LeafScores& scores,
                  const std::vector<Explained>& explanations, const Explained& explanation) {
  const Explained* standing = Standing(leaf, scores, explanations);
  if (standing == nullptr || standing->item != explanation.item) return Outcome::kSuperseded;
  const Score* contested = Contested(leaf, scores);
  if (scores.reappraised == nullptr || scores.reappraised->entry < contested->entry) {
    return Outcome::kOpen;
  }
  return SamePoints(*scores.reappraised, *contested) ? Outcome::kKept : Outcome::kAccepted;
}

bool MayAnswer(const std::vector<std::string>& appraisers, const std::string& actor) {
  return std::find(appraisers.begin(), appraisers.end(), actor) == appraisers.end();
}

bool WaitsForExplanation(const Windows& windows, int explainable, absl::CivilDay today) {
  return windows.explanation.has_value() && explainable > 0 && today <= windows.explanation->last;
}

}  // namespace thidua::scoring::assessments
