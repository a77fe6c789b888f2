#include "platform/utf8.h"

#include "gtest/gtest.h"

namespace thidua::platform {
namespace {

TEST(IsUtf8, TellsTheFirstBadByte) {
  size_t bad = 99;
  EXPECT_TRUE(IsUtf8("Krông Nô ✓ 😀", &bad));
  EXPECT_FALSE(IsUtf8("Kr\xF4ng", &bad));  // windows-1258 and latin-1
  EXPECT_EQ(bad, 2u);
  EXPECT_FALSE(IsUtf8("\xC0\xAF", &bad));          // overlong
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80", &bad));      // surrogate
  EXPECT_FALSE(IsUtf8("abc\xE1\xBA", &bad));       // cut off
  EXPECT_FALSE(IsUtf8("\xF4\x90\x80\x80", &bad));  // beyond the last code point
}

}  // namespace
}  // namespace thidua::platform
