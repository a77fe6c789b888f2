// Steps 3, 6 and 7: a round, points, a ranking and its publication for each block, and a
// correction.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/rounds.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

absl::Status CheckReplay(Stage& stage, const std::string& publication) {
  ASSIGN_OR_RETURN(const json replay, stage.Read("", "scoring.v1.RankingService/ReplayRanking",
                                                 {{"name", publication}}));
  if (replay["published_sha256"] != replay["recomputed_sha256"]) {
    return absl::InternalError("tính lại ra kết quả khác bản công bố");
  }
  stage.Say("SHA-256 " + replay["published_sha256"].get<std::string>() + ", tính lại khớp");
  return absl::OkStatus();
}

void ShowRanks(Stage& stage, const json& publication) {
  for (const json& entry : publication["entries"]) {
    if (entry["rank"] == 0) {
      stage.Say(" –. " + entry["unit_name"].get<std::string>() + "  chưa xếp hạng");
      continue;
    }
    const int change = entry["rank_change"].get<int>();
    stage.Say(absl::StrFormat(
        "%2d. %s  %s%%  %s%s", entry["rank"].get<int>(), entry["unit_name"].get<std::string>(),
        entry["index_percent"].get<std::string>(), entry["band"].get<std::string>(),
        change == 0 ? "" : absl::StrFormat("  (%+d bậc so với năm trước)", change)));
  }
}

// The survey did not reach this room, so nothing is known of what it asks, and its points cannot be
// final.
bool IsLeftOut(const Round& round, const Participant& unit) {
  return round.year == 2023 && unit.code == std::string("H00.20.02");
}

absl::Status MustNotComplete(Stage& stage, const Assessment& assessment) {
  // A repeated run finds it final.
  ASSIGN_OR_RETURN(const json now,
                   stage.Read(kAppraiser, absl::StrCat(kAssessments, "GetAssessment"),
                              {{"name", assessment.name}}));
  if (now["state"] != "ASSESSMENT_STATE_SUBMITTED") return absl::OkStatus();
  return stage.MustRefuse("CRITERIA_NOT_SCORED", kAppraiser,
                          absl::StrCat(kAssessments, "CompleteAppraisal"),
                          {{"name", assessment.name}, {"etag", now["etag"]}});
}

// A room that does not lead a field does not appraise it.
absl::Status MustNotAppraise(Stage& stage, const Assessment& assessment) {
  ASSIGN_OR_RETURN(const json now,
                   stage.Read(kAppraiser, absl::StrCat(kAssessments, "GetAssessment"),
                              {{"name", assessment.name}}));
  if (now["state"] != "ASSESSMENT_STATE_SUBMITTED") return absl::OkStatus();
  return stage.MustRefuse(
      "NOT_FIELD_LEAD", "KN-TP-05", absl::StrCat(kAssessments, "AppraiseAssessment"),
      {{"name", assessment.name},
       {"etag", now["etag"]},
       {"scores",
        json::array(
            {{{"criterion", "6.1"}, {"status", "SCORE_STATUS_SCORED"}, {"points", "8"}}})}});
}

// All assessments up to the end of the appraisal.
absl::Status Assess(Stage& stage, Round& round) {
  RETURN_IF_ERROR(OpenRound(stage, round));
  for (Assessment& one : round.assessments) {
    // All but one have handed in.
    if (round.HasLeads() && &one == &round.assessments.back()) {
      RETURN_IF_ERROR(ShowWaiting(stage, round));
    }
    RETURN_IF_ERROR(SelfScore(stage, round, one));
  }
  if (round.HasLeads()) RETURN_IF_ERROR(MustNotAppraise(stage, round.assessments.front()));
  for (Assessment& one : round.assessments) {
    RETURN_IF_ERROR(Appraise(stage, round, one));
    RETURN_IF_ERROR(IsLeftOut(round, one.unit) ? MustNotComplete(stage, one)
                                               : CompleteAppraisal(stage, round, one));
  }
  stage.Say(absl::StrCat("khối ", round.block.title, " năm ", round.year, ": ",
                         round.block.units.size(), " đơn vị tự chấm → nộp → người khác thẩm định"));
  return absl::OkStatus();
}

// What was found becomes final, and the ranking is computed but not published yet.
absl::StatusOr<json> Rank(Stage& stage, Round& round) {
  for (Assessment& one : round.assessments) {
    if (!IsLeftOut(round, one.unit)) RETURN_IF_ERROR(Finalise(stage, round, one));
  }
  return stage.Act(ActOf(round, "ranking"), "KN-PNV-01", "scoring.v1.RankingService/ComputeRanking",
                   {{"round", round.name}});
}

// `correction` holds what a correction says besides.
absl::StatusOr<std::string> Publish(Stage& stage, const Round& round, const std::string& act,
                                    const json& ranking, const json& correction) {
  json request = {{"name", ranking["name"]},
                  {"etag", ranking["etag"]},
                  {"title", absl::StrCat("Kết quả cải cách hành chính ", round.block.title,
                                         " huyện Krông Nô năm ", round.year,
                                         correction.empty() ? "" : " (đính chính)")}};
  request.update(correction);
  ASSIGN_OR_RETURN(
      const json publication,
      stage.Act(act, "KN-UBH-01", "scoring.v1.RankingService/PublishRanking", request));
  stage.Say(publication["title"].get<std::string>() + ":");
  ShowRanks(stage, publication);
  const std::string name = publication["name"].get<std::string>();
  RETURN_IF_ERROR(CheckReplay(stage, name));
  return name;
}

