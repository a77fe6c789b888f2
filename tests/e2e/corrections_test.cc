// A correction after publication: the new one names the old, the old names the new, both stay.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "e2e/ranking_oracle.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

std::string Page(Stack& stack, const json& publication) {
  const RestAnswer page = Rest(stack, "GET", "/trang/xep-hang/" + IdIn(publication["name"]));
  EXPECT_EQ(page.status, 200);
  return page.body;
}

json EntryOf(Stack& stack, const json& publication, const std::string& unit_code) {
  const std::string unit = stack.Unit(unit_code);
  for (const json& entry : publication["entries"]) {
    if (entry["unit"] == unit) return entry;
  }
  ADD_FAILURE() << unit_code << " is not in " << publication["title"];
  return json::object();
}

TEST(Correction, NamesWhatItCorrectsAndTheDocumentAndIsNamedByIt) {
  Stack& stack = Stack::WithDemo();
  const json now = CurrentPublication(stack, "phong", 2023);
  const json before =
      stack.Get("scoring.v1.RankingService/GetPublication", {{"name", now["corrects"]}});
  ASSERT_FALSE(before.is_null());
  EXPECT_EQ(before["corrected_by"], now["name"]);
  EXPECT_EQ(before["corrects"], "");
  EXPECT_EQ(now["corrected_by"], "");
  EXPECT_NE(now["correction_reason"], "");
  EXPECT_EQ(now["correction_basis"]["number"], "120/QĐ-UBND (trình diễn)");
  EXPECT_EQ(now["correction_basis"]["issue_date"], "2024-02-16");
  EXPECT_EQ(now["correction_basis"]["issuer"], "UBND huyện Krông Nô");
  EXPECT_LT(before["publish_date"], now["publish_date"]);
  for (const json& one : {before, now}) {
    const json replay =
        stack.Get("scoring.v1.RankingService/ReplayRanking", {{"name", one["name"]}});
    EXPECT_EQ(replay["recomputed_sha256"], one["snapshot_sha256"]);
  }
  EXPECT_NE(before["snapshot_sha256"], now["snapshot_sha256"]);
  EXPECT_THAT(Page(stack, before), HasSubstr("bản đính chính"));
  EXPECT_THAT(Page(stack, now), HasSubstr("120/QĐ-UBND"));
}

// A room whose points were not known is listed without a rank, and takes one from others once they
// are.
TEST(Correction, RanksTheUnitThatWasLeftOutAndThoseBelowItAnew) {
  Stack& stack = Stack::WithDemo();
  const json now = CurrentPublication(stack, "phong", 2023);
  const json before =
      stack.Get("scoring.v1.RankingService/GetPublication", {{"name", now["corrects"]}});
  const json left_out = EntryOf(stack, before, "H00.20.02");
  EXPECT_EQ(left_out["rank"], 0);
  EXPECT_EQ(left_out["not_ranked_reason"], "ASSESSMENT_NOT_FINALISED");
  const int rank = EntryOf(stack, now, "H00.20.02")["rank"];
  ASSERT_GT(rank, 0);
  int moved = 0;
  for (const json& entry : before["entries"]) {
    if (entry["unit"] == left_out["unit"]) continue;
    const int old_rank = entry["rank"];
    for (const json& again : now["entries"]) {
      if (again["unit"] != entry["unit"]) continue;
      EXPECT_EQ(again["rank"], old_rank >= rank ? old_rank + 1 : old_rank) << again.dump();
      EXPECT_EQ(again["index_percent"], entry["index_percent"]);
      moved += old_rank >= rank ? 1 : 0;
    }
  }
  EXPECT_GT(moved, 0);
}

// The communes' publication, on which awards rest, is not touched by it.
TEST(Correction, OfOneBlockLeavesTheOtherBlocksPublicationAsItIs) {
  const json communes = Stack::WithDemo().Publication();
  EXPECT_EQ(communes["corrects"], "");
  EXPECT_EQ(communes["corrected_by"], "");
}

}  // namespace
}  // namespace thidua::e2e
