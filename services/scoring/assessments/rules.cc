#include "scoring/assessments/rules.h"

#include <array>

namespace thidua::scoring::assessments {
namespace {

using criteria::ScoreStatus;

struct Move {
  State from;
  Action action;
  State to;
  const char* rpc;
};

constexpr Move kMoves[] = {
    {State::kDraft, Action::kSelfScore, State::kDraft, "SetSelfScores"},
    {State::kDraft, Action::kSubmit, State::kSubmitted, "SubmitAssessment"},
    {State::kSubmitted, Action::kCompute, State::kSubmitted, "ComputeAssessment"},
    {State::kSubmitted, Action::kAppraise, State::kSubmitted, "AppraiseAssessment"},
    {State::kSubmitted, Action::kCompleteAppraisal, State::kAppraised, "CompleteAppraisal"},
    {State::kSubmitted, Action::kReturn, State::kDraft, "ReturnAssessment"},
    {State::kAppraised, Action::kReturn, State::kSubmitted, "ReturnAssessment"},
    {State::kAppraised, Action::kExplain, State::kAppraised, "ExplainAppraisal"},
    {State::kAppraised, Action::kSubmitExplanation, State::kExplained, "SubmitExplanation"},
    {State::kAppraised, Action::kFinalise, State::kFinalised, "FinaliseAssessment"},
    {State::kExplained, Action::kAnswer, State::kExplained, "AnswerExplanation"},
    {State::kExplained, Action::kCompleteSecondAppraisal, State::kReappraised,
     "CompleteSecondAppraisal"},
    {State::kReappraised, Action::kReturn, State::kExplained, "ReturnAssessment"},
    {State::kReappraised, Action::kFinalise, State::kFinalised, "FinaliseAssessment"},
};

constexpr State kStates[] = {State::kDraft,     State::kSubmitted, State::kAppraised,
                             State::kFinalised, State::kExplained, State::kReappraised};
constexpr Layer kLayers[] = {Layer::kSelf, Layer::kComputed, Layer::kAppraised, Layer::kFinal,
                             Layer::kReappraised};
constexpr ScoreStatus kStatuses[] = {ScoreStatus::kScored, ScoreStatus::kNotApplicable,
                                     ScoreStatus::kNotYetScored};

bool Newer(const Score* score, const Score* than) {
  return than == nullptr || score->entry > than->entry;
}

}  // namespace

std::optional<State> After(State state, Action action) {
  for (const Move& move : kMoves) {
    if (move.from == state && move.action == action) return move.to;
  }
  return std::nullopt;
}

std::vector<std::string> LegalMoves(State state) {
  std::vector<std::string> moves;
  for (const Move& move : kMoves) {
    if (move.from == state) moves.emplace_back(move.rpc);
  }
  return moves;
}

std::string Name(State state) {
  static constexpr std::array<const char*, 7> kNames = {
      "", "DRAFT", "SUBMITTED", "APPRAISED", "FINALISED", "EXPLAINED", "REAPPRAISED"};
  return kNames[static_cast<size_t>(state)];
}

std::optional<State> StateOf(std::string_view name) {
  for (const State state : kStates) {
    if (Name(state) == name) return state;
  }
  return std::nullopt;
}

std::string VietnameseName(State state) {
  static constexpr std::array<const char*, 7> kNames = {"",
                                                        "đang tự chấm",
                                                        "đã gửi thẩm định",
                                                        "đã thẩm định",
                                                        "đã chốt điểm",
                                                        "đã gửi giải trình",
                                                        "đã thẩm định lại sau giải trình"};
  return kNames[static_cast<size_t>(state)];
}

Side SideOf(Action action) {
  switch (action) {
    case Action::kSelfScore:
    case Action::kSubmit:
    case Action::kExplain:
    case Action::kSubmitExplanation:
      return Side::kUnit;
    case Action::kCompute:
    case Action::kAppraise:
    case Action::kCompleteAppraisal:
    case Action::kReturn:
    case Action::kAnswer:
    case Action::kCompleteSecondAppraisal:
    case Action::kFinalise:
      break;
  }
  return Side::kJudge;
}

std::string Name(Side side) { return side == Side::kUnit ? "UNIT" : "JUDGE"; }

bool MayActOn(Side side, const Duties& earlier) {
  return side == Side::kUnit ? !earlier.as_judge : !earlier.for_unit;
}

std::string Name(Layer layer) {
  static constexpr std::array<const char*, 6> kNames = {"",          "SELF",  "COMPUTED",
                                                        "APPRAISED", "FINAL", "REAPPRAISED"};
  return kNames[static_cast<size_t>(layer)];
}

std::optional<Layer> LayerOf(std::string_view name) {
  for (const Layer layer : kLayers) {
    if (Name(layer) == name) return layer;
  }
  return std::nullopt;
}

std::string Name(ScoreStatus status) {
  static constexpr std::array<const char*, 4> kNames = {"", "SCORED", "NOT_APPLICABLE",
                                                        "NOT_YET_SCORED"};
  return kNames[static_cast<size_t>(status)];
}

std::optional<ScoreStatus> StatusOf(std::string_view name) {
  for (const ScoreStatus status : kStatuses) {
    if (Name(status) == name) return status;
  }
  return std::nullopt;
}

LeafScores NewestOf(std::string_view criterion, const std::vector<Score>& scores) {
  LeafScores newest;
  for (const Score& score : scores) {
    if (score.criterion != criterion) continue;
    const Score*& slot = score.layer == Layer::kSelf          ? newest.self
                         : score.layer == Layer::kComputed    ? newest.computed
                         : score.layer == Layer::kAppraised   ? newest.appraised
                         : score.layer == Layer::kReappraised ? newest.reappraised
                                                              : newest.final;
    if (Newer(&score, slot)) slot = &score;
  }
  return newest;
}

const Score* Counting(const criteria::Leaf& leaf, const LeafScores& scores) {
  const Score* judged = scores.appraised;
  if (scores.reappraised != nullptr && Newer(scores.reappraised, judged)) {
    judged = scores.reappraised;
  }
  if (judged != nullptr && Newer(judged, scores.self) && Newer(judged, scores.computed)) {
    return judged;
  }
  return leaf.rule->automatic ? scores.computed : nullptr;
}

criteria::LeafInput InputOf(const Score* score) {
  criteria::LeafInput input;
  if (score == nullptr) return input;
  if (!score->inputs.empty()) {
    input.kind = criteria::LeafInput::Kind::kInputs;
    input.inputs = score->inputs;
  } else if (score->status == ScoreStatus::kNotApplicable) {
    input.kind = criteria::LeafInput::Kind::kNotApplicable;
  } else if (score->status == ScoreStatus::kScored) {
    input.kind = criteria::LeafInput::Kind::kGiven;
    input.given = score->points;
  }
  return input;
}

const Score* Shown(const criteria::Leaf& leaf, const LeafScores& scores) {
  if (scores.final != nullptr) return scores.final;
  if (const Score* counting = Counting(leaf, scores)) return counting;
  return scores.computed != nullptr ? scores.computed : scores.self;
}

bool NeedsReason(const criteria::Leaf& leaf, const LeafScores& scores, ScoreStatus status,
                 const numbers::Rational& points) {
  const Score* reference = leaf.rule->automatic ? scores.computed : scores.self;
  if (reference == nullptr) return false;
  Score given;
  given.status = status;
  given.points = points;
  return !SamePoints(*reference, given);
}

bool LacksProof(const criteria::Leaf& leaf, const Score& self, bool has_proof) {
  return leaf.rule->needs_evidence != nullptr && leaf.rule->needs_evidence(leaf.parameters) &&
         self.points > 0 && !has_proof;
}

bool MaySelfScore(const Windows& windows, bool returned, absl::CivilDay today) {
  return windows.self_score_start <= today &&
         today <= (returned ? windows.appraisal_end : windows.self_score_end);
}

bool MayAppraise(const Windows& windows, absl::CivilDay today) {
  return windows.appraisal_start <= today && today <= windows.appraisal_end;
}

bool MayExplain(const Windows& windows, absl::CivilDay today) {
  return windows.explanation.has_value() && windows.explanation->first <= today &&
         today <= windows.explanation->last;
}

bool SamePoints(const Score& a, const Score& b) {
  return a.status == b.status && (a.status != ScoreStatus::kScored || a.points == b.points);
}

}  // namespace thidua::scoring::assessments
