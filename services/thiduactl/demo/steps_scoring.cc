// Steps 3 and 7: a criteria set, a round, points, a ranking and its publication for each block.
#include <cmath>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kAssessments[] = "scoring.v1.AssessmentService/";

// What one round is made of.
struct Round {
  const Block& block;
  int year;
  std::string plan;  // "" when it stands alone
};

std::string ActOf(const Round& round, const std::string& what) {
  return absl::StrCat(what, "-", round.block.key, "-", round.year);
}

// A criterion whose points people give: code, title and maximum.
struct Manual {
  std::string code;
  std::string title;
  double max_points;
};

void CollectManual(const json& criteria, std::vector<Manual>& found) {
  for (const json& criterion : criteria) {
    if (criterion.contains("sub_criteria")) CollectManual(criterion["sub_criteria"], found);
    if (!criterion.contains("rule") || criterion["rule"]["type"] != "MANUAL") continue;
    found.push_back({criterion["code"].get<std::string>(), criterion["title"].get<std::string>(),
                     std::stod(criterion["max_points"].get<std::string>())});
  }
}

std::vector<Manual> ManualCriteria(const json& set) {
  std::vector<Manual> found;
  for (const json& field : set["fields"]) CollectManual(field["criteria"], found);
  return found;
}

// `percent` of the maximum, to a hundredth of a point.
std::string Points(const Manual& criterion, int percent) {
  return absl::StrFormat("%.2f", std::floor(criterion.max_points * percent + 0.5) / 100);
}

absl::StatusOr<json> SelfScores(Stage& stage, const Round& round, const Participant& unit,
                                const std::vector<Manual>& manual) {
  const std::string act = ActOf(round, std::string("assess-") + unit.code);
  ASSIGN_OR_RETURN(const std::string file,
                   stage.Upload(act + "-evidence", "scoring", unit.officer, stage.Unit(unit.code),
                                "minh-chung.pdf", absl::StrCat("Minh chung ", unit.code)));
  // A unit thinks a little better of itself than its appraiser does.
  const int percent = std::min(100, unit.In(round.year).quality_percent + 3);
  json scores = json::array();
  for (const Manual& criterion : manual) {
    scores.push_back({{"criterion", criterion.code},
                      {"status", "SCORE_STATUS_SCORED"},
                      {"points", Points(criterion, percent)},
                      {"evidence", json::array({{{"file", file}, {"pages", "1"}}})},
                      {"note", "Minh chứng: " + criterion.title}});
  }
  return scores;
}

json AppraisedScores(const Round& round, const Participant& unit,
                     const std::vector<Manual>& manual) {
  const int percent = unit.In(round.year).quality_percent;
  json scores = json::array();
  for (const Manual& criterion : manual) {
    json score = {{"criterion", criterion.code},
                  {"status", "SCORE_STATUS_SCORED"},
                  {"points", Points(criterion, percent)}};
    if (percent < 100) score["reason"] = "Minh chứng chưa đủ cho mức tự chấm";
    scores.push_back(score);
  }
  return scores;
}

// One unit from its self-score to its final points.
absl::Status Assess(Stage& stage, const Round& round, const Participant& unit,
                    const std::string& assessment, const std::vector<Manual>& manual) {
  const std::string act = ActOf(round, std::string("assess-") + unit.code);
  std::string etag = "\"1\"";
  const auto move = [&](const char* what, const std::string& staff, const std::string& method,
                        json request) -> absl::Status {
    request["name"] = assessment;
    request["etag"] = etag;
    ASSIGN_OR_RETURN(const json state, stage.Act(absl::StrCat(act, "-", what), staff,
                                                 kAssessments + method, std::move(request)));
    etag = state["etag"].get<std::string>();
    return absl::OkStatus();
  };
  ASSIGN_OR_RETURN(const json self, SelfScores(stage, round, unit, manual));
  RETURN_IF_ERROR(move("self", unit.officer, "SetSelfScores", {{"scores", self}}));
  RETURN_IF_ERROR(move("submit", unit.officer, "SubmitAssessment", json::object()));
  RETURN_IF_ERROR(move("compute", "KN-PNV-02", "ComputeAssessment",
                       {{"reason", "Đối chiếu số liệu trước khi thẩm định"}}));
  RETURN_IF_ERROR(move("appraise", "KN-PNV-02", "AppraiseAssessment",
                       {{"scores", AppraisedScores(round, unit, manual)}}));
  RETURN_IF_ERROR(move("appraised", "KN-PNV-02", "CompleteAppraisal", json::object()));
  return move("finalise", "KN-UBH-01", "FinaliseAssessment", json::object());
}

// The criteria set of the round, published; its definition is criteria/<block>-<year>.json.
absl::StatusOr<json> PublishSet(Stage& stage, const Round& round) {
  const std::string file = absl::StrCat("criteria/", round.block.key, "-", round.year, ".json");
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/" + file));
  json definition = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!definition.is_object()) return absl::InvalidArgumentError(file + " không phải JSON");
  definition["unit"] = stage.Unit("H00.20");
  ASSIGN_OR_RETURN(const json draft, stage.Act(ActOf(round, "criteria"), "KN-PNV-01",
                                               "scoring.v1.CriteriaService/CreateCriteriaSet",
                                               {{"criteria_set", definition}}));
  RETURN_IF_ERROR(stage
                      .Act(ActOf(round, "criteria-publish"), "KN-PNV-01",
                           "scoring.v1.CriteriaService/PublishCriteriaSet",
                           {{"name", draft["name"]}, {"etag", draft["etag"]}})
                      .status());
  definition["name"] = draft["name"];
  return definition;
}

