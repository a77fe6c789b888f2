#include "e2e/scoring_steps.h"

#include <gtest/gtest.h>

#include "e2e/ranking_oracle.h"

namespace thidua::e2e {

json OpenRound(Stack& stack, const std::string& act, const std::vector<std::string>& unit_codes) {
  const json demo = stack.Get("scoring.v1.AssessmentService/GetAssessmentRound",
                              {{"name", CurrentPublication(stack, "xa", 2023)["round"]}});
  if (demo.is_null()) return nullptr;
  json units = json::array();
  for (const std::string& code : unit_codes) units.push_back(stack.Unit(code));
  json round = {{"unit", demo["unit"]},
                {"title", "Vòng của kiểm thử " + act},
                {"criteria_set", demo["criteria_set"]},
                {"plan", demo["plan"]},
                {"self_score_end", "2024-12-31"},
                {"appraisal_end", "2024-12-31"},
                {"units", units}};
  for (const char* field : {"period_start", "period_end", "self_score_start", "appraisal_start"}) {
    round[field] = demo[field];
  }
  return stack.Get("scoring.v1.AssessmentService/CreateAssessmentRound",
                   {{"round", round}, {"request_id", "e2e-round-" + act}}, "KN-PNV-01");
}

json AssessmentOf(Stack& stack, const json& round, const std::string& unit_code) {
  const json list =
      stack.Get("scoring.v1.AssessmentService/ListAssessments",
                {{"round", round["name"]}, {"unit", stack.Unit(unit_code)}, {"page_size", 100}});
  if (list.is_null() || list["assessments"].size() != 1) {
    ADD_FAILURE() << "no assessment of " << unit_code;
    return nullptr;
  }
  return list["assessments"][0];
}

json SelfScoreAndSubmit(Stack& stack, const std::string& act, const json& assessment,
                        const std::string& unit_code, const std::string& officer) {
  const std::string file =
      stack.Upload("scoring", stack.Unit(unit_code), "e2e-evidence-" + act, officer);
  json scores = json::array();
  const json set = DemoCriteria("xa", 2023);
  for (const json& field : set["fields"]) {
    for (const json& criterion : field["criteria"]) {
      if (criterion["rule"]["type"] != "MANUAL") continue;
      scores.push_back({{"criterion", criterion["code"]},
                        {"status", "SCORE_STATUS_SCORED"},
                        {"points", criterion["max_points"]},
                        {"evidence", json::array({{{"file", file}, {"pages", "1"}}})},
                        {"note", "Thử"}});
    }
  }
  const json scored = stack.Get("scoring.v1.AssessmentService/SetSelfScores",
                                {{"name", assessment["name"]},
                                 {"etag", assessment["etag"]},
                                 {"scores", scores},
                                 {"request_id", "e2e-self-" + act}},
                                officer);
  if (scored.is_null()) return nullptr;
  return stack.Get(
      "scoring.v1.AssessmentService/SubmitAssessment",
      {{"name", assessment["name"]}, {"etag", scored["etag"]}, {"request_id", "e2e-submit-" + act}},
      officer);
}

}  // namespace thidua::e2e
