#include "gateway/openapi_path.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"

namespace thidua::gateway {
namespace {

// "plans" → "plan", "entries" → "entry", "addresses" → "address".
std::string Singular(const std::string& word) {
  const auto ends = [&](const std::string& tail) {
    return word.size() > tail.size() &&
           word.compare(word.size() - tail.size(), tail.size(), tail) == 0;
  };
  if (ends("ies")) return word.substr(0, word.size() - 3) + "y";
  if (ends("sses") || ends("xes") || ends("ches")) return word.substr(0, word.size() - 2);
  if (ends("s") && !ends("ss")) return word.substr(0, word.size() - 1);
  return word;
}

std::string Identifier(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)) && c != '_'; }, '_');
  return text;
}

std::string Unique(std::string name, std::set<std::string>* taken) {
  std::string candidate = name;
  for (int i = 2; !taken->insert(candidate).second; ++i) candidate = absl::StrCat(name, "_", i);
  return candidate;
}

}  // namespace

OpenApiPath ToOpenApiPath(const PathTemplate& path_template) {
  OpenApiPath result;
  std::set<std::string> taken;
  std::vector<std::string> written;
  for (size_t i = 0; i < path_template.segments.size(); ++i) {
    const PathSegment& segment = path_template.segments[i];
    if (segment.kind == PathSegment::kLiteral) {
      written.push_back(segment.literal);
      continue;
    }
    const auto variable =
        std::find_if(path_template.variables.begin(), path_template.variables.end(),
                     [i](const PathVariable& v) { return v.begin <= i && i < v.end; });
    OpenApiPath::Parameter parameter;
    parameter.segment = i;
    parameter.rest = segment.kind == PathSegment::kRest;
    const bool after_literal = i > 0 && path_template.segments[i - 1].kind == PathSegment::kLiteral;
    std::string name = after_literal ? Singular(path_template.segments[i - 1].literal) : "id";
    if (variable != path_template.variables.end()) {
      parameter.variable = variable->field;
      // A wildcard that is the whole field bears the field's name.
      if (variable->end - variable->begin == 1) {
        name = variable->field.substr(variable->field.rfind('.') + 1);
      }
    }
    parameter.name = Unique(Identifier(name), &taken);
    written.push_back(absl::StrCat("{", parameter.name, "}"));
    result.parameters.push_back(std::move(parameter));
  }
  for (OpenApiPath::Parameter& parameter : result.parameters) {
    for (const PathVariable& variable : path_template.variables) {
      if (variable.field != parameter.variable || variable.end - variable.begin == 1) continue;
      for (size_t i = variable.begin; i < variable.end; ++i) {
        absl::StrAppend(&parameter.form, i == variable.begin ? "" : "/", written[i]);
      }
    }
  }
  for (const std::string& segment : written) absl::StrAppend(&result.path, "/", segment);
  if (!path_template.verb.empty()) absl::StrAppend(&result.path, ":", path_template.verb);
  return result;
}

}  // namespace thidua::gateway