// The round and "assessments/<id>" by unit.
absl::StatusOr<std::map<std::string, std::string>> OpenRound(Stage& stage, const Round& round,
                                                             const json& set, json& made) {
  json units = json::array();
  for (const Participant& unit : round.block.units) units.push_back(stage.Unit(unit.code));
  const auto day = [&](const char* month_day) {
    return absl::StrCat(round.year + 1, "-", month_day);
  };
  ASSIGN_OR_RETURN(
      made, stage.Act(ActOf(round, "round"), "KN-PNV-01",
                      std::string(kAssessments) + "CreateAssessmentRound",
                      {{"round",
                        {{"unit", stage.Unit("H00.20")},
                         {"title", absl::StrCat("Đánh giá cải cách hành chính ", round.block.title,
                                                " năm ", round.year)},
                         {"criteria_set", set["name"]},
                         {"plan", round.plan},
                         {"period_start", absl::StrCat(round.year, "-01-01")},
                         {"period_end", absl::StrCat(round.year, "-12-31")},
                         {"self_score_start", day("01-15")},
                         {"self_score_end", day("02-10")},
                         {"appraisal_start", day("02-01")},
                         {"appraisal_end", day("02-28")},
                         {"units", units}}}}));
  ASSIGN_OR_RETURN(const json list,
                   stage.Read("KN-PNV-02", std::string(kAssessments) + "ListAssessments",
                              {{"round", made["name"]}, {"page_size", 100}}));
  std::map<std::string, std::string> of_unit;
  for (const json& assessment : list["assessments"]) {
    of_unit[assessment["unit"].get<std::string>()] = assessment["name"].get<std::string>();
  }
  return of_unit;
}

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
    const int change = entry["rank_change"].get<int>();
    stage.Say(absl::StrFormat(
        "%2d. %s  %s%%  %s%s", entry["rank"].get<int>(), entry["unit_name"].get<std::string>(),
        entry["index_percent"].get<std::string>(), entry["band"].get<std::string>(),
        change == 0 ? "" : absl::StrFormat("  (%+d bậc so với năm trước)", change)));
  }
}

// All of a round up to its ranking, which is not published yet.
absl::StatusOr<json> Rank(Stage& stage, const Round& round) {
  ASSIGN_OR_RETURN(const json set, PublishSet(stage, round));
  json made;
  ASSIGN_OR_RETURN(const auto of_unit, OpenRound(stage, round, set, made));
  const std::vector<Manual> manual = ManualCriteria(set);
  for (const Participant& unit : round.block.units) {
    RETURN_IF_ERROR(Assess(stage, round, unit, of_unit.at(stage.Unit(unit.code)), manual));
  }
  stage.Say(absl::StrCat("khối ", round.block.title, " năm ", round.year, ": ",
                         round.block.units.size(),
                         " đơn vị tự chấm → nộp → người khác thẩm định → chốt điểm"));
  return stage.Act(ActOf(round, "ranking"), "KN-PNV-01", "scoring.v1.RankingService/ComputeRanking",
                   {{"round", made["name"]}});
}

absl::StatusOr<std::string> Publish(Stage& stage, const Round& round, const json& ranking) {
  ASSIGN_OR_RETURN(
      const json publication,
      stage.Act(ActOf(round, "publish"), "KN-UBH-01", "scoring.v1.RankingService/PublishRanking",
                {{"name", ranking["name"]},
                 {"etag", ranking["etag"]},
                 {"title", absl::StrCat("Kết quả cải cách hành chính ", round.block.title,
                                        " huyện Krông Nô năm ", round.year)}}));
  stage.Say(publication["title"].get<std::string>() + ":");
  ShowRanks(stage, publication);
  const std::string name = publication["name"].get<std::string>();
  RETURN_IF_ERROR(CheckReplay(stage, name));
  return name;
}

// Both blocks of a year, published on `day`.
absl::Status RankYear(Stage& stage, int year, const std::string& plan, const std::string& day,
                      std::map<std::string, std::string>& publications) {
  const Round communes = {Communes(), year, plan};
  const Round rooms = {Rooms(), year, plan};
  ASSIGN_OR_RETURN(const json first, Rank(stage, communes));
  ASSIGN_OR_RETURN(const json second, Rank(stage, rooms));
  RETURN_IF_ERROR(stage.MoveTime(day));
  ASSIGN_OR_RETURN(publications["xa"], Publish(stage, communes, first));
  ASSIGN_OR_RETURN(publications["phong"], Publish(stage, rooms, second));
  return stage.CatchUp();
}

}  // namespace

absl::Status ScoreYearBefore(Stage& stage) {
  stage.Title(3, "Năm 2022: hồ sơ, chấm điểm và xếp hạng hai khối");
  RETURN_IF_ERROR(stage.MoveTime("2023-02-01"));
  RETURN_IF_ERROR(PushDossiersOf(stage, 2022, /*twice=*/false));
  std::map<std::string, std::string> publications;
  return RankYear(stage, 2022, "", "2023-02-15", publications);
}

absl::Status PushDossiers2023(Stage& stage) {
  stage.Title(6, "Hồ sơ TTHC của năm 2023");
  return PushDossiersOf(stage, 2023, /*twice=*/true);
}

absl::Status ScoreAndPublish(Stage& stage) {
  stage.Title(7, "Chấm điểm, xếp hạng, công bố hai khối");
  RETURN_IF_ERROR(RankYear(stage, 2023, stage.child_plan, "2024-02-15", stage.publications));
  ASSIGN_OR_RETURN(const json why, stage.Read("", "scoring.v1.RankingService/ExplainRank",
                                              {{"publication", stage.publications.at("xa")},
                                               {"unit", stage.Unit("H00.20.12")}}));
  stage.Say("Vì sao UBND xã Đắk Drô có thứ hạng này:");
  for (const json& line : why["lines_vi"]) stage.Say("  " + line.get<std::string>());
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
