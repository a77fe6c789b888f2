#include "scoring/rankings/shown_cache.h"

#include "gtest/gtest.h"

namespace thidua::scoring::rankings {
namespace {

std::shared_ptr<const Shown> Page(const std::string& text) {
  auto shown = std::make_shared<Shown>();
  shown->page = text;
  return shown;
}

std::string PageIn(ShownCache& cache, const std::string& id, const std::string& state) {
  const auto found = cache.Find(id, state);
  return found == nullptr ? "none" : found->page;
}

TEST(ShownCacheTest, AnotherStateIsNotFoundAndTakesThePlace) {
  ShownCache cache(2);
  EXPECT_EQ(PageIn(cache, "a", ""), "none");
  cache.Put("a", "", Page("first"));
  EXPECT_EQ(PageIn(cache, "a", ""), "first");
  EXPECT_EQ(PageIn(cache, "a", "corrected"), "none");
  cache.Put("a", "corrected", Page("second"));
  EXPECT_EQ(PageIn(cache, "a", "corrected"), "second");
  EXPECT_EQ(PageIn(cache, "a", ""), "none");
}

TEST(ShownCacheTest, TheOneNotUsedForLongestMakesRoom) {
  ShownCache cache(2);
  cache.Put("a", "", Page("a"));
  cache.Put("b", "", Page("b"));
  EXPECT_EQ(PageIn(cache, "a", ""), "a");
  cache.Put("c", "", Page("c"));
  EXPECT_EQ(PageIn(cache, "a", ""), "a");
  EXPECT_EQ(PageIn(cache, "b", ""), "none");
  EXPECT_EQ(PageIn(cache, "c", ""), "c");
  cache.Put("c", "corrected", Page("c2"));
  EXPECT_EQ(PageIn(cache, "a", ""), "a") << "the same publication needs no room";
}

}  // namespace
}  // namespace thidua::scoring::rankings
