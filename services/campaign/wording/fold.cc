#include "campaign/wording/fold.h"

#include <array>
#include <cstdint>
#include <utility>

#include "platform/utf8.h"

namespace thidua::campaign::wording {
namespace {

// Base letters of Latin letters with accents as Vietnamese writes them, by ranges of code points.
struct Range {
  uint32_t first;
  uint32_t last;
  char base;
};
constexpr std::array<Range, 31> kRanges = {{
    {0xC0, 0xC5, 'a'},     {0xC8, 0xCB, 'e'},     {0xCC, 0xCF, 'i'},     {0xD2, 0xD6, 'o'},
    {0xD9, 0xDC, 'u'},     {0xDD, 0xDD, 'y'},     {0xE0, 0xE5, 'a'},     {0xE8, 0xEB, 'e'},
    {0xEC, 0xEF, 'i'},     {0xF2, 0xF6, 'o'},     {0xF9, 0xFC, 'u'},     {0xFD, 0xFD, 'y'},
    {0xFF, 0xFF, 'y'},     {0xD0, 0xD0, 'd'},     {0x102, 0x103, 'a'},   {0x110, 0x111, 'd'},
    {0x128, 0x129, 'i'},   {0x168, 0x169, 'u'},   {0x1A0, 0x1A1, 'o'},   {0x1AF, 0x1B0, 'u'},
    {0x1EA0, 0x1EB7, 'a'}, {0x1EB8, 0x1EC7, 'e'}, {0x1EC8, 0x1ECB, 'i'}, {0x1ECC, 0x1EE3, 'o'},
    {0x1EE4, 0x1EF1, 'u'}, {0x1EF2, 0x1EF9, 'y'}, {0xD1, 0xD1, 'n'},     {0xF1, 0xF1, 'n'},
    {0xC7, 0xC7, 'c'},     {0xE7, 0xE7, 'c'},     {0x178, 0x178, 'y'},
}};

// Accents that stand alone after their letter: grave, acute, circumflex, tilde, breve, hook, horn,
// dot below.
bool IsCombiningAccent(uint32_t point) { return point >= 0x300 && point <= 0x36F; }

char BaseOf(uint32_t point) {
  for (const Range& range : kRanges) {
    if (point >= range.first && point <= range.last) return range.base;
  }
  return 0;
}

}  // namespace

std::string Fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const uint32_t point = platform::NextCodePoint(text, &at);
    if (point == platform::kNoCodePoint) {
      folded += text[at++];
    } else if (point >= 'A' && point <= 'Z') {
      folded += static_cast<char>(point - 'A' + 'a');
    } else if (point < 0x80) {
      folded += static_cast<char>(point);
    } else if (IsCombiningAccent(point)) {
      continue;
    } else if (const char base = BaseOf(point); base != 0) {
      folded += base;
    } else {
      folded += text.substr(start, at - start);
    }
  }
  return folded;
}

std::vector<std::string> FoldedWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : Fold(text)) {
    const bool part =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<uint8_t>(c) & 0x80) != 0;
    if (part) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace thidua::campaign::wording
