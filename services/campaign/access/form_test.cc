#include "campaign/access/form.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::access {
namespace {

using Form = std::map<std::string, std::string>;

TEST(ReadForm, NamesAndValues) {
  EXPECT_EQ(ReadForm("grant_type=client_credentials&client_id=a%20b+c&empty=&flag"),
            (Form{{"grant_type", "client_credentials"},
                  {"client_id", "a b c"},
                  {"empty", ""},
                  {"flag", ""}}));
  EXPECT_EQ(ReadForm("a=%C4%91%E1%BA%AFk"), (Form{{"a", "đắk"}}));
  EXPECT_EQ(ReadForm("a=1&&b=x=y&"), (Form{{"a", "1"}, {"b", "x=y"}}));
  EXPECT_EQ(ReadForm(""), Form());
}

TEST(ReadForm, TwiceAndMalformedAreRefused) {
  EXPECT_EQ(ReadForm("a=1&a=2"), std::nullopt);
  EXPECT_EQ(ReadForm("a=%"), std::nullopt);
  EXPECT_EQ(ReadForm("a=%4"), std::nullopt);
  EXPECT_EQ(ReadForm("a=%zz"), std::nullopt);
}

TEST(ReadForm, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check("escaped values come back", [](const std::string& value) {
    std::string escaped;
    for (const char c : value) {
      constexpr char kHex[] = "0123456789ABCDEF";
      escaped += '%';
      escaped += kHex[static_cast<unsigned char>(c) >> 4];
      escaped += kHex[static_cast<unsigned char>(c) & 15];
    }
    RC_ASSERT(ReadForm("v=" + escaped) == Form({{"v", value}}));
    ReadForm(value);
  }));
}

}  // namespace
}  // namespace thidua::campaign::access
