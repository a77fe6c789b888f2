#include "scoring/criteria/codec.h"

#include <map>

#include "platform/json.h"
#include "platform/status.h"

namespace thidua::scoring::criteria {
namespace {

using nlohmann::json;
using numbers::RoundingMode;

json CriterionToJson(const Criterion& criterion) {
  json out = {{"code", criterion.code},
              {"title", criterion.title},
              {"max_points", criterion.max_points},
              {"may_be_not_applicable", criterion.may_be_not_applicable},
              {"guidance", criterion.guidance}};
  if (criterion.rule.has_value()) {
    out["rule"] = {{"type", criterion.rule->type}, {"parameters", criterion.rule->parameters}};
  }
  out["sub_criteria"] = json::array();
  for (const Criterion& child : criterion.children) {
    out["sub_criteria"].push_back(CriterionToJson(child));
  }
  return out;
}

// Stored sets and published snapshots are read for years, so a member that is not there has its
// default: one that is added later to the form must not make the older ones unreadable. (It is
// written only when it differs from its default: the bytes of older sets, and their hashes, stay.)
// Only what identifies or counts is required. All of these throw json::exception when a required
// member is missing or any is of another type.
std::string Text(const json& in, const char* name) { return in.value(name, std::string()); }

const json& List(const json& in, const char* name) {
  static const auto& none = *new json(json::array());
  const auto found = in.find(name);
  return found == in.end() ? none : *found;
}

Criterion CriterionFromJson(const json& in) {
  Criterion criterion;
  criterion.code = in.at("code").get<std::string>();
  criterion.title = Text(in, "title");
  criterion.max_points = in.at("max_points").get<std::string>();
  criterion.may_be_not_applicable = in.value("may_be_not_applicable", false);
  criterion.guidance = Text(in, "guidance");
  if (in.contains("rule")) {
    criterion.rule = Rule{in["rule"].at("type").get<std::string>(),
                          in["rule"].value("parameters", Parameters())};
  }
  for (const json& child : List(in, "sub_criteria")) {
    criterion.children.push_back(CriterionFromJson(child));
  }
  return criterion;
}

template <class T>
T ByName(const std::map<std::string, T>& names, const json& name) {
  return names.at(name.get<std::string>());  // throws std::out_of_range
}

Definition Read(const json& in) {
  static const auto& stages = *new std::map<std::string, Stage>{
      {"LEAF", Stage::kLeaf}, {"TOTAL", Stage::kTotal}, {"INDEX", Stage::kIndex}};
  static const auto& modes =
      *new std::map<std::string, RoundingMode>{{"HALF_UP", RoundingMode::kHalfUp},
                                               {"HALF_EVEN", RoundingMode::kHalfEven},
                                               {"DOWN", RoundingMode::kDown}};
  static const auto& kinds =
      *new std::map<std::string, FieldKind>{{"CORE", FieldKind::kCore},
                                            {"BONUS", FieldKind::kBonus},
                                            {"DEDUCTION", FieldKind::kDeduction}};
  static const auto& scales = *new std::map<std::string, ExtraScale>{
      {"POINTS", ExtraScale::kPoints}, {"INDEX", ExtraScale::kIndex}};
  Definition definition;
  for (const json& field : in.at("fields")) {
    Field& added = definition.fields.emplace_back();
    added.code = field.at("code").get<std::string>();
    added.title = Text(field, "title");
    added.max_points = field.at("max_points").get<std::string>();
    if (field.contains("kind")) added.kind = ByName(kinds, field["kind"]);
    for (const json& criterion : List(field, "criteria")) {
      added.criteria.push_back(CriterionFromJson(criterion));
    }
  }
  for (const json& step : List(in, "rounding")) {
    definition.rounding.push_back({ByName(stages, step.at("stage")), ByName(modes, step.at("mode")),
                                   std::stoi(step.at("decimals").get<std::string>())});
  }
  for (const json& band : List(in, "bands")) {
    definition.bands.push_back(
        {band.at("name").get<std::string>(), band.at("lower_bound").get<std::string>()});
  }
  definition.tie_break_criteria = List(in, "tie_break_criteria").get<std::vector<std::string>>();
  if (in.contains("extra_points")) {
    const json& extra = in["extra_points"];
    definition.extra_points =
        ExtraPoints{ByName(scales, extra.at("scale")), Text(extra, "bonus_cap"),
                    Text(extra, "deduction_cap"), Text(extra, "index_max")};
  }
  return definition;
}

}  // namespace

std::string StageName(Stage stage) {
  switch (stage) {
    case Stage::kLeaf:
      return "LEAF";
    case Stage::kTotal:
      return "TOTAL";
    case Stage::kIndex:
      return "INDEX";
  }
  return "";
}

std::string ModeName(RoundingMode mode) {
  switch (mode) {
    case RoundingMode::kHalfUp:
      return "HALF_UP";
    case RoundingMode::kHalfEven:
      return "HALF_EVEN";
    case RoundingMode::kDown:
      return "DOWN";
  }
  return "";
}

json ToJson(const Definition& definition) {
  json out = {{"fields", json::array()},
              {"rounding", json::array()},
              {"bands", json::array()},
              {"tie_break_criteria", definition.tie_break_criteria}};
  for (const Field& field : definition.fields) {
    json added = {{"code", field.code},
                  {"title", field.title},
                  {"max_points", field.max_points},
                  {"criteria", json::array()}};
    for (const Criterion& criterion : field.criteria) {
      added["criteria"].push_back(CriterionToJson(criterion));
    }
    if (field.kind != FieldKind::kCore) {
      added["kind"] = field.kind == FieldKind::kBonus ? "BONUS" : "DEDUCTION";
    }
    out["fields"].push_back(std::move(added));
  }
  for (const RoundingStep& step : definition.rounding) {
    out["rounding"].push_back({{"stage", StageName(step.stage)},
                               {"mode", ModeName(step.mode)},
                               {"decimals", std::to_string(step.decimals)}});
  }
  for (const Band& band : definition.bands) {
    out["bands"].push_back({{"name", band.name}, {"lower_bound", band.lower_bound}});
  }
  if (definition.extra_points.has_value()) {
    const ExtraPoints& extra = *definition.extra_points;
    json& added = out["extra_points"];
    added = {{"scale", extra.scale == ExtraScale::kPoints ? "POINTS" : "INDEX"}};
    if (!extra.bonus_cap.empty()) added["bonus_cap"] = extra.bonus_cap;
    if (!extra.deduction_cap.empty()) added["deduction_cap"] = extra.deduction_cap;
    if (!extra.index_max.empty()) added["index_max"] = extra.index_max;
  }
  return out;
}

absl::StatusOr<Definition> DefinitionFromJson(const json& in) {
  try {
    return Read(in);
  } catch (const std::exception& e) {  // json::exception, out_of_range, invalid_argument
    return platform::Internal(std::string("stored criteria set is malformed: ") + e.what());
  }
}

absl::StatusOr<std::string> Canonical(const Definition& definition) {
  return platform::CanonicalJson(ToJson(definition));
}

absl::StatusOr<Definition> DefinitionFromText(std::string_view canonical) {
  const json parsed = json::parse(canonical, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) return platform::Internal("stored criteria set is no JSON");
  return DefinitionFromJson(parsed);
}

}  // namespace thidua::scoring::criteria
