#include "scoring/assessments/moves.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/metrics.h"
#include "scoring/assessments/move_steps.h"
#include "scoring/assessments/validate.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Leaf;
using criteria::LeafScore;
using criteria::ScoreStatus;

bool SameScore(const EntryRow& a, const EntryRow& b) {
  return a.score.status == b.score.status && a.score.points == b.score.points &&
         a.score.inputs == b.score.inputs && a.evidence == b.evidence && a.note == b.note &&
         a.reason == b.reason;
}

// Computes every automatic leaf from the data held now; returns how many entries were added.
absl::StatusOr<size_t> Compute(db::Tx& tx, const Call& call, const std::string& reason,
                               View& view) {
  size_t added = 0;
  for (const Leaf& leaf : view.scheme.leaves()) {
    if (!leaf.rule->automatic) continue;
    if (leaf.rule->metric == nullptr) {
      return platform::Internal("rule type " + leaf.rule->type + " names no metric");
    }
    criteria::LeafInput input;
    input.kind = criteria::LeafInput::Kind::kInputs;
    ASSIGN_OR_RETURN(input.inputs,
                     ReadMetric(tx, leaf.rule->metric(leaf.parameters),
                                {view.row.unit_id, view.round.plan_id, view.round.period_start,
                                 view.round.period_end, call.business_today(), view.round.year,
                                 view.round.unit_id, leaf.parameters}));
    const LeafScore score = view.scheme.ScoreLeaf(leaf, input);
    EntryRow entry;
    entry.score.criterion = leaf.code;
    entry.score.status = score.status;
    entry.score.points = score.points;
    entry.score.inputs = std::move(input.inputs);
    const Score* held = view.Newest(leaf).computed;
    if (held != nullptr && held->status == entry.score.status &&
        held->points == entry.score.points && held->inputs == entry.score.inputs) {
      continue;
    }
    entry.reason = reason;
    Add(call, Layer::kComputed, std::move(entry), view);
    ++added;
  }
  return added;
}

}  // namespace

