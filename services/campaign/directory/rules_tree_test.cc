#include "campaign/directory/rules_tree.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::directory {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;

const Span kAlways{CivilDay(2022, 1, 1), std::nullopt};
const CivilDay kEnd(2025, 6, 30);
const CivilDay kBefore(2024, 1, 1);
const CivilDay kAfter(2025, 7, 1);

// Đắk Nông before and after the end of the districts: two communes of a district are merged into
// one that stands below the province.
Tree DakNong() {
  Tree tree;
  tree.AddUnit("dak-nong", kAlways);
  tree.AddUnit("so-noi-vu", kAlways);
  tree.AddParent("so-noi-vu", "dak-nong", kAlways);
  const Span until{CivilDay(2022, 1, 1), kEnd};
  tree.AddUnit("huyen-krong-no", until);
  tree.AddParent("huyen-krong-no", "dak-nong", until);
  for (const char* commune : {"tan-thanh", "dak-dro"}) {
    tree.AddUnit(commune, until);
    tree.AddParent(commune, "huyen-krong-no", until);
    tree.AddSuccessor(commune, "xa-krong-no");
  }
  const Span from{CivilDay(2025, 7, 1), std::nullopt};
  tree.AddUnit("xa-krong-no", from);
  tree.AddParent("xa-krong-no", "dak-nong", from);
  return tree;
}

// shows: S4-36
TEST(Tree, R_DIR_20_PlaceDependsOnTheDate) {
  const Tree tree = DakNong();
  EXPECT_TRUE(tree.IsWithin("tan-thanh", "huyen-krong-no", kBefore));
  EXPECT_FALSE(tree.IsWithin("tan-thanh", "huyen-krong-no", kAfter));
  EXPECT_TRUE(tree.IsWithin("tan-thanh", "dak-nong", kBefore));
  EXPECT_FALSE(tree.IsWithin("so-noi-vu", "huyen-krong-no", kBefore));
  EXPECT_FALSE(tree.IsWithin("huyen-krong-no", "tan-thanh", kBefore));
}

// shows: S0-21
TEST(Tree, R_DIR_20_SuccessorsAnswerForTheirPredecessors) {
  const Tree tree = DakNong();
  EXPECT_TRUE(tree.IsWithin("tan-thanh", "xa-krong-no", kAfter));
  EXPECT_FALSE(tree.IsWithin("tan-thanh", "xa-krong-no", kBefore));
  EXPECT_TRUE(tree.IsWithin("tan-thanh", "dak-nong", kAfter));
  EXPECT_THAT(tree.Subtree("xa-krong-no", kAfter),
              ElementsAre("dak-dro", "tan-thanh", "xa-krong-no"));
  EXPECT_THAT(tree.HeirsOf("tan-thanh", kAfter), ElementsAre("xa-krong-no"));
  EXPECT_THAT(tree.HeirsOf("tan-thanh", kBefore), ElementsAre("tan-thanh"));
}

TEST(Tree, R_DIR_20_AUnitWithoutHeirsStandsWhereItStoodLast) {
  const Tree tree = DakNong();
  EXPECT_TRUE(tree.IsWithin("huyen-krong-no", "dak-nong", kAfter));
}

TEST(Tree, R_DIR_20_AUnitToComeStandsWhereItWillStand) {
  EXPECT_TRUE(DakNong().IsWithin("xa-krong-no", "dak-nong", kBefore));
}

TEST(Tree, WhatIsNotKnownIsWithinNothing) {
  const Tree tree = DakNong();
  EXPECT_FALSE(tree.IsWithin("nowhere", "dak-nong", kBefore));
  EXPECT_FALSE(tree.Knows("nowhere"));
  EXPECT_THAT(tree.HeirsOf("nowhere", kAfter), ElementsAre());
}

// Random forests in which each unit's parent has a smaller number, with random ends and successors
// (circles too).
TEST(Tree, SubtreeAndIsWithinAgreeAndEveryWalkEnds) {
  EXPECT_TRUE(rc::check("random trees", [] {
    const int count = *rc::gen::inRange(1, 12);
    Tree tree;
    for (int i = 0; i < count; ++i) {
      const std::string id = "u" + std::to_string(i);
      const CivilDay from = CivilDay(2022, 1, 1) + *rc::gen::inRange(0, 50);
      Span span{from, std::nullopt};
      if (*rc::gen::arbitrary<bool>()) span.to = from + *rc::gen::inRange(0, 50);
      tree.AddUnit(id, span);
      if (i > 0) tree.AddParent(id, "u" + std::to_string(*rc::gen::inRange(0, i)), span);
      if (span.to && *rc::gen::arbitrary<bool>()) {
        tree.AddSuccessor(id, "u" + std::to_string(*rc::gen::inRange(0, count)));
      }
    }
    const CivilDay day = CivilDay(2022, 1, 1) + *rc::gen::inRange(0, 120);
    for (int a = 0; a < count; ++a) {
      const std::string ancestor = "u" + std::to_string(a);
      const std::vector<std::string> subtree = tree.Subtree(ancestor, day);
      RC_ASSERT(std::is_sorted(subtree.begin(), subtree.end()));
      RC_ASSERT(tree.IsWithin(ancestor, ancestor, day));
      for (int u = 0; u < count; ++u) {
        const std::string unit = "u" + std::to_string(u);
        RC_ASSERT(tree.IsWithin(unit, ancestor, day) ==
                  std::binary_search(subtree.begin(), subtree.end(), unit));
      }
    }
  }));
}

}  // namespace
}  // namespace thidua::campaign::directory
