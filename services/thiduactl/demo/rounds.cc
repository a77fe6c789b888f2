#include "thiduactl/demo/rounds.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"

namespace thidua::ctl::demo {
namespace {

void CollectManual(const json& criteria, const json& field, std::vector<Manual>& found) {
  for (const json& criterion : criteria) {
    if (criterion.contains("sub_criteria")) CollectManual(criterion["sub_criteria"], field, found);
    if (!criterion.contains("rule") || criterion["rule"]["type"] != "MANUAL") continue;
    found.push_back({criterion["code"].get<std::string>(), criterion["title"].get<std::string>(),
                     std::stod(criterion["max_points"].get<std::string>()),
                     field["code"].get<std::string>(), field.value("kind", ""),
                     criterion.value("may_be_not_applicable", false)});
  }
}

// The criteria set, published; its name.
absl::StatusOr<std::string> PublishSet(Stage& stage, Round& round) {
  const std::string file = absl::StrCat("criteria/", round.block.key, "-", round.year, ".json");
  ASSIGN_OR_RETURN(const std::string text, stage.DataFile(file));
  json definition = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!definition.is_object()) return absl::InvalidArgumentError(file + " không phải JSON");
  for (const json& field : definition["fields"]) {
    CollectManual(field["criteria"], field, round.manual);
  }
  definition["unit"] = stage.Unit("H00.20");
  ASSIGN_OR_RETURN(const json draft, stage.Act(ActOf(round, "criteria"), "KN-PNV-01",
                                               "scoring.v1.CriteriaService/CreateCriteriaSet",
                                               {{"criteria_set", definition}}));
  RETURN_IF_ERROR(stage
                      .Act(ActOf(round, "criteria-publish"), "KN-PNV-01",
                           "scoring.v1.CriteriaService/PublishCriteriaSet",
                           {{"name", draft["name"]}, {"etag", draft["etag"]}})
                      .status());
  return draft["name"].get<std::string>();
}

json Definition(Stage& stage, const Round& round, const std::string& set) {
  json units = json::array();
  for (const Participant& unit : round.block.units) units.push_back(stage.Unit(unit.code));
  const auto day = [&](const char* month_day) {
    return absl::StrCat(round.year + 1, "-", month_day);
  };
  json definition = {{"unit", stage.Unit("H00.20")},
                     {"title", absl::StrCat("Đánh giá cải cách hành chính ", round.block.title,
                                            " năm ", round.year)},
                     {"criteria_set", set},
                     {"plan", round.plan},
                     {"period_start", absl::StrCat(round.year, "-01-01")},
                     {"period_end", absl::StrCat(round.year, "-12-31")},
                     {"self_score_start", day("01-15")},
                     {"self_score_end", day("02-10")},
                     {"appraisal_start", day("02-01")},
                     {"appraisal_end", day("02-28")},
                     {"units", units}};
  if (round.HasExplanation()) {
    // Everything has to be final before the publication of the 15th.
    definition["self_score_end"] = day("02-02");
    definition["appraisal_end"] = day("02-05");
    definition["explanation_start"] = day("02-02");
    definition["explanation_end"] = day("02-07");
  }
  if (!round.HasLeads()) return definition;
  for (const FieldLead& lead : FieldLeads()) {
    definition["field_leads"].push_back(
        {{"field", lead.field}, {"units", json::array({stage.Unit(lead.room)})}});
  }
  return definition;
}

}  // namespace

// The five rooms that the district's plan names, each for the field it is in charge of; the plan
// does not say which, so this is the demo's own.
const std::vector<FieldLead>& FieldLeads() {
  static const auto& leads = *new std::vector<FieldLead>{
      {"1", "H00.20.01", kAppraiser},   {"2", "H00.20.03", "KN-TP-05"},
      {"3", "H00.20.02", "KN-VPH-05"},  {"4", "H00.20.01", kAppraiser},
      {"5", "H00.20.01", kAppraiser},   {"6", "H00.20.04", "KN-TCKH-05"},
      {"7", "H00.20.05", "KN-VHTT-05"}, {"T", "H00.20.01", kAppraiser},
      {"TR", "H00.20.01", kAppraiser}};
  return leads;
}

Assessment& Round::Of(const std::string& unit_code) {
  size_t at = 0;
  while (unit_code != assessments.at(at).unit.code) ++at;
  return assessments[at];
}

std::string ActOf(const Round& round, const std::string& what) {
  return absl::StrCat(what, "-", round.block.key, "-", round.year);
}

absl::Status OpenRound(Stage& stage, Round& round) {
  ASSIGN_OR_RETURN(const std::string set, PublishSet(stage, round));
  ASSIGN_OR_RETURN(const json made, stage.Act(ActOf(round, "round"), "KN-PNV-01",
                                              absl::StrCat(kAssessments, "CreateAssessmentRound"),
                                              {{"round", Definition(stage, round, set)}}));
  round.name = made["name"].get<std::string>();
  ASSIGN_OR_RETURN(const json list,
                   stage.Read(kAppraiser, absl::StrCat(kAssessments, "ListAssessments"),
                              {{"round", round.name}, {"page_size", 100}}));
  std::map<std::string, std::string> of_unit;
  for (const json& assessment : list["assessments"]) {
    of_unit[assessment["unit"].get<std::string>()] = assessment["name"].get<std::string>();
  }
  for (const Participant& unit : round.block.units) {
    round.assessments.push_back({unit, of_unit.at(stage.Unit(unit.code))});
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
