#include "scoring/assessments/moves.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/convert.h"
#include "scoring/assessments/events.h"
#include "scoring/assessments/metrics.h"
#include "scoring/assessments/validate.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Leaf;
using criteria::LeafScore;
using criteria::ScoreStatus;

absl::Status WrongState(State state) {
  const std::string moves = absl::StrJoin(LegalMoves(state), ", ");
  return platform::FailedPrecondition(
      "ASSESSMENT_WRONG_STATE",
      {absl::StrCat("Bản đánh giá ", VietnameseName(state), " (", Name(state),
                    "); thao tác hợp lệ: ", moves.empty() ? "không còn" : moves),
       absl::StrCat("The assessment is ", Name(state),
                    "; legal moves: ", moves.empty() ? "none" : moves)},
      {{"state", Name(state)}, {"legal_moves", moves}});
}

absl::Status OutsideWindow(const char* vi, const char* en, absl::CivilDay first,
                           absl::CivilDay last) {
  return platform::FailedPrecondition(
      "OUTSIDE_WINDOW",
      {absl::StrCat("Ngoài thời gian ", vi, ": ", platform::FormatDateVi(first), " – ",
                    platform::FormatDateVi(last)),
       absl::StrCat("Outside the time of ", en, ": ", platform::FormatDate(first), " to ",
                    platform::FormatDate(last))},
      {{"first_day", platform::FormatDate(first)}, {"last_day", platform::FormatDate(last)}});
}

absl::Status CheckSelfScoreWindow(const Call& call, const View& view) {
  const Windows& windows = view.round.windows;
  if (MaySelfScore(windows, view.row.returned, call.business_today())) return absl::OkStatus();
  return OutsideWindow("tự chấm điểm", "self-scoring", windows.self_score_start,
                       view.row.returned ? windows.appraisal_end : windows.self_score_end);
}

absl::Status CheckAppraisalWindow(const Call& call, const View& view) {
  const Windows& windows = view.round.windows;
  if (MayAppraise(windows, call.business_today())) return absl::OkStatus();
  return OutsideWindow("thẩm định", "the appraisal", windows.appraisal_start,
                       windows.appraisal_end);
}

absl::Status CheckSeparation(db::Tx& tx, const Call& call, const View& view, Side side) {
  // One after the other for a unit, for it may stand in several rounds of the year.
  ASSIGN_OR_RETURN(const bool known, units::Projection::Lock(tx, view.row.unit_id));
  if (!known) return platform::Internal("an assessment of a unit that is not known");
  ASSIGN_OR_RETURN(const Duties earlier, Store::DutiesOf(tx, view.row.unit_id, view.round.year,
                                                         call.principal().subject));
  if (MayActOn(side, earlier)) return absl::OkStatus();
  const platform::Text text =
      side == Side::kUnit
          ? platform::Text{"Người đã thẩm định, trả lại hoặc chốt điểm của đơn vị không được tự "
                            "chấm hay nộp thay đơn vị đó",
                            "Who appraised, returned or finalised the unit cannot score or submit "
                            "for it"}
          : platform::Text{
                "Người tự chấm điểm của đơn vị không được thẩm định hoặc chốt điểm của chính đơn "
                "vị đó",
                "Who scored the unit itself cannot appraise or finalise the same unit"};
  return platform::PermissionDenied("SEPARATION_OF_DUTIES", text,
                                    {{"unit", platform::NameOf("units", view.row.unit_id)}});
}

// Gives the entry its place, maker and time, and adds it to the view.
void Add(const Call& call, Layer layer, EntryRow entry, View& view) {
  entry.score.entry = ++view.row.last_entry;
  entry.score.layer = layer;
  entry.actor = call.principal().subject;
  entry.created_at = call.machine_now();
  entry.business_date = call.business_today();
  view.scores.push_back(entry.score);
  view.entries.push_back(std::move(entry));
}

// Writes the view's row and its newest `added` entries.
absl::Status Save(db::Tx& tx, const Call& call, View& view, Action action, size_t added,
                  const std::string& reason) {
  ++view.row.row_version;
  view.row.updated_at = call.machine_now();
  RETURN_IF_ERROR(Store::Update(tx, view.row));
  const auto first = view.entries.end() - static_cast<std::ptrdiff_t>(added);
  RETURN_IF_ERROR(Store::InsertEntries(tx, view.row.id, {first, view.entries.end()}));
  RETURN_IF_ERROR(Store::AddDuty(tx, view.row.id, call.principal().subject, SideOf(action)));
  return AppendScores(tx, call, view, added, reason);
}

absl::Status SaveState(db::Tx& tx, const Call& call, View& view, Action action, size_t added,
                       const std::string& reason) {
  const State before = view.row.state;
  view.row.state = After(before, action).value_or(before);
  RETURN_IF_ERROR(Save(tx, call, view, action, added, reason));
  return AppendStateChange(tx, call, view, before, reason);
}

absl::Status ResolveFiles(db::Tx& tx, const View& view, SentScore& sent) {
  for (const SentScore::File& file : sent.files) {
    ASSIGN_OR_RETURN(const common::v1::File found,
                     files::RequireComplete(tx, file.name, view.row.unit_id, file.field));
    ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(found.name(), "files", file.field));
    sent.entry.evidence.push_back({id, found.file_name(), file.pages, found.sha256()});
  }
  return absl::OkStatus();
}

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
                                 view.round.period_end, call.business_today()}));
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

absl::Status Missing(std::string_view reason, const std::vector<std::string>& codes,
                     const std::string& vi, const std::string& en) {
  if (codes.empty()) return absl::OkStatus();
  const std::string list = absl::StrJoin(codes, ", ");
  return platform::FailedPrecondition(reason, {vi + ": " + list, en + ": " + list},
                                      {{"criteria", list}});
}

}  // namespace

absl::StatusOr<View> Begin(db::Tx& tx, const std::string& assessment_id, const std::string& etag,
                           Action action) {
  ASSIGN_OR_RETURN(View view, LockView(tx, assessment_id));
  if (!After(view.row.state, action).has_value()) return WrongState(view.row.state);
  RETURN_IF_ERROR(platform::CheckEtag(etag, view.row.row_version));
  return view;
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::SetSelfScoresRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kUnit));
  RETURN_IF_ERROR(CheckSelfScoreWindow(call, view));
  ASSIGN_OR_RETURN(std::vector<SentScore> sent, ReadScores(view.scheme, request.scores()));
  size_t added = 0;
  for (SentScore& one : sent) {
    RETURN_IF_ERROR(ResolveFiles(tx, view, one));
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
    RETURN_IF_ERROR(ResolveFiles(tx, view, one));
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
  RETURN_IF_ERROR(CheckAppraisalWindow(call, view));
  view.row.returned = view.row.state == State::kSubmitted;
  return SaveState(tx, call, view, Action::kReturn, 0, request.reason());
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::FinaliseAssessmentRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  std::vector<EntryRow> finals;
  for (const Leaf& leaf : view.scheme.leaves()) {
    const LeafScores newest = view.Newest(leaf);
    const Score* counting = Counting(leaf, newest);
    if (counting == nullptr || counting->status == ScoreStatus::kNotYetScored) {
      return platform::Internal("an appraised assessment has a leaf without points");
    }
    EntryRow entry;
    entry.score = *counting;
    for (const EntryRow* source : {view.EntryOf(newest.self), view.EntryOf(newest.appraised)}) {
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
