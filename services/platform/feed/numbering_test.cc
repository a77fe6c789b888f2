#include "platform/feed/numbering.h"

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::feed {
namespace {

std::vector<std::string> Ids(const std::vector<Waiting>& events) {
  std::vector<std::string> ids;
  for (const Waiting& event : events) ids.push_back(event.event_id);
  return ids;
}

TEST(NumberingTest, EventsGoByTheirIds) {
  EXPECT_THAT(
      Ids(NumberingOrder({{"c", "plan", "1", 1}, {"a", "plan", "2", 1}, {"b", "unit", "1", 1}})),
      testing::ElementsAre("a", "b", "c"));
}

TEST(NumberingTest, AClockThatIsBehindDoesNotTurnVersionsRound) {
  // Version 2 was made by a process whose clock is behind.
  EXPECT_THAT(
      Ids(NumberingOrder({{"a", "plan", "1", 2}, {"b", "plan", "2", 1}, {"c", "plan", "1", 1}})),
      testing::ElementsAre("c", "b", "a"));
}

TEST(NumberingTest, AggregatesOfTwoTypesWithOneIdAreTwo) {
  EXPECT_THAT(Ids(NumberingOrder({{"a", "plan", "1", 2}, {"b", "unit", "1", 1}})),
              testing::ElementsAre("a", "b"));
}

TEST(NumberingTest, NothingIsLostAndEachAggregateIsInOrder) {
  EXPECT_TRUE(rc::check([](const std::vector<std::pair<uint8_t, uint8_t>>& drawn) {
    std::vector<Waiting> waiting;
    for (const auto& [aggregate, version] : drawn) {
      waiting.push_back({absl::StrCat(waiting.size() * 7919 % 1000, "-", waiting.size()), "plan",
                         absl::StrCat(aggregate % 4), version % 8});
    }
    const std::vector<Waiting> ordered = NumberingOrder(waiting);
    std::vector<std::string> before = Ids(waiting);
    std::vector<std::string> after = Ids(ordered);
    std::map<std::string, int64_t> version;
    for (const Waiting& event : ordered) {
      RC_ASSERT(version[event.aggregate_id] <= event.aggregate_version);
      version[event.aggregate_id] = event.aggregate_version;
    }
    // Places change hands only within an aggregate.
    std::sort(waiting.begin(), waiting.end(),
              [](const Waiting& a, const Waiting& b) { return a.event_id < b.event_id; });
    for (size_t i = 0; i < ordered.size(); ++i) {
      RC_ASSERT(ordered[i].aggregate_id == waiting[i].aggregate_id);
    }
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    RC_ASSERT(before == after);
  }));
}

}  // namespace
}  // namespace thidua::feed
