// The life of an assessment, its layers, windows and what needs a reason. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "scoring/criteria/scheme.h"

namespace thidua::scoring::assessments {

enum class State {
  kDraft = 1,
  kSubmitted = 2,
  kAppraised = 3,
  kFinalised = 4,
  kExplained = 5,
  kReappraised = 6,
};
enum class Action {
  kSelfScore,
  kSubmit,
  kCompute,
  kAppraise,
  kCompleteAppraisal,
  kReturn,
  kExplain,
  kSubmitExplanation,
  kAnswer,
  kCompleteSecondAppraisal,
  kFinalise,
};

// R-SCO-20 DRAFT → SUBMITTED → APPRAISED → FINALISED, with EXPLAINED → REAPPRAISED between the last
// two where the unit explains, and back one step by a return, though never behind an explanation
// that was handed in. The state after the action, or none when it is not allowed in the state.
std::optional<State> After(State state, Action action);
// The actions allowed in a state, as rpc names: "SubmitAssessment".
std::vector<std::string> LegalMoves(State state);
std::string Name(State state);  // "DRAFT"
std::optional<State> StateOf(std::string_view name);
std::string VietnameseName(State state);

// On whose side an action is taken: the unit's, or of who judges it.
enum class Side { kUnit = 1, kJudge = 2 };
Side SideOf(Action action);
std::string Name(Side side);  // "UNIT"
// On which sides a person has acted before, in any round about the unit and the year.
struct Duties {
  bool for_unit = false;
  bool as_judge = false;
};
// R-SCO-26 Who self-scored, explained or submitted for a unit judges nothing of that unit for that
// year, and who computed again, appraised, answered, returned or finalised does nothing for it.
bool MayActOn(Side side, const Duties& earlier);

enum class Layer { kSelf = 1, kComputed = 2, kAppraised = 3, kFinal = 4, kReappraised = 5 };
std::string Name(Layer layer);  // "SELF"
std::optional<Layer> LayerOf(std::string_view name);
std::string Name(criteria::ScoreStatus status);  // "SCORED"
std::optional<criteria::ScoreStatus> StatusOf(std::string_view name);

// One score as given once. `entry` orders all entries of an assessment.
struct Score {
  int entry = 0;
  std::string criterion;
  Layer layer = Layer::kSelf;
  criteria::ScoreStatus status = criteria::ScoreStatus::kNotYetScored;
  numbers::Rational points;  // 0 unless kScored
  criteria::Inputs inputs;   // of a computed score, empty when a person gave it
};

// The newest entry of each layer of one leaf; null where there is none.
struct LeafScores {
  const Score* self = nullptr;
  const Score* computed = nullptr;
  const Score* appraised = nullptr;
  const Score* reappraised = nullptr;
  const Score* final = nullptr;
};
LeafScores NewestOf(std::string_view criterion, const std::vector<Score>& scores);

// R-SCO-21 What counts for the end of the appraisal: the answer to an explanation or the appraisal,
// whichever is newer, unless the self-score or the computation changed after it; else, for an
// automatic leaf, the computation; else nothing. A self-score alone never counts.
const Score* Counting(const criteria::Leaf& leaf, const LeafScores& scores);

// What a score means for the computation of points: one with inputs is computed from them, the
// others were given by a person.
criteria::LeafInput InputOf(const Score* score);

// R-SCO-22 The layer shown while the assessment is under way: final, else what counts, else
// computed, else self.
const Score* Shown(const criteria::Leaf& leaf, const LeafScores& scores);

// R-SCO-23 Whether an appraisal needs a reason: it differs from the computed score of an automatic
// leaf, or from the self-score of another one; where there is none of these it needs none.
bool NeedsReason(const criteria::Leaf& leaf, const LeafScores& scores, criteria::ScoreStatus status,
                 const numbers::Rational& points);

// R-SCO-27 Whether a self-score lacks what its rule asks for: points above 0 without evidence or
// explanation.
bool LacksProof(const criteria::Leaf& leaf, const Score& self, bool has_proof);

struct Days {
  absl::CivilDay first;
  absl::CivilDay last;
};
struct Windows {
  absl::CivilDay self_score_start;
  absl::CivilDay self_score_end;
  absl::CivilDay appraisal_start;
  absl::CivilDay appraisal_end;
  std::optional<Days> explanation{};  // none: the round has no explanation
};
// R-SCO-24 Both ends belong to a window. What was returned to the unit may be scored until the end
// of the appraisal.
bool MaySelfScore(const Windows& windows, bool returned, absl::CivilDay today);
bool MayAppraise(const Windows& windows, absl::CivilDay today);
bool MayExplain(const Windows& windows, absl::CivilDay today);
// Whether two scores say the same to the unit.
bool SamePoints(const Score& a, const Score& b);

}  // namespace thidua::scoring::assessments
