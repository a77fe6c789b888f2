#include "scoring/assessments/move_steps.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/events.h"

namespace thidua::scoring::assessments {
namespace {

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

}  // namespace

absl::StatusOr<View> Begin(db::Tx& tx, const std::string& assessment_id, const std::string& etag,
                           Action action) {
  ASSIGN_OR_RETURN(View view, LockView(tx, assessment_id));
  if (!After(view.row.state, action).has_value()) return WrongState(view.row.state);
  RETURN_IF_ERROR(platform::CheckEtag(etag, view.row.row_version));
  return view;
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

absl::Status CheckExplanationWindow(const Call& call, const View& view) {
  const Windows& windows = view.round.windows;
  if (!windows.explanation.has_value()) {
    return platform::FailedPrecondition(
        "NO_EXPLANATION_ROUND",
        {"Đợt đánh giá này không có bước giải trình", "This round has no explanation"});
  }
  if (MayExplain(windows, call.business_today())) return absl::OkStatus();
  return OutsideWindow("giải trình", "the explanation", windows.explanation->first,
                       windows.explanation->last);
}

absl::Status ExplanationOpen(const View& view) {
  const absl::CivilDay last = view.round.windows.explanation->last;
  return platform::FailedPrecondition(
      "EXPLANATION_OPEN",
      {absl::StrCat("Đơn vị còn được giải trình đến hết ngày ", platform::FormatDateVi(last),
                    "; chưa thể chốt điểm"),
       absl::StrCat("The unit may explain until ", platform::FormatDate(last),
                    "; the points cannot be final before")},
      {{"last_day", platform::FormatDate(last)}});
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
                            "chấm, giải trình hay nộp thay đơn vị đó",
                            "Who appraised, returned or finalised the unit cannot score, explain "
                            "or submit for it"}
          : platform::Text{
                "Người tự chấm điểm của đơn vị không được thẩm định hoặc chốt điểm của chính đơn "
                "vị đó",
                "Who scored the unit itself cannot appraise or finalise the same unit"};
  return platform::PermissionDenied("SEPARATION_OF_DUTIES", text,
                                    {{"unit", platform::NameOf("units", view.row.unit_id)}});
}

void Add(const Call& call, Layer layer, EntryRow entry, View& view) {
  entry.score.entry = ++view.row.last_entry;
  entry.score.layer = layer;
  entry.actor = call.principal().subject;
  entry.created_at = call.machine_now();
  entry.business_date = call.business_today();
  view.scores.push_back(entry.score);
  view.entries.push_back(std::move(entry));
}

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
  const AssessmentRow before = view.row;
  view.row.state = After(before.state, action).value_or(before.state);
  view.row.state_date = call.business_today();
  RETURN_IF_ERROR(Save(tx, call, view, action, added, reason));
  return AppendStateChange(tx, call, view, before, reason);
}

absl::Status ResolveFiles(db::Tx& tx, const View& view, const std::vector<SentFile>& sent,
                          std::vector<EvidenceRow>& evidence) {
  for (const SentFile& file : sent) {
    ASSIGN_OR_RETURN(const common::v1::File found,
                     files::RequireComplete(tx, file.name, view.row.unit_id, file.field));
    ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(found.name(), "files", file.field));
    evidence.push_back({id, found.file_name(), file.pages, found.sha256()});
  }
  return absl::OkStatus();
}

absl::Status Missing(std::string_view reason, const std::vector<std::string>& codes,
                     const std::string& vi, const std::string& en) {
  if (codes.empty()) return absl::OkStatus();
  const std::string list = absl::StrJoin(codes, ", ");
  return platform::FailedPrecondition(reason, {vi + ": " + list, en + ": " + list},
                                      {{"criteria", list}});
}

}  // namespace thidua::scoring::assessments
