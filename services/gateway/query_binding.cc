#include "gateway/query_binding.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gateway/path_template.h"
#include "gateway/refusals.h"
#include "gateway/value_setter.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;
using platform::FieldViolation;

bool GoodPercentCodes(std::string_view text) {
  const auto hex = [&](size_t i) {
    return i < text.size() && std::isxdigit(static_cast<unsigned char>(text[i]));
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && (!hex(i + 1) || !hex(i + 2))) return false;
  }
  return true;
}

std::string DecodeForm(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '+', ' ');
  return DecodePercent(plain, /*keep_slash=*/false);
}

bool StartsWith(const FieldPath& path, const FieldPath& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

// What the parameters seen so far have set.
class Seen {
 public:
  // The parameter that already set the singular field, or another member of its oneof.
  std::optional<FieldViolation> Conflict(const FieldPath& path, const std::string& name) {
    FieldPath prefix;
    for (const pb::FieldDescriptor* field : path) {
      if (const pb::OneofDescriptor* oneof = field->real_containing_oneof()) {
        const auto [entry, fresh] = oneofs_.try_emplace({prefix, oneof}, field);
        if (!fresh && entry->second != field) {
          return OneofConflict(name, entry->second->name());
        }
      }
      prefix.push_back(field);
    }
    if (!path.back()->is_repeated() && !leaves_.insert(path).second) {
      return DuplicateParameter(name);
    }
    return std::nullopt;
  }

 private:
  std::set<FieldPath> leaves_;
  std::map<std::pair<FieldPath, const pb::OneofDescriptor*>, const pb::FieldDescriptor*> oneofs_;
};

std::optional<FieldViolation> BindOne(const Route& route, const QueryParameter& parameter,
                                      Seen* seen, pb::Message* request) {
  const std::optional<FieldPath> path = FindFieldPath(route.method->input_type(), parameter.name);
  if (!path.has_value()) {
    return UnknownParameter(parameter.name, "không có tham số này", "there is none of that name");
  }
  if (!IsQueryField(route, *path)) {
    return UnknownParameter(parameter.name, "giá trị này đi trong địa chỉ hoặc trong nội dung",
                            "this value travels in the path or in the body");
  }
  if (!TakesText(path->back())) {
    return UnknownParameter(parameter.name, "trường này không viết được thành một giá trị",
                            "this field cannot be written as one value");
  }
  const std::string name = FieldPathText(*path);
  if (std::optional<FieldViolation> conflict = seen->Conflict(*path, name)) return conflict;
  pb::Message* message = request;
  for (size_t i = 0; i + 1 < path->size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, (*path)[i]);
  }
  return SetFromUrlText({message, path->back()}, parameter.value, name);
}

}  // namespace

std::optional<std::vector<QueryParameter>> ParseQuery(std::string_view query) {
  if (!GoodPercentCodes(query)) return std::nullopt;
  std::vector<QueryParameter> parameters;
  for (size_t begin = 0; begin < query.size();) {
    const size_t end = std::min(query.find('&', begin), query.size());
    const std::string_view pair = query.substr(begin, end - begin);
    begin = end + 1;
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    parameters.push_back({DecodeForm(pair.substr(0, equals)),
                          equals < pair.size() ? DecodeForm(pair.substr(equals + 1)) : ""});
  }
  return parameters;
}

std::vector<FieldViolation> BindQuery(const Route& route,
                                      const std::vector<QueryParameter>& parameters,
                                      pb::Message* request) {
  std::vector<FieldViolation> violations;
  Seen seen;
  for (const QueryParameter& parameter : parameters) {
    if (auto violation = BindOne(route, parameter, &seen, request)) {
      violations.push_back(*std::move(violation));
    }
  }
  return violations;
}

bool IsQueryField(const Route& route, const FieldPath& path) {
  if (route.body == BodyKind::kWhole) return false;
  if (route.body == BodyKind::kField && path.front() == route.body_field) return false;
  return std::none_of(route.variables.begin(), route.variables.end(),
                      [&](const FieldPath& variable) { return StartsWith(path, variable); });
}

}  // namespace thidua::gateway
