// Steps 4 and 5: dossiers, scores, ranking, publication.
#include <unistd.h>

#include <cstdio>

#include "absl/time/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/dossier_generator.h"
#include "thiduactl/demo/stage.h"
#include "thiduactl/dossier_file.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kAssessments[] = "scoring.v1.AssessmentService/";

// The district's system with the right to push for its communes.
absl::StatusOr<std::string> DistrictSystemToken(Stage& stage) {
  ASSIGN_OR_RETURN(json made,
                   stage.Act("client", "", "campaign.v1.AccessService/CreateClient",
                             {{"client",
                               {{"title", "Hệ thống một cửa điện tử huyện Krông Nô (trình diễn)"},
                                {"unit", stage.Unit("H00.20")}}}}));
  const std::string name = made["client"]["name"].get<std::string>();
  const std::string id = name.substr(name.find('/') + 1);
  RETURN_IF_ERROR(stage
                      .Act("client-role", "", "campaign.v1.AccessService/CreateRoleBinding",
                           {{"role_binding",
                             {{"role", "roles/DATA_SYSTEM"},
                              {"principal", name},
                              {"unit", stage.Unit("H00.20")},
                              {"valid_from", "2022-10-10"}}}})
                      .status());
  if (made["secret"].get<std::string>().empty()) {
    // A secret is shown once; a repeated run asks for a new one.
    ASSIGN_OR_RETURN(const json clients, stage.Read("", "campaign.v1.AccessService/ListClients",
                                                    {{"page_size", 1000}}));
    for (const json& client : clients["clients"]) {
      if (client["name"] != name) continue;
      ASSIGN_OR_RETURN(made, stage.Act("rotate-" + std::to_string(absl::ToUnixMicros(absl::Now())),
                                       "", "campaign.v1.AccessService/RotateClientSecret",
                                       {{"name", name}, {"etag", client["etag"]}}));
    }
  }
  return stage.session().ClientToken(id, made["secret"].get<std::string>());
}

std::string Counts(const json& summary) {
  return "nhận " + summary["accepted"].get<std::string>() + ", không đổi " +
         summary["unchanged"].get<std::string>() + ", từ chối " +
         summary["refused"].get<std::string>();
}

// One commune from its self-score to its final points.
absl::Status Assess(Stage& stage, const Commune& commune, const std::string& assessment,
                    const std::string& etag, const std::string& self_points,
                    const std::string& appraised_points) {
  const std::string act = std::string("assess-") + commune.code;
  ASSIGN_OR_RETURN(const std::string file,
                   stage.Upload(act + "-evidence", "scoring", commune.officer,
                                stage.Unit(commune.code), "ke-hoach-tuyen-truyen.pdf",
                                std::string("Minh chung tuyen truyen ") + commune.code));
  const json score = {{"criterion", "1.1"},
                      {"status", "SCORE_STATUS_SCORED"},
                      {"points", self_points},
                      {"evidence", json::array({{{"file", file}, {"pages", "1"}}})},
                      {"note", "Kế hoạch và hình ảnh tuyên truyền cải cách hành chính"}};
  ASSIGN_OR_RETURN(
      json state,
      stage.Act(act + "-self", commune.officer, std::string(kAssessments) + "SetSelfScores",
                {{"name", assessment}, {"etag", etag}, {"scores", json::array({score})}}));
  ASSIGN_OR_RETURN(state, stage.Act(act + "-submit", commune.officer,
                                    std::string(kAssessments) + "SubmitAssessment",
                                    {{"name", assessment}, {"etag", state["etag"]}}));
  ASSIGN_OR_RETURN(state, stage.Act(act + "-compute", "KN-PNV-02",
                                    std::string(kAssessments) + "ComputeAssessment",
                                    {{"name", assessment},
                                     {"etag", state["etag"]},
                                     {"reason", "Đối chiếu số liệu trước khi thẩm định"}}));
  json appraised = {
      {"criterion", "1.1"}, {"status", "SCORE_STATUS_SCORED"}, {"points", appraised_points}};
  if (self_points != appraised_points) {
    appraised["reason"] = "Minh chứng chưa đủ cho mức tự chấm " + self_points;
  }
  ASSIGN_OR_RETURN(
      state,
      stage.Act(
          act + "-appraise", "KN-PNV-02", std::string(kAssessments) + "AppraiseAssessment",
          {{"name", assessment}, {"etag", state["etag"]}, {"scores", json::array({appraised})}}));
  ASSIGN_OR_RETURN(state, stage.Act(act + "-appraised", "KN-PNV-02",
                                    std::string(kAssessments) + "CompleteAppraisal",
                                    {{"name", assessment}, {"etag", state["etag"]}}));
  return stage
      .Act(act + "-finalise", "KN-UBH-01", std::string(kAssessments) + "FinaliseAssessment",
           {{"name", assessment}, {"etag", state["etag"]}})
      .status();
}

}  // namespace

std::vector<json> DossiersOfYear() {
  std::vector<std::string> codes;
  for (const Commune& commune : Communes()) codes.emplace_back(commune.code);
  return GenerateDossiers(codes, {4, 22, 65, 12, 130}, 1000);
}

