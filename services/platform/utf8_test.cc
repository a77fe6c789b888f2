#include "platform/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace thidua::platform {
namespace {

TEST(FirstNonUtf8, TakesWhatIsUtf8) {
  for (const char* good : {"", "abc", "Ủy ban nhân dân", "€", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF",
                           "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) {
    EXPECT_EQ(FirstNonUtf8(good), std::nullopt) << good;
  }
  EXPECT_EQ(FirstNonUtf8(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(FirstNonUtf8, NamesTheFirstWrongByte) {
  const std::pair<std::string, size_t> wrong[] = {
      {"\x80", 0},              // a continuation byte alone
      {"a\xC3", 1},             // cut off
      {"\xC0\x80", 0},          // overlong
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xED\xA0\x80", 0},      // a surrogate
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"\xF4\x90\x80\x80", 0},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80", 0},  // never a lead byte
      {"ok\xFF", 2},
      {"\xE1\xBB\x61", 0},
  };
  for (const auto& [text, at] : wrong) EXPECT_EQ(FirstNonUtf8(text), at) << text;
}

}  // namespace
}  // namespace thidua::platform
