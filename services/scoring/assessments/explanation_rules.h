// Giải trình: what a unit may explain, what became of an explanation, who answers it and when an
// assessment may become final. Pure.
#pragma once

#include <string>
#include <vector>

#include "scoring/assessments/rules.h"

namespace thidua::scoring::assessments {

// What an explanation is about: the score that counts when the answers to explanations are left
// out. Null while nothing counts.
const Score* Contested(const criteria::Leaf& leaf, const LeafScores& scores);

// R-SCO-40 A leaf may be explained when what counts differs from the self-score, or, where the unit
// gave none, when an appraisal that counts differs from the computation.
bool Explainable(const criteria::Leaf& leaf, const LeafScores& scores);

// One explanation as given once. `item` orders all explanations of an assessment, `about` is the
// entry of the score that it contests.
struct Explained {
  int item = 0;
  std::string criterion;
  int about = 0;
};
enum class Outcome { kOpen = 1, kAccepted = 2, kKept = 3, kSuperseded = 4 };

// The newest explanation of the leaf, when it is about what is contested now; null for none.
const Explained* Standing(const criteria::Leaf& leaf, const LeafScores& scores,
                          const std::vector<Explained>& explanations);

// R-SCO-41 What became of an explanation: superseded when a later one of the leaf or a later
// appraisal took its place; else open until it is answered; else accepted when the points changed,
// or kept.
Outcome OutcomeOf(const criteria::Leaf& leaf, const LeafScores& scores,
                  const std::vector<Explained>& explanations, const Explained& explanation);

// R-SCO-42 Who appraised the leaf does not answer its explanation; `appraisers` are all who ever
// appraised it in this assessment.
bool MayAnswer(const std::vector<std::string>& appraisers, const std::string& actor);

// R-SCO-43 An appraised assessment waits for its unit, before it may become final, while a leaf may
// be explained and the window of the explanation is not over. `explainable` counts such leaves.
bool WaitsForExplanation(const Windows& windows, int explainable, absl::CivilDay today);

}  // namespace thidua::scoring::assessments
