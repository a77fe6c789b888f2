// Path templates of google.api.http: "/v1/{name=plans/*}:launch". Pure text, no descriptors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace thidua::gateway {

struct PathSegment {
  enum Kind { kLiteral, kOne, kRest };  // text, "*", "**"
  Kind kind = kLiteral;
  std::string literal;  // kLiteral only
  bool operator==(const PathSegment&) const = default;
};

// The part of a path that goes into a field: segments [begin, end) of the template.
struct PathVariable {
  std::string field;  // "name" or "plan.name"
  size_t begin = 0;
  size_t end = 0;
  bool operator==(const PathVariable&) const = default;
};

struct PathTemplate {
  std::vector<PathSegment> segments;
  std::vector<PathVariable> variables;
  std::string verb;  // without ":"; empty when there is none

  static absl::StatusOr<PathTemplate> Parse(std::string_view text);
  // The template without names: "/v1/plans/*:launch". Two templates with the same shape match the
  // same paths.
  std::string Shape() const;
  // The template in the notation of google.api.http; Parse(ToString()) gives the same template.
  std::string ToString() const;
  bool operator==(const PathTemplate&) const = default;
};

// A request path as it came, split at "/", still percent-encoded. nullopt unless it begins with "/"
// and every percent sign is followed by two hexadecimal digits.
std::optional<std::vector<std::string>> SplitPath(std::string_view path);

// Percent-decodes. With keep_slash "%2F" stays as it is: a field of several segments must not gain
// a segment by decoding.
std::string DecodePercent(std::string_view text, bool keep_slash);

// The value of a variable in a path that the template matches (verb already taken off the last
// segment).
std::string VariableValue(const PathTemplate& path_template, const PathVariable& variable,
                          const std::vector<std::string>& segments);

}  // namespace thidua::gateway
