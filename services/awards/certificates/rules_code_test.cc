#include "awards/certificates/rules_code.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cctype>

#include "gtest/gtest.h"

namespace thidua::awards::certificates {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string AnyCode() {
  std::string bytes;
  for (size_t i = 0; i < kCodeEntropyBytes; ++i) bytes.push_back(*rc::gen::arbitrary<char>());
  return MakeCode(bytes);
}

TEST(CertificateCode, R_AWD_71_FiveGroupsOfFour) {
  EXPECT_EQ(MakeCode(std::string(kCodeEntropyBytes, '\0')), "0000-0000-0000-0000-0000");
  const std::string code = MakeCode("thidua-12345");
  EXPECT_EQ(code.size(), 24u);
  EXPECT_EQ(std::count(code.begin(), code.end(), '-'), 4);
  EXPECT_EQ(ReadCode(code), code);
}

TEST(CertificateCode, R_AWD_71_HowItIsTypedDoesNotMatter) {
  EXPECT_TRUE(rc::check([] {
    const std::string code = AnyCode();
    std::string typed;
    for (char c : code) {
      if (c == '-') continue;
      if (*rc::gen::arbitrary<bool>()) typed.push_back(' ');
      if (c == '0' && *rc::gen::arbitrary<bool>()) c = *rc::gen::element('o', 'O');
      if (c == '1' && *rc::gen::arbitrary<bool>()) c = *rc::gen::element('i', 'I', 'l', 'L');
      typed.push_back(*rc::gen::arbitrary<bool>() ? static_cast<char>(std::tolower(c)) : c);
    }
    RC_ASSERT(ReadCode(typed) == code);
  }));
}

TEST(CertificateCode, R_AWD_70_OneWrongCharacterIsFound) {
  EXPECT_TRUE(rc::check([] {
    std::string code = AnyCode();
    const size_t at = *rc::gen::suchThat(rc::gen::inRange<size_t>(0, code.size()),
                                         [&](size_t i) { return code[i] != '-'; });
    const char wrong = *rc::gen::suchThat(rc::gen::elementOf(std::string(kAlphabet)),
                                          [&](char c) { return c != code[at]; });
    code[at] = wrong;
    RC_ASSERT(!ReadCode(code).has_value());
  }));
}

TEST(CertificateCode, R_AWD_70_TwoExchangedCharactersAreFound) {
  EXPECT_TRUE(rc::check([] {
    std::string code = AnyCode();
    const size_t a = *rc::gen::inRange<size_t>(0, code.size());
    const size_t b = *rc::gen::inRange<size_t>(0, code.size());
    RC_PRE(code[a] != '-' && code[b] != '-' && code[a] != code[b]);
    std::swap(code[a], code[b]);
    RC_ASSERT(!ReadCode(code).has_value());
  }));
}

TEST(CertificateCode, R_AWD_70_EveryRandomBitReachesTheCode) {
  std::string bytes(kCodeEntropyBytes, '\0');
  const std::string none = MakeCode(bytes);
  for (size_t bit = 0; bit < 95; ++bit) {
    std::string one = bytes;
    one[bit / 8] = static_cast<char>(1 << (bit % 8));
    EXPECT_NE(MakeCode(one), none) << bit;
  }
}

TEST(CertificateCode, WhatCannotBeACodeIsNone) {
  EXPECT_EQ(ReadCode(""), std::nullopt);
  EXPECT_EQ(ReadCode("0000-0000-0000-0000-000"), std::nullopt);
  EXPECT_EQ(ReadCode("0000-0000-0000-0000-0000-0"), std::nullopt);
  EXPECT_EQ(ReadCode("U000-0000-0000-0000-0000"), std::nullopt);
  EXPECT_EQ(ReadCode("../../etc/passwd"), std::nullopt);
  EXPECT_EQ(ReadCode(std::string(100000, '0')), std::nullopt);
  EXPECT_EQ(ReadCode("0000 0000 0000 0000 0000"), "0000-0000-0000-0000-0000");
}

}  // namespace
}  // namespace thidua::awards::certificates
