#include "gateway/path_template.h"

#include <algorithm>
#include <cctype>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace thidua::gateway {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsLiteralChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ||
         c == '~' || c == '%' || c == '@' || c == '$' || c == '+' || c == '!';
}

bool IsFieldPath(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.';
  });
}

// Recursive descent over
//   Template = "/" Segments [ ":" LITERAL ]      Segments = Segment { "/" Segment }
//   Segment  = "*" | "**" | LITERAL | "{" FieldPath [ "=" Segments ] "}"
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<PathTemplate> Parse() {
    if (!Take('/')) return Wrong("it must begin with '/'");
    if (absl::Status status = Segments(/*inside_variable=*/false); !status.ok()) return status;
    if (Take(':')) {
      result_.verb = Literal();
      if (result_.verb.empty()) return Wrong("a verb must follow ':'");
    }
    if (at_ != text_.size()) return Wrong("unexpected character");
    for (size_t i = 0; i + 1 < result_.segments.size(); ++i) {
      if (result_.segments[i].kind == PathSegment::kRest) return Wrong("'**' must come last");
    }
    return result_;
  }

 private:
  absl::Status Segments(bool inside_variable) {
    do {
      if (absl::Status status = Segment(inside_variable); !status.ok()) return status;
    } while (Take('/'));
    return absl::OkStatus();
  }

  absl::Status Segment(bool inside_variable) {
    if (Take('*')) {
      const bool rest = Take('*');
      result_.segments.push_back({rest ? PathSegment::kRest : PathSegment::kOne, ""});
      return absl::OkStatus();
    }
    if (Peek() == '{') {
      if (inside_variable) return Wrong("a variable cannot hold another");
      return Variable();
    }
    std::string literal = Literal();
    if (literal.empty())
      return Wrong("a segment is empty or holds a character that is not allowed");
    result_.segments.push_back({PathSegment::kLiteral, std::move(literal)});
    return absl::OkStatus();
  }

  absl::Status Variable() {
    Take('{');
    const size_t name_end = text_.find_first_of("=}", at_);
    if (name_end == std::string_view::npos) return Wrong("'}' is missing");
    PathVariable variable;
    variable.field = std::string(text_.substr(at_, name_end - at_));
    if (!IsFieldPath(variable.field)) return Wrong("a variable needs a field path");
    for (const PathVariable& other : result_.variables) {
      if (other.field == variable.field) return Wrong("a field is named twice");
    }
    at_ = name_end;
    variable.begin = result_.segments.size();
    if (Take('=')) {
      if (absl::Status status = Segments(/*inside_variable=*/true); !status.ok()) return status;
    } else {
      result_.segments.push_back({PathSegment::kOne, ""});
    }
    variable.end = result_.segments.size();
    if (!Take('}')) return Wrong("'}' is missing");
    result_.variables.push_back(std::move(variable));
    return absl::OkStatus();
  }

  std::string Literal() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsLiteralChar(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  absl::Status Wrong(std::string_view why) const {
    return absl::InvalidArgumentError(absl::StrCat(
        "path template \"", std::string(text_), "\", character ", at_ + 1, ": ", std::string(why)));
  }

  const std::string_view text_;
  size_t at_ = 0;
  PathTemplate result_;
};

std::string SegmentText(const PathSegment& segment) {
  switch (segment.kind) {
    case PathSegment::kLiteral:
      return segment.literal;
    case PathSegment::kOne:
      return "*";
    case PathSegment::kRest:
      return "**";
  }
  return "";
}

}  // namespace

absl::StatusOr<PathTemplate> PathTemplate::Parse(std::string_view text) {
  return Parser(text).Parse();
}

std::string PathTemplate::Shape() const {
  std::string out;
  for (const PathSegment& segment : segments) absl::StrAppend(&out, "/", SegmentText(segment));
  if (!verb.empty()) absl::StrAppend(&out, ":", verb);
  return out;
}

std::string PathTemplate::ToString() const {
  std::string out;
  for (size_t i = 0; i < segments.size();) {
    const auto variable = std::find_if(variables.begin(), variables.end(),
                                       [i](const PathVariable& v) { return v.begin == i; });
    if (variable == variables.end()) {
      absl::StrAppend(&out, "/", SegmentText(segments[i++]));
      continue;
    }
    std::string inner;
    for (; i < variable->end; ++i) {
      absl::StrAppend(&inner, inner.empty() ? "" : "/", SegmentText(segments[i]));
    }
    absl::StrAppend(&out, "/{", variable->field, inner == "*" ? "" : "=", inner == "*" ? "" : inner,
                    "}");
  }
  if (!verb.empty()) absl::StrAppend(&out, ":", verb);
  return out;
}

std::optional<std::vector<std::string>> SplitPath(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  for (size_t i = path.find('%'); i != std::string_view::npos; i = path.find('%', i + 1)) {
    if (i + 2 >= path.size() || HexDigit(path[i + 1]) < 0 || HexDigit(path[i + 2]) < 0) {
      return std::nullopt;
    }
  }
  std::vector<std::string> segments;
  size_t begin = 1;
  while (true) {
    const size_t end = std::min(path.find('/', begin), path.size());
    segments.emplace_back(path.substr(begin, end - begin));
    if (end == path.size()) return segments;
    begin = end + 1;
  }
}

std::string DecodePercent(std::string_view text, bool keep_slash) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out.push_back(text[i]);
      continue;
    }
    const int high = HexDigit(text[i + 1]);
    const int low = HexDigit(text[i + 2]);
    const char decoded = static_cast<char>(high * 16 + low);
    if (high < 0 || low < 0 || (keep_slash && decoded == '/')) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(decoded);
    i += 2;
  }
  return out;
}

std::string VariableValue(const PathTemplate& path_template, const PathVariable& variable,
                          const std::vector<std::string>& segments) {
  const bool rest = variable.end > variable.begin &&
                    path_template.segments[variable.end - 1].kind == PathSegment::kRest;
  const bool several = rest || variable.end - variable.begin > 1;
  const size_t end = rest ? segments.size() : variable.end;
  std::string out;
  for (size_t i = variable.begin; i < end; ++i) {
    absl::StrAppend(&out, i == variable.begin ? "" : "/", DecodePercent(segments[i], several));
  }
  return out;
}

}  // namespace thidua::gateway