absl::Status Apply(db::Tx& tx, const Call& call, const v1::SetSelfScoresRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kUnit));
  RETURN_IF_ERROR(CheckSelfScoreWindow(call, view));
  ASSIGN_OR_RETURN(std::vector<SentScore> sent, ReadScores(view.scheme, request.scores()));
  size_t added = 0;
  for (SentScore& one : sent) {
    RETURN_IF_ERROR(ResolveFiles(tx, view, one.files, one.entry.evidence));
    one.entry.reason.clear();  // the appraiser's
    const LeafScores newest = NewestOf(one.entry.score.criterion, view.scores);
    const EntryRow* held = view.EntryOf(newest.self);
    if (held != nullptr && SameScore(*held, one.entry)) continue;
    Add(call, Layer::kSelf, std::move(one.entry), view);
    ++added;
  }
  return added == 0 ? absl::OkStatus() : Save(tx, call, view, Action::kSelfScore, added, "");
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::SubmitAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kUnit));
  RETURN_IF_ERROR(CheckSelfScoreWindow(call, view));
  std::vector<std::string> unscored;
  std::vector<std::string> unproved;
  for (const Leaf& leaf : view.scheme.leaves()) {
    if (leaf.rule->automatic) continue;
    const EntryRow* self = view.EntryOf(view.Newest(leaf).self);
    if (self == nullptr) {
      unscored.push_back(leaf.code);
    } else if (LacksProof(leaf, self->score, !self->evidence.empty() || !self->note.empty())) {
      unproved.push_back(leaf.code);
    }
  }
  RETURN_IF_ERROR(Missing("SELF_SCORES_MISSING", unscored, "Còn tiêu chí chưa tự chấm",
                          "Criteria not yet self-scored"));
  RETURN_IF_ERROR(Missing("EVIDENCE_REQUIRED", unproved,
                          "Tiêu chí tự chấm có điểm phải có tài liệu kiểm chứng hoặc giải trình",
                          "A self-score above 0 needs evidence or an explanation"));
  ASSIGN_OR_RETURN(const size_t added, Compute(tx, call, "", view));
  view.row.returned = false;
  view.row.submitted_by = call.principal().subject;
  return SaveState(tx, call, view, Action::kSubmit, added, "");
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::ComputeAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckReason(request.reason(), "reason", true));
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  RETURN_IF_ERROR(CheckAppraisalWindow(call, view));
  ASSIGN_OR_RETURN(const size_t added, Compute(tx, call, request.reason(), view));
  return added == 0 ? absl::OkStatus()
                    : Save(tx, call, view, Action::kCompute, added, request.reason());
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::AppraiseAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  RETURN_IF_ERROR(CheckAppraisalWindow(call, view));
  ASSIGN_OR_RETURN(std::vector<SentScore> sent, ReadScores(view.scheme, request.scores()));
  std::vector<platform::FieldViolation> unexplained;
  for (size_t i = 0; i < sent.size(); ++i) {
    SentScore& one = sent[i];
    RETURN_IF_ERROR(ResolveFiles(tx, view, one.files, one.entry.evidence));
    const Score& score = one.entry.score;
    const Leaf& leaf = *view.scheme.Find(score.criterion);
    if (one.entry.reason.empty() &&
        NeedsReason(leaf, view.Newest(leaf), score.status, score.points)) {
      unexplained.push_back(
          {absl::StrCat("scores[", i, "].reason"),
           "REASON_REQUIRED",
           {"Điểm thẩm định khác điểm tự chấm hoặc điểm tính từ số liệu thì phải nêu lý do",
            "An appraisal that differs from the self-score or the computed points needs a "
            "reason"}});
    }
  }
  if (!unexplained.empty()) return platform::InvalidFields(std::move(unexplained));
  for (SentScore& one : sent) Add(call, Layer::kAppraised, std::move(one.entry), view);
  return Save(tx, call, view, Action::kAppraise, sent.size(), "");
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::CompleteAppraisalRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  RETURN_IF_ERROR(CheckAppraisalWindow(call, view));
  std::vector<std::string> unscored;
  for (const Leaf& leaf : view.scheme.leaves()) {
    const Score* counting = Counting(leaf, view.Newest(leaf));
    if (counting == nullptr || counting->status == ScoreStatus::kNotYetScored) {
      unscored.push_back(leaf.code);
    }
  }
  RETURN_IF_ERROR(Missing("CRITERIA_NOT_SCORED", unscored, "Còn tiêu chí chưa chấm",
                          "Criteria not yet scored"));
  return SaveState(tx, call, view, Action::kCompleteAppraisal, 0, "");
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::ReturnAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckReason(request.reason(), "reason", true));
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  // What was explained is answered whenever; so is what is given back to be answered anew.
  if (view.row.state != State::kReappraised) RETURN_IF_ERROR(CheckAppraisalWindow(call, view));
  view.row.returned = view.row.state == State::kSubmitted;
  return SaveState(tx, call, view, Action::kReturn, 0, request.reason());
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::FinaliseAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  if (view.row.state == State::kAppraised &&
      WaitsForExplanation(view.round.windows, view.ExplainableLeaves(), call.business_today())) {
    return ExplanationOpen(view);
  }
  std::vector<EntryRow> finals;
  for (const Leaf& leaf : view.scheme.leaves()) {
    const LeafScores newest = view.Newest(leaf);
    const Score* counting = Counting(leaf, newest);
    if (counting == nullptr || counting->status == ScoreStatus::kNotYetScored) {
      return platform::Internal("an appraised assessment has a leaf without points");
    }
    EntryRow entry;
    entry.score = *counting;
    for (const EntryRow* source : {view.EntryOf(newest.self), view.EntryOf(newest.appraised),
                                   view.EntryOf(newest.reappraised)}) {
      if (source == nullptr) continue;
      entry.evidence.insert(entry.evidence.end(), source->evidence.begin(), source->evidence.end());
    }
    entry.reason = view.EntryOf(counting)->reason;
    finals.push_back(std::move(entry));
  }
  const size_t added = finals.size();
  for (EntryRow& entry : finals) Add(call, Layer::kFinal, std::move(entry), view);
  return SaveState(tx, call, view, Action::kFinalise, added, "");
}

}  // namespace thidua::scoring::assessments
