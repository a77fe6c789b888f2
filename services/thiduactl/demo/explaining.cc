// Giải trình: what two communes say to the appraisal, what becomes of it, and that nothing is final
// before their time is over.
#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/rounds.h"

namespace thidua::ctl::demo {
namespace {

// Whoever appraised a criterion does not answer its explanation.
constexpr char kAnswerer[] = "KN-PNV-04";

struct Explaining {
  const char* unit;
  const char* criterion;
  const char* text;
  bool heard;
  const char* reason;  // of the answer
};

constexpr Explaining kExplaining[] = {
    {"H00.20.18", "4.1",
     "Quyết định kiện toàn ban hành ngày 14/12/2023 chưa được tính, xin gửi lại bản có dấu", true,
     "Quyết định ban hành trong năm 2023, tính đủ như đơn vị tự chấm"},
    {"H00.20.21", "1.2", "Tin bài trên trang thông tin điện tử đã đăng đủ theo kế hoạch", false,
     "Tin bài đăng sau ngày 31/12/2023, giữ kết quả thẩm định"}};

const json& Leaf(const json& assessment, const std::string& code) {
  for (const json& leaf : assessment["criteria"]) {
    if (leaf["criterion"] == code) return leaf;
  }
  return assessment;
}

absl::Status Explain(Stage& stage, const Round& round, Assessment& assessment,
                     const Explaining& explaining) {
  const Participant& unit = assessment.unit;
  ASSIGN_OR_RETURN(
      const json explained,
      Move(stage, round, assessment, "explain", unit.officer, "ExplainAppraisal",
           {{"explanations",
             json::array({{{"criterion", explaining.criterion}, {"text", explaining.text}}})}}));
  RETURN_IF_ERROR(
      Move(stage, round, assessment, "explained", unit.officer, "SubmitExplanation", json::object())
          .status());
  const json& leaf = Leaf(explained, explaining.criterion);
  const std::string before = leaf["appraised"]["points"].get<std::string>();
  json answer = {{"criterion", explaining.criterion}, {"reason", explaining.reason}};
  if (explaining.heard) {
    answer["outcome"] = "EXPLANATION_OUTCOME_ACCEPTED";
    answer["status"] = "SCORE_STATUS_SCORED";
    answer["points"] = leaf["self_score"]["points"];
  } else {
    answer["outcome"] = "EXPLANATION_OUTCOME_KEPT";
  }
  ASSIGN_OR_RETURN(const json answered,
                   Move(stage, round, assessment, "answer", kAnswerer, "AnswerExplanation",
                        {{"answers", json::array({answer})}}));
  RETURN_IF_ERROR(Move(stage, round, assessment, "answered", kAppraiser, "CompleteSecondAppraisal",
                       json::object())
                      .status());
  stage.Say(absl::StrCat(
      answered["unit_name"].get<std::string>(), " giải trình tiêu chí ", explaining.criterion,
      explaining.heard ? ": chấp nhận, " : ": không chấp nhận, ", before, " → ",
      Leaf(answered, explaining.criterion)["reappraised"]["points"].get<std::string>(), " điểm"));
  return absl::OkStatus();
}

}  // namespace

absl::Status ExplainAndAnswer(Stage& stage, Round& round) {
  // A repeated run finds it final.
  Assessment& waits = round.Of("H00.20.12");
  ASSIGN_OR_RETURN(
      const json now,
      stage.Read(kAppraiser, absl::StrCat(kAssessments, "GetAssessment"), {{"name", waits.name}}));
  if (now["state"] == "ASSESSMENT_STATE_APPRAISED") {
    RETURN_IF_ERROR(stage.MustRefuse("EXPLANATION_OPEN", "KN-UBH-01",
                                     absl::StrCat(kAssessments, "FinaliseAssessment"),
                                     {{"name", waits.name}, {"etag", now["etag"]}}));
  }
  for (const Explaining& explaining : kExplaining) {
    RETURN_IF_ERROR(Explain(stage, round, round.Of(explaining.unit), explaining));
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
