// The moves of the explanation round: explain, hand in, answer, complete.
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/events.h"
#include "scoring/assessments/move_steps.h"
#include "scoring/assessments/moves.h"
#include "scoring/assessments/validate.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Leaf;

bool SameExplanation(const ExplanationRow& a, const ExplanationRow& b) {
  return a.text == b.text && a.evidence == b.evidence;
}

std::vector<std::string> AppraisersOf(const View& view, const Leaf& leaf) {
  std::vector<std::string> actors;
  for (const EntryRow& entry : view.entries) {
    if (entry.score.layer == Layer::kAppraised && entry.score.criterion == leaf.code) {
      actors.push_back(entry.actor);
    }
  }
  return actors;
}

// The leaf's answer as a score entry; a violation when there is nothing to answer or the answer
// contradicts itself.
void Answer(const View& view, const SentAnswer& sent, const std::string& path,
            std::vector<EntryRow>& entries, std::vector<platform::FieldViolation>& violations) {
  const Leaf& leaf = *view.scheme.Find(sent.score.criterion);
  const ExplanationRow* standing = view.StandingOf(leaf);
  if (standing == nullptr) {
    violations.push_back({path + ".criterion",
                          "NOT_EXPLAINED",
                          {"Đơn vị không giải trình tiêu chí này",
                           "The unit has handed in no explanation of this criterion"}});
    return;
  }
  const Score& contested = *Contested(leaf, view.Newest(leaf));
  EntryRow& entry = entries.emplace_back();
  entry.reason = sent.reason;
  if (!sent.accepted) {
    entry.score = contested;
    return;
  }
  entry.score = sent.score;
  entry.evidence = standing->evidence;
  if (SamePoints(sent.score, contested)) {
    violations.push_back({path + ".points",
                          "ANSWER_CHANGES_NOTHING",
                          {"Chấp nhận giải trình thì điểm phải khác kết quả thẩm định",
                           "An explanation that is accepted changes what was appraised"}});
  }
}

}  // namespace

absl::Status Apply(db::Tx& tx, const Call& call, const v1::ExplainAppraisalRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kUnit));
  RETURN_IF_ERROR(CheckExplanationWindow(call, view));
  ASSIGN_OR_RETURN(std::vector<SentExplanation> sent,
                   ReadExplanations(view.scheme, request.explanations()));
  std::vector<platform::FieldViolation> violations;
  std::vector<ExplanationRow> added;
  int last = view.explained.empty() ? 0 : view.explained.back().item;
  for (size_t i = 0; i < sent.size(); ++i) {
    const Leaf& leaf = *view.scheme.Find(sent[i].criterion);
    if (!Explainable(leaf, view.Newest(leaf))) {
      violations.push_back({absl::StrCat("explanations[", i, "].criterion"),
                            "NOT_EXPLAINABLE",
                            {"Kết quả thẩm định tiêu chí này không khác điểm tự chấm",
                             "What was appraised does not differ from what the unit gave itself"}});
      continue;
    }
    ExplanationRow row;
    RETURN_IF_ERROR(ResolveFiles(tx, view, sent[i].files, row.evidence));
    row.text = std::move(sent[i].text);
    const ExplanationRow* standing = view.StandingOf(leaf);
    if (standing != nullptr && SameExplanation(*standing, row)) continue;
    row.what = {++last, leaf.code, Contested(leaf, view.Newest(leaf))->entry};
    row.actor = call.principal().subject;
    row.created_at = call.machine_now();
    row.business_date = call.business_today();
    added.push_back(std::move(row));
  }
  if (!violations.empty()) return platform::InvalidFields(std::move(violations));
  if (added.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(ExplanationStore::Insert(tx, view.row.id, added));
  const size_t count = added.size();
  for (ExplanationRow& row : added) {
    view.explained.push_back(row.what);
    view.explanations.push_back(std::move(row));
  }
  RETURN_IF_ERROR(Save(tx, call, view, Action::kExplain, 0, ""));
  return AppendExplanations(tx, call, view, count);
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::SubmitExplanationRequest&, View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kUnit));
  RETURN_IF_ERROR(CheckExplanationWindow(call, view));
  for (const Leaf& leaf : view.scheme.leaves()) {
    if (view.StandingOf(leaf) == nullptr) continue;
    return SaveState(tx, call, view, Action::kSubmitExplanation, 0, "");
  }
  return platform::FailedPrecondition(
      "NOTHING_EXPLAINED", {"Chưa giải trình tiêu chí nào", "No criterion has been explained yet"});
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::AnswerExplanationRequest& request,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  ASSIGN_OR_RETURN(const std::vector<SentAnswer> sent, ReadAnswers(view.scheme, request.answers()));
  std::vector<EntryRow> entries;
  std::vector<platform::FieldViolation> violations;
  for (size_t i = 0; i < sent.size(); ++i) {
    const Leaf& leaf = *view.scheme.Find(sent[i].score.criterion);
    if (!MayAnswer(AppraisersOf(view, leaf), call.principal().subject)) {
      return platform::PermissionDenied(
          "SEPARATION_OF_DUTIES",
          {"Người đã thẩm định tiêu chí không được trả lời giải trình của chính tiêu chí đó",
           "Who appraised a criterion does not answer its explanation"},
          {{"unit", platform::NameOf("units", view.row.unit_id)}, {"criterion", leaf.code}});
    }
    Answer(view, sent[i], absl::StrCat("answers[", i, "]"), entries, violations);
  }
  if (!violations.empty()) return platform::InvalidFields(std::move(violations));
  const size_t added = entries.size();
  for (EntryRow& entry : entries) Add(call, Layer::kReappraised, std::move(entry), view);
  return Save(tx, call, view, Action::kAnswer, added, "");
}

absl::Status Apply(db::Tx& tx, const Call& call, const v1::CompleteSecondAppraisalRequest&,
                   View& view) {
  RETURN_IF_ERROR(CheckSeparation(tx, call, view, Side::kJudge));
  std::vector<std::string> open;
  for (const Leaf& leaf : view.scheme.leaves()) {
    const ExplanationRow* standing = view.StandingOf(leaf);
    if (standing != nullptr &&
        OutcomeOf(leaf, view.Newest(leaf), view.explained, standing->what) == Outcome::kOpen) {
      open.push_back(leaf.code);
    }
  }
  RETURN_IF_ERROR(Missing("EXPLANATIONS_UNANSWERED", open, "Còn giải trình chưa trả lời",
                          "Explanations not yet answered"));
  return SaveState(tx, call, view, Action::kCompleteSecondAppraisal, 0, "");
}

}  // namespace thidua::scoring::assessments
