// Where an import stands, as an opaque text: which import, how many chunks, and a hash chained over
// them, so that a token is good only for what was really taken.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace thidua::scoring::dossiers {

struct ResumePoint {
  std::string import_id;
  int64_t next_sequence = 0;
  std::string chain;  // 32 bytes

  bool operator==(const ResumePoint&) const = default;
};

std::string WriteResumeToken(const ResumePoint& point);
// None when the text is no such token.
std::optional<ResumePoint> ReadResumeToken(std::string_view token);

// The chain before the first chunk, and after one more.
std::string FirstChain();
std::string NextChain(const std::string& chain, const std::string& content_sha256);

}  // namespace thidua::scoring::dossiers
