#include "scoring/dossiers/resume_token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/hash.h"

namespace thidua::scoring::dossiers {

std::string WriteResumeToken(const ResumePoint& point) {
  return absl::WebSafeBase64Escape(
      absl::StrCat(point.import_id, "\n", point.next_sequence, "\n", platform::ToHex(point.chain)));
}

std::optional<ResumePoint> ReadResumeToken(std::string_view token) {
  std::string text;
  if (token.size() > 400 ||
      !absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &text)) {
    return std::nullopt;
  }
  const std::vector<std::string> parts = absl::StrSplit(text, '\n');
  ResumePoint point;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &point.next_sequence) ||
      point.next_sequence < 0) {
    return std::nullopt;
  }
  point.import_id = parts[0];
  point.chain = platform::FromHex(parts[2]);
  if (point.chain.size() != 32) return std::nullopt;
  return point;
}

std::string FirstChain() { return std::string(32, '\0'); }

std::string NextChain(const std::string& chain, const std::string& content_sha256) {
  return platform::Sha256(chain + content_sha256);
}

}  // namespace thidua::scoring::dossiers
