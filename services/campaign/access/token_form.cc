#include "campaign/access/token_form.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "platform/status.h"

namespace thidua::campaign::access {
namespace {

std::optional<std::string> Decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out.push_back(' ');
    } else if (text[i] != '%') {
      out.push_back(text[i]);
    } else {
      const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
      };
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
        return std::nullopt;
      out.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::optional<std::map<std::string, std::string>> ParseForm(std::string_view body) {
  std::map<std::string, std::string> fields;
  while (!body.empty()) {
    const size_t end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    const size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::optional<std::string> key = Decode(pair.substr(0, equals));
    const std::optional<std::string> value = Decode(pair.substr(equals + 1));
    if (!key || !value || !fields.emplace(*key, *value).second) return std::nullopt;
  }
  return fields;
}

absl::Status OAuthError(std::string_view code, std::string_view vi, std::string_view en) {
  platform::ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  spec.reason = "OAUTH_" + absl::AsciiStrToUpper(absl::string_view(code.data(), code.size()));
  spec.text = {std::string(vi), std::string(en)};
  spec.metadata["error"] = std::string(code);
  return platform::MakeError(spec);
}

}  // namespace thidua::campaign::access
