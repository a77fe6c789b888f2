#include "scoring/criteria/codec.h"

#include "gtest/gtest.h"
#include "platform/hash.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::criteria {
namespace {

// Rounds and snapshots refer to sets by this hash: it may not move when code does.
TEST(CodecTest, TheFormIsFrozen) {
  const std::string text = *Canonical(testing::CommuneSet());
  EXPECT_EQ(platform::Sha256Hex(text),
            "342aef1827398aa6b44362ca20e152ed415db5935dfa82a501f4849eca9861e1");
  EXPECT_EQ(*Canonical(*DefinitionFromText(text)), text);
}

TEST(CodecTest, TheFormOfExtraPointsIsFrozen) {
  const std::string text = *Canonical(testing::SetWithExtraPoints());
  EXPECT_EQ(*Canonical(*DefinitionFromText(text)), text);
  EXPECT_EQ(platform::Sha256Hex(text),
            "9c49b8af235b121859948a4f584c5daf26c4635b5dc9499c28afb72fb79dc02b");
  // Only what differs from a set without them is written.
  EXPECT_EQ(Canonical(testing::CommuneSet())->find("extra_points"), std::string::npos);
  EXPECT_EQ(Canonical(testing::CommuneSet())->find("kind"), std::string::npos);
}

// As a set looks that was stored before a member was added.
TEST(CodecTest, AMemberThatIsNotThereHasItsDefault) {
  const absl::StatusOr<Definition> read =
      DefinitionFromText(R"({"fields":[{"code":"I","max_points":"20","criteria":[)"
                         R"({"code":"I.1","max_points":"20","rule":{"type":"MANUAL"}}]}]})");
  ASSERT_TRUE(read.ok()) << read.status();
  const Criterion& leaf = read->fields.at(0).criteria.at(0);
  EXPECT_EQ(leaf.code, "I.1");
  EXPECT_EQ(leaf.title, "");
  EXPECT_FALSE(leaf.may_be_not_applicable);
  EXPECT_TRUE(leaf.children.empty());
  EXPECT_TRUE(leaf.rule->parameters.empty());
  EXPECT_TRUE(read->bands.empty());
  EXPECT_TRUE(read->tie_break_criteria.empty());
}

TEST(CodecTest, WhatCountsIsRequiredAndOfItsType) {
  for (const char* broken :
       {"no json", "[]", "{}", R"({"fields":[{"max_points":"1","criteria":[]}]})",
        R"({"fields":[{"code":"I","max_points":1,"criteria":[]}]})",
        R"({"fields":[],"rounding":[{"stage":"NEVER","mode":"DOWN","decimals":"2"}]})",
        R"({"fields":[],"tie_break_criteria":"I.1"})"}) {
    EXPECT_FALSE(DefinitionFromText(broken).ok()) << broken;
  }
}

}  // namespace
}  // namespace thidua::scoring::criteria
