#include "campaign/plans/rules_noise.h"

#include <array>
#include <utility>

namespace thidua::campaign::plans {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Lines that a web page puts around an article.
constexpr std::array<std::string_view, 4> kFurniture = {".", "BBT.", "BBT", "Bản in"};

// A title after "đề" lacks "nghị", unless "đề" ends another word.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kSlips = {
    {{"đề Chủ tịch", "đề nghị Chủ tịch"}}};
constexpr std::array<std::string_view, 4> kWordsBefore = {"vấn ", "chủ ", "tiêu ", "chuyên "};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsSlip(std::string_view text, size_t at) {
  const std::string_view before = text.substr(0, at);
  for (const std::string_view word : kWordsBefore) {
    if (EndsWith(before, word)) return false;
  }
  return before.empty() || before.back() == ' ' || before.back() == '\n';
}

void Furniture(std::string_view text, std::vector<Noise>* found) {
  for (const std::string_view line : kFurniture) {
    for (std::string_view rest = text; !rest.empty();) {
      const size_t end = rest.find('\n');
      if (Trimmed(rest.substr(0, end)) == line) {
        found->push_back({NoiseKind::kFurniture, std::string(line), ""});
        break;
      }
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
  }
  // A full stop that begins a passage on its own line was found above.
  const std::string_view trimmed = Trimmed(text);
  if (trimmed.size() > 1 && trimmed[0] == '.' && trimmed[1] == ' ')
    found->push_back({NoiseKind::kFurniture, ".", ""});
}

}  // namespace

std::vector<Noise> NoiseIn(std::string_view text) {
  std::vector<Noise> found;
  Furniture(text, &found);
  if (text.find("**") != std::string_view::npos) {
    found.push_back({NoiseKind::kLayout, "**", ""});
  } else if (text.find('*') != std::string_view::npos) {
    found.push_back({NoiseKind::kLayout, "*", ""});
  }
  for (const auto& [passage, meant] : kSlips) {
    for (size_t at = text.find(passage); at != std::string_view::npos;
         at = text.find(passage, at + 1)) {
      if (!IsSlip(text, at)) continue;
      found.push_back({NoiseKind::kSlip, std::string(passage), std::string(meant)});
      break;
    }
  }
  return found;
}

}  // namespace thidua::campaign::plans