absl::StatusOr<std::string> PublishFirst(Stage& stage, const Round& round, const json& ranking) {
  return Publish(stage, round, ActOf(round, "publish"), ranking, json::object());
}

// The room that the survey had left out is asked, scored and ranked: a new publication takes the
// place of the first, which stays to be read.
absl::Status Correct(Stage& stage, Round& round, std::string& publication) {
  RETURN_IF_ERROR(stage.MoveTime("2024-02-16"));
  RETURN_IF_ERROR(CorrectSurvey(stage));
  Assessment& late = round.Of("H00.20.02");
  RETURN_IF_ERROR(Move(stage, round, late, "compute-again", kAppraiser, "ComputeAssessment",
                       {{"reason", "Đã có kết quả điều tra bổ sung"}})
                      .status());
  RETURN_IF_ERROR(CompleteAppraisal(stage, round, late));
  RETURN_IF_ERROR(Finalise(stage, round, late));
  ASSIGN_OR_RETURN(const json ranking,
                   stage.Act(ActOf(round, "ranking-again"), "KN-PNV-01",
                             "scoring.v1.RankingService/ComputeRanking", {{"round", round.name}}));
  const json correction = {
      {"corrects", publication},
      {"correction_reason",
       "Bổ sung kết quả của Văn phòng HĐND và UBND huyện sau khi có điều tra bổ sung; thứ hạng của "
       "các phòng xếp sau thay đổi theo"},
      {"correction_basis",
       {{"number", "120/QĐ-UBND (trình diễn)"},
        {"issue_date", "2024-02-16"},
        {"issuer", "UBND huyện Krông Nô"},
        {"subject", "Đính chính kết quả cải cách hành chính các phòng năm 2023"}}}};
  ASSIGN_OR_RETURN(publication,
                   Publish(stage, round, ActOf(round, "publish-correction"), ranking, correction));
  return absl::OkStatus();
}

}  // namespace

absl::Status ScoreYearBefore(Stage& stage) {
  stage.Title(3, "Năm 2022: hồ sơ, chấm điểm và xếp hạng hai khối");
  RETURN_IF_ERROR(stage.MoveTime("2023-02-01"));
  RETURN_IF_ERROR(PushDossiersOf(stage, 2022, /*twice=*/false));
  Round communes = {Communes(), 2022, ""};
  Round rooms = {Rooms(), 2022, ""};
  RETURN_IF_ERROR(Assess(stage, communes));
  RETURN_IF_ERROR(Assess(stage, rooms));
  ASSIGN_OR_RETURN(const json first, Rank(stage, communes));
  ASSIGN_OR_RETURN(const json second, Rank(stage, rooms));
  RETURN_IF_ERROR(stage.MoveTime("2023-02-15"));
  RETURN_IF_ERROR(PublishFirst(stage, communes, first).status());
  RETURN_IF_ERROR(PublishFirst(stage, rooms, second).status());
  return stage.CatchUp();
}

absl::Status PushDossiers2023(Stage& stage) {
  stage.Title(6, "Hồ sơ TTHC của năm 2023");
  return PushDossiersOf(stage, 2023, /*twice=*/true);
}

absl::Status ScoreAndPublish(Stage& stage) {
  stage.Title(7, "Chấm điểm, giải trình, xếp hạng, công bố, đính chính");
  RETURN_IF_ERROR(PlayInitiatives(stage));
  RETURN_IF_ERROR(PlayFigures(stage));
  Round communes = {Communes(), 2023, stage.child_plan};
  Round rooms = {Rooms(), 2023, stage.child_plan};
  RETURN_IF_ERROR(Assess(stage, communes));
  RETURN_IF_ERROR(Assess(stage, rooms));
  RETURN_IF_ERROR(stage.MoveTime("2024-02-05"));
  RETURN_IF_ERROR(ExplainAndAnswer(stage, communes));
  // The communes' time to explain is over.
  RETURN_IF_ERROR(stage.MoveTime("2024-02-08"));
  ASSIGN_OR_RETURN(const json first, Rank(stage, communes));
  ASSIGN_OR_RETURN(const json second, Rank(stage, rooms));
  RETURN_IF_ERROR(stage.MoveTime("2024-02-15"));
  ASSIGN_OR_RETURN(stage.publications["xa"], PublishFirst(stage, communes, first));
  ASSIGN_OR_RETURN(stage.publications["phong"], PublishFirst(stage, rooms, second));
  ASSIGN_OR_RETURN(const json why, stage.Read("", "scoring.v1.RankingService/ExplainRank",
                                              {{"publication", stage.publications.at("xa")},
                                               {"unit", stage.Unit("H00.20.12")}}));
  stage.Say("Vì sao UBND xã Đắk Drô có thứ hạng này:");
  for (const json& line : why["lines_vi"]) stage.Say("  " + line.get<std::string>());
  RETURN_IF_ERROR(Correct(stage, rooms, stage.publications.at("phong")));
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