absl::Status PushDossiersOfYear(Stage& stage) {
  stage.Title(4, "5.000 hồ sơ TTHC qua luồng gRPC");
  ASSIGN_OR_RETURN(const std::string token, DistrictSystemToken(stage));
  const std::vector<json> rows = DossiersOfYear();
  const bool bar = ::isatty(STDERR_FILENO) == 1;
  const auto push = [&](const std::string& import_id) {
    // A minute's work; the token lives longer.
    return PushDossiers(
        stage.session().client(),
        [&](const std::string&) -> absl::StatusOr<std::string> { return token; }, import_id, rows,
        [&](size_t done, const json&) {
          if (bar) std::fprintf(stderr, "\r   %zu/%zu", done, rows.size());
        });
  };
  ASSIGN_OR_RETURN(const json first, push("demo-2023"));
  if (bar) std::fprintf(stderr, "\r");
  stage.Say("lần một: " + Counts(first));
  ASSIGN_OR_RETURN(const json again, push("demo-2023-lai"));
  if (bar) std::fprintf(stderr, "\r");
  stage.Say("đẩy lại tất cả: " + Counts(again));
  if (first["accepted"] != "5000" || again["accepted"] != "0" || again["unchanged"] != "5000") {
    return absl::InternalError("đẩy lại đã làm thay đổi dữ liệu");
  }
  return absl::OkStatus();
}

absl::Status ScoreAndPublish(Stage& stage) {
  stage.Title(5, "Chấm điểm, xếp hạng, công bố");
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/criteria/xa-2023.json"));
  json definition = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!definition.is_object())
    return absl::InvalidArgumentError("criteria/xa-2023.json không phải JSON");
  definition["unit"] = stage.Unit("H00.20");
  ASSIGN_OR_RETURN(const json draft, stage.Act("criteria", "KN-PNV-01",
                                               "scoring.v1.CriteriaService/CreateCriteriaSet",
                                               {{"criteria_set", definition}}));
  ASSIGN_OR_RETURN(const json set, stage.Act("criteria-publish", "KN-PNV-01",
                                             "scoring.v1.CriteriaService/PublishCriteriaSet",
                                             {{"name", draft["name"]}, {"etag", draft["etag"]}}));
  json units = json::array();
  for (const Commune& commune : Communes()) units.push_back(stage.Unit(commune.code));
  ASSIGN_OR_RETURN(
      const json round,
      stage.Act("round", "KN-PNV-01", std::string(kAssessments) + "CreateAssessmentRound",
                {{"round",
                  {{"unit", stage.Unit("H00.20")},
                   {"title", "Đánh giá cải cách hành chính cấp xã năm 2023"},
                   {"criteria_set", set["name"]},
                   {"plan", stage.child_plan},
                   {"period_start", "2023-01-01"},
                   {"period_end", "2023-12-31"},
                   {"self_score_start", "2024-01-15"},
                   {"self_score_end", "2024-02-10"},
                   {"appraisal_start", "2024-02-01"},
                   {"appraisal_end", "2024-02-29"},
                   {"units", units}}}}));
  ASSIGN_OR_RETURN(const json list,
                   stage.Read("KN-PNV-02", std::string(kAssessments) + "ListAssessments",
                              {{"round", round["name"]}, {"page_size", 100}}));
  std::map<std::string, std::string> of_unit;
  for (const json& assessment : list["assessments"]) {
    of_unit[assessment["unit"].get<std::string>()] = assessment["name"].get<std::string>();
  }
  const char* kSelf[] = {"30", "30", "27.5", "30", "25"};
  const char* kAppraised[] = {"30", "28", "27.5", "30", "20"};
  for (size_t i = 0; i < Communes().size(); ++i) {
    const Commune& commune = Communes()[i];
    RETURN_IF_ERROR(Assess(stage, commune, of_unit.at(stage.Unit(commune.code)), "\"1\"", kSelf[i],
                           kAppraised[i]));
  }
  stage.Say("năm đơn vị: tự chấm → nộp → người khác thẩm định → chốt điểm");
  ASSIGN_OR_RETURN(const json ranking,
                   stage.Act("ranking", "KN-PNV-01", "scoring.v1.RankingService/ComputeRanking",
                             {{"round", round["name"]}}));
  RETURN_IF_ERROR(stage.MoveTime("2024-02-15"));
  ASSIGN_OR_RETURN(
      const json publication,
      stage.Act(
          "publish", "KN-UBH-01", "scoring.v1.RankingService/PublishRanking",
          {{"name", ranking["name"]},
           {"etag", ranking["etag"]},
           {"title", "Kết quả cải cách hành chính các xã, thị trấn huyện Krông Nô năm 2023"}}));
  stage.publication = publication["name"].get<std::string>();
  for (const json& entry : publication["entries"]) {
    char line[256];
    std::snprintf(line, sizeof line, "%d. %s  %s%%  %s", entry["rank"].get<int>(),
                  entry["unit_name"].get<std::string>().c_str(),
                  entry["index_percent"].get<std::string>().c_str(),
                  entry["band"].get<std::string>().c_str());
    stage.Say(line);
  }
  ASSIGN_OR_RETURN(const json replay, stage.Read("", "scoring.v1.RankingService/ReplayRanking",
                                                 {{"name", stage.publication}}));
  if (replay["published_sha256"] != replay["recomputed_sha256"]) {
    return absl::InternalError("tính lại ra kết quả khác bản công bố");
  }
  stage.Say("SHA-256 " + replay["published_sha256"].get<std::string>() + ", tính lại khớp");
  ASSIGN_OR_RETURN(const json why, stage.Read("", "scoring.v1.RankingService/ExplainRank",
                                              {{"publication", stage.publication},
                                               {"unit", stage.Unit("H00.20.12")}}));
  stage.Say("Vì sao UBND xã Đắk Drô có thứ hạng này:");
  for (const json& line : why["lines_vi"]) stage.Say("  " + line.get<std::string>());
  return stage.CatchUp();
}

}  // namespace thidua::ctl::demo
