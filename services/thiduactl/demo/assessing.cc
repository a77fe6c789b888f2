// One unit's assessment from its self-score to its final points.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/rounds.h"

namespace thidua::ctl::demo {
namespace {

// `percent` of the maximum, to a hundredth of a point.
std::string Points(const Manual& criterion, int percent) {
  return absl::StrFormat("%.2f", std::floor(criterion.max_points * percent + 0.5) / 100);
}

// What somebody finds a criterion worth who gives `percent` of the maximum of the ordinary ones.
json Score(const Round& round, const Participant& unit, const Manual& criterion, int percent) {
  const YearOfUnit& year = unit.In(round.year);
  json score = {{"criterion", criterion.code}, {"status", "SCORE_STATUS_SCORED"}};
  if (criterion.field_kind == "CRITERIA_FIELD_KIND_BONUS") {
    score["points"] = year.new_model;
  } else if (criterion.field_kind == "CRITERIA_FIELD_KIND_DEDUCTION") {
    score["points"] = year.criticised;
  } else if (criterion.may_be_not_applicable && !year.issues_documents) {
    score["status"] = "SCORE_STATUS_NOT_APPLICABLE";
    score["note"] = "Trong năm đơn vị không được giao ban hành văn bản";
  } else {
    score["points"] = Points(criterion, percent);
  }
  return score;
}

bool IsOrdinary(const json& score, const Manual& criterion) {
  return criterion.field_kind.empty() && score["status"] == "SCORE_STATUS_SCORED";
}

// Who leads the field appraises it; where that is the unit itself, the district's appraiser.
std::string AppraiserOf(const Round& round, const Participant& unit, const std::string& field) {
  if (!round.HasLeads()) return kAppraiser;
  for (const FieldLead& lead : FieldLeads()) {
    if (field == lead.field && unit.code != std::string(lead.room)) return lead.appraiser;
  }
  return kAppraiser;
}

// The commune that came last is looked at by all five rooms: two of them confirm what was computed
// from the data, where it has no points.
void AddConfirmations(const Round& round, const Participant& unit,
                      std::map<std::string, json>& by_appraiser) {
  if (!round.HasExplanation() || unit.code != std::string("H00.20.15")) return;
  for (const auto& [field, criterion] :
       std::map<std::string, std::string>{{"3", "3.4"}, {"7", "7.1"}}) {
    by_appraiser[AppraiserOf(round, unit, field)].push_back(
        {{"criterion", criterion},
         {"status", "SCORE_STATUS_SCORED"},
         {"points", "0"},
         {"reason", "Đã đối chiếu với hồ sơ lưu tại đơn vị"}});
  }
}

}  // namespace

absl::StatusOr<json> Move(Stage& stage, const Round& round, Assessment& assessment,
                          const std::string& what, const std::string& staff,
                          const std::string& method, json request) {
  request["name"] = assessment.name;
  request["etag"] = assessment.etag;
  ASSIGN_OR_RETURN(
      const json state,
      stage.Act(
          absl::StrCat(ActOf(round, absl::StrCat("assess-", assessment.unit.code)), "-", what),
          staff, kAssessments + method, std::move(request)));
  assessment.etag = state["etag"].get<std::string>();
  return state;
}

absl::Status SelfScore(Stage& stage, const Round& round, Assessment& assessment) {
  const Participant& unit = assessment.unit;
  const std::string act = ActOf(round, absl::StrCat("assess-", unit.code));
  ASSIGN_OR_RETURN(const std::string file,
                   stage.Upload(act + "-evidence", "scoring", unit.officer, stage.Unit(unit.code),
                                "minh-chung.pdf", absl::StrCat("Minh chung ", unit.code)));
  // A unit thinks a little better of itself than its appraiser does.
  const int percent = std::min(100, unit.In(round.year).quality_percent + 3);
  json scores = json::array();
  for (const Manual& criterion : round.manual) {
    json score = Score(round, unit, criterion, percent);
    score["evidence"] = json::array({{{"file", file}, {"pages", "1"}}});
    if (!score.contains("note")) score["note"] = "Minh chứng: " + criterion.title;
    scores.push_back(score);
  }
  RETURN_IF_ERROR(
      Move(stage, round, assessment, "self", unit.officer, "SetSelfScores", {{"scores", scores}})
          .status());
  return Move(stage, round, assessment, "submit", unit.officer, "SubmitAssessment", json::object())
      .status();
}

absl::Status Appraise(Stage& stage, const Round& round, Assessment& assessment) {
  const Participant& unit = assessment.unit;
  RETURN_IF_ERROR(Move(stage, round, assessment, "compute", kAppraiser, "ComputeAssessment",
                       {{"reason", "Đối chiếu số liệu trước khi thẩm định"}})
                      .status());
  const int percent = unit.In(round.year).quality_percent;
  std::map<std::string, json> by_appraiser;
  for (const Manual& criterion : round.manual) {
    json score = Score(round, unit, criterion, percent);
    score.erase("note");
    if (percent < 100 && IsOrdinary(score, criterion)) {
      score["reason"] = "Minh chứng chưa đủ cho mức tự chấm";
    }
    by_appraiser[AppraiserOf(round, unit, criterion.field)].push_back(score);
  }
  AddConfirmations(round, unit, by_appraiser);
  for (const auto& [appraiser, scores] : by_appraiser) {
    RETURN_IF_ERROR(Move(stage, round, assessment, "appraise-" + appraiser, appraiser,
                         "AppraiseAssessment", {{"scores", scores}})
                        .status());
  }
  return absl::OkStatus();
}

absl::Status CompleteAppraisal(Stage& stage, const Round& round, Assessment& assessment) {
  return Move(stage, round, assessment, "appraised", kAppraiser, "CompleteAppraisal",
              json::object())
      .status();
}

absl::Status Finalise(Stage& stage, const Round& round, Assessment& assessment) {
  return Move(stage, round, assessment, "finalise", "KN-UBH-01", "FinaliseAssessment",
              json::object())
      .status();
}

absl::Status ShowWaiting(Stage& stage, const Round& round) {
  ASSIGN_OR_RETURN(const json missing,
                   stage.Read("KN-PNV-01", absl::StrCat(kAssessments, "ListMissingSubmissions"),
                              {{"round", round.name}, {"page_size", 100}}));
  std::vector<std::string> names;
  for (const json& one : missing["submissions"]) {
    names.push_back(one["unit_name"].get<std::string>() + " (hạn " +
                    one["due_date"].get<std::string>() + ")");
  }
  stage.Say(absl::StrCat("chưa nộp bản tự chấm: ", missing["missing_total"].get<int>(), "/",
                         missing["units_total"].get<int>(), " đơn vị",
                         names.empty() ? "" : " — " + absl::StrJoin(names, ", ")));
  for (const auto& [staff, room] :
       {std::pair(kAppraiser, "Phòng Nội vụ"), {"KN-TCKH-05", "Phòng Tài chính - Kế hoạch"}}) {
    ASSIGN_OR_RETURN(const json tasks,
                     stage.Read(staff, absl::StrCat(kAssessments, "ListAssessmentTasks"),
                                {{"round", round.name},
                                 {"kind", "ASSESSMENT_TASK_KIND_APPRAISE"},
                                 {"page_size", 100}}));
    stage.Say(absl::StrCat("chờ ", room, " thẩm định: ", tasks["tasks"].size(), " bản"));
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
