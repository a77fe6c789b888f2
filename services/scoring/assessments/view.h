// An assessment with all that decides about it: its round, the criteria set made ready, every
// score.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "scoring/assessments/rules.h"
#include "scoring/assessments/store.h"
#include "scoring/assessments/store_explanations.h"
#include "scoring/criteria/scheme.h"

namespace thidua::scoring::assessments {

struct View {
  AssessmentRow row;
  RoundRow round;
  criteria::Scheme scheme;
  std::vector<EntryRow> entries;             // oldest first
  std::vector<Score> scores;                 // of the entries, same order
  std::vector<ExplanationRow> explanations;  // oldest first
  std::vector<Explained> explained;          // of the explanations, same order

  LeafScores Newest(const criteria::Leaf& leaf) const { return NewestOf(leaf.code, scores); }
  // The whole entry of a score; null for null.
  const EntryRow* EntryOf(const Score* score) const;
  // The unit's newest explanation of the leaf that is about what is contested now; null for none.
  const ExplanationRow* StandingOf(const criteria::Leaf& leaf) const;
  // Leaves that the unit may explain.
  int ExplainableLeaves() const;
};

// ASSESSMENT_NOT_FOUND when there is none.
absl::StatusOr<View> LoadView(db::Session& session, const std::string& assessment_id);
// The same with the assessment's row locked until the end of the transaction.
absl::StatusOr<View> LockView(db::Tx& tx, const std::string& assessment_id);

// The criteria set of a round, made ready. INTERNAL when it is gone or cannot be computed.
absl::StatusOr<criteria::Scheme> SchemeOf(db::Session& session, const std::string& criteria_set_id);

// Points of the layer that is shown (R-SCO-22), leaf by leaf, and their total.
std::vector<criteria::LeafScore> ShownScores(const View& view);

}  // namespace thidua::scoring::assessments
