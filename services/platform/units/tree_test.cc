#include "platform/units/tree.h"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/status.h"

namespace thidua::units {
namespace {

using absl::CivilDay;
using testing::ElementsAre;

const CivilDay kBefore(2024, 1, 1);
const CivilDay kLastDay(2025, 6, 30);
const CivilDay kAfter(2025, 7, 1);

// The two-level reform of 2025-07-01: districts end, communes merge and stand under the province.
Tree Reform() {
  const Period until{std::nullopt, kLastDay};
  const Period since{kAfter, std::nullopt};
  return Tree({
      {.id = "province"},
      {.id = "district", .valid = until, .parents = {{"province", until}}},
      {.id = "room", .valid = until, .parents = {{"district", until}}},
      {.id = "commune1", .valid = until, .parents = {{"district", until}}, .successors = {"new"}},
      {.id = "commune2", .valid = until, .parents = {{"district", until}}, .successors = {"new"}},
      {.id = "new", .valid = since, .parents = {{"province", since}}},
      {.id = "tax", .parents = {{"province", {}}, {"ministry", {}}}},
  });
}

TEST(TreeTest, AUnitLiesWithinItselfAndAllAboveItOnTheDate) {
  const Tree tree = Reform();
  EXPECT_TRUE(*tree.IsWithin("commune1", "commune1", kBefore));
  EXPECT_TRUE(*tree.IsWithin("commune1", "district", kLastDay));
  EXPECT_TRUE(*tree.IsWithin("commune1", "province", kBefore));
  EXPECT_FALSE(*tree.IsWithin("province", "commune1", kBefore));
  EXPECT_FALSE(*tree.IsWithin("commune1", "commune2", kBefore));
}

TEST(TreeTest, RightsToAnEndedUnitPassToItsSuccessor) {
  const Tree tree = Reform();
  EXPECT_TRUE(*tree.IsWithin("commune1", "new", kAfter));
  EXPECT_TRUE(*tree.IsWithin("commune1", "province", kAfter));
  EXPECT_FALSE(*tree.IsWithin("commune1", "district", kAfter));
  EXPECT_FALSE(*tree.IsWithin("commune1", "new", kLastDay)) << "it has not ended yet";
}

TEST(TreeTest, AnEndedUnitWithoutASuccessorStaysWhereItWas) {
  const Tree tree = Reform();
  EXPECT_TRUE(*tree.IsWithin("room", "district", kAfter));
  EXPECT_TRUE(*tree.IsWithin("room", "province", kAfter));
}

TEST(TreeTest, AUnitToComeLiesWhereItWillBegin) {
  EXPECT_TRUE(*Reform().IsWithin("new", "province", kBefore));
}

TEST(TreeTest, AVerticalBranchLiesUnderBothParents) {
  const Tree tree = Reform();
  EXPECT_TRUE(*tree.IsWithin("tax", "province", kBefore));
  EXPECT_TRUE(*tree.IsWithin("tax", "ministry", kBefore)) << "also when the ministry is not known";
}

TEST(TreeTest, UnknownUnits) {
  const Tree tree = Reform();
  EXPECT_EQ(platform::ReasonOf(tree.IsWithin("x", "province", kBefore).status()), "UNKNOWN_UNIT");
  EXPECT_EQ(platform::ReasonOf(tree.Subtree("x", kBefore).status()), "UNKNOWN_UNIT");
  EXPECT_FALSE(*tree.IsWithin("province", "x", kBefore));
}

TEST(TreeTest, SubtreeOnADate) {
  const Tree tree = Reform();
  EXPECT_THAT(*tree.Subtree("district", kBefore),
              ElementsAre("commune1", "commune2", "district", "room"));
  EXPECT_THAT(*tree.Subtree("district", kAfter), ElementsAre("district", "room"));
  EXPECT_THAT(*tree.Subtree("new", kAfter), ElementsAre("commune1", "commune2", "new"));
}

TEST(TreeTest, SubtreeIsWhatIsWithinWhateverTheRowsSay) {
  EXPECT_TRUE(rc::check([] {
    // Any graph, circles and dangling parents too.
    const int count = *rc::gen::inRange(1, 8);
    const auto day = [] { return CivilDay(2024, 1, 1) + *rc::gen::inRange(0, 10); };
    const auto period = [&]() -> Period {
      Period drawn;
      if (*rc::gen::arbitrary<bool>()) drawn.from = day();
      if (*rc::gen::arbitrary<bool>()) drawn.to = day();
      return drawn;
    };
    std::vector<TreeUnit> units;
    for (int i = 0; i < count; ++i) {
      TreeUnit unit{.id = absl::StrCat(i), .valid = period()};
      for (int p = *rc::gen::inRange(0, 3); p > 0; --p) {
        unit.parents.emplace_back(absl::StrCat(*rc::gen::inRange(0, count + 1)), period());
      }
      if (*rc::gen::inRange(0, 3) == 0) {
        unit.successors.push_back(absl::StrCat(*rc::gen::inRange(0, count)));
      }
      units.push_back(unit);
    }
    const Tree tree(units);
    const CivilDay as_of = day();
    for (const TreeUnit& top : units) {
      const std::vector<std::string> within = *tree.Subtree(top.id, as_of);
      RC_ASSERT(std::is_sorted(within.begin(), within.end()));
      for (const TreeUnit& unit : units) {
        RC_ASSERT(std::binary_search(within.begin(), within.end(), unit.id) ==
                  *tree.IsWithin(unit.id, top.id, as_of));
      }
    }
  }));
}

}  // namespace
}  // namespace thidua::units
