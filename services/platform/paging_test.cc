#include "platform/paging.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "gmock/gmock.h"
#include "platform/status.h"

namespace thidua::platform {
namespace {

TEST(PagingTest, SizesAreClampedAndNegativeOnesRefused) {
  EXPECT_EQ(ReadPage(0, "", "a")->size, 50);
  EXPECT_EQ(ReadPage(7, "", "a")->size, 7);
  EXPECT_EQ(ReadPage(1001, "", "a")->size, 1000);
  EXPECT_EQ(ReasonOf(ReadPage(-1, "", "a").status()), "PAGE_SIZE_NEGATIVE");
}

TEST(PagingTest, ATokenGoesOnAfterItsKeyAndOnlyInItsOwnList) {
  const std::string token = NextPageToken("01abc", "units|plan=1");
  EXPECT_EQ(ReadPage(0, token, "units|plan=1")->after, "01abc");
  EXPECT_EQ(ReasonOf(ReadPage(0, token, "units|plan=2").status()), "PAGE_TOKEN_MISMATCH");
}

TEST(PagingTest, TextThatIsNoTokenIsRefused) {
  EXPECT_EQ(ReasonOf(ReadPage(0, "%%%", "a").status()), "PAGE_TOKEN_MALFORMED");
  EXPECT_EQ(ReasonOf(ReadPage(0, "QUJD", "a").status()), "PAGE_TOKEN_MALFORMED");
  EXPECT_EQ(ReasonOf(ReadPage(0, std::string(2000, 'A'), "a").status()), "PAGE_TOKEN_MALFORMED");
}

struct Row {
  int key;
  std::string text() const { return std::to_string(key); }
};

TEST(PagingTest, APageIsCutWhereMoreWasReadThanItHolds) {
  const Page page = ReadPage(2, "", "list").value();
  std::vector<Row> rows = {{1}, {2}, {3}};
  const std::string token = page.Cut(rows, &Row::text);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(ReadPage(2, token, "list")->after, "2");
  EXPECT_EQ(page.Cut(rows, &Row::text), "");
  EXPECT_EQ(rows.size(), 2u);
  rows.clear();
  EXPECT_EQ(page.Cut(rows, &Row::text), "");
}

TEST(PagingTest, APageOfLargeRowsIsCutWhereTheAnswerIsFull) {
  const Page page = ReadPage(3, "", "list").value();
  const auto mebibyte = [](const Row&) { return size_t{1} << 20; };
  std::vector<Row> rows = {{1}, {2}, {3}, {4}};
  EXPECT_EQ(ReadPage(3, page.CutToFit(rows, &Row::text, mebibyte), "list")->after, "2");
  EXPECT_EQ(rows.size(), 2u);
  EXPECT_EQ(page.CutToFit(rows, &Row::text, mebibyte), "") << "these two are all there is";
  const auto far_too_large = [](const Row&) { return size_t{1} << 30; };
  EXPECT_EQ(ReadPage(3, page.CutToFit(rows, &Row::text, far_too_large), "list")->after, "1");
  EXPECT_EQ(rows.size(), 1u);
  const auto small = [](const Row&) { return size_t{1}; };
  rows = {{1}, {2}, {3}, {4}};
  EXPECT_EQ(ReadPage(3, page.CutToFit(rows, &Row::text, small), "list")->after, "3");
}

// Keys 1 to 5,000 in order; what was read is counted.
struct Numbers {
  absl::StatusOr<std::vector<Row>> operator()(const std::string& after, int limit) {
    std::vector<Row> found;
    for (int key = after.empty() ? 1 : std::stoi(after) + 1; key <= 5000; ++key) {
      if (static_cast<int>(found.size()) == limit) break;
      found.push_back({key});
    }
    read += static_cast<int>(found.size());
    return found;
  }
  int read = 0;
};

std::vector<int> Keys(const std::vector<Row>& rows) {
  std::vector<int> keys(rows.size());
  std::transform(rows.begin(), rows.end(), keys.begin(), [](const Row& row) { return row.key; });
  return keys;
}

TEST(PagingTest, RowsThatAreNotShownAreReadOver) {
  const auto every_thousandth = [](const Row& row) -> absl::StatusOr<bool> {
    return row.key % 1000 == 0;
  };
  Page page = ReadPage(2, "", "list").value();
  std::vector<int> shown;
  std::string token;
  int pages = 0;
  do {
    Numbers numbers;
    std::vector<Row> rows =
        ReadShown(page, std::ref(numbers), &Row::text, every_thousandth).value();
    token = page.Cut(rows, &Row::text);
    for (const int key : Keys(rows)) shown.push_back(key);
    page = ReadPage(2, token, "list").value();
    ++pages;
  } while (!token.empty());
  EXPECT_THAT(shown, ::testing::ElementsAre(1000, 2000, 3000, 4000, 5000));
  EXPECT_EQ(pages, 3);
}

TEST(PagingTest, NoMoreIsReadThanAPageNeedsWhereAllIsShown) {
  const auto all = [](const Row&) -> absl::StatusOr<bool> { return true; };
  Numbers numbers;
  const Page page = ReadPage(10, NextPageToken("4", "list"), "list").value();
  const auto rows = ReadShown(page, std::ref(numbers), &Row::text, all);
  EXPECT_THAT(Keys(*rows), ::testing::ElementsAre(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  EXPECT_EQ(numbers.read, 11);
}

TEST(PagingTest, WhatFailsAmidReadingIsTold) {
  const auto broken = [](const Row& row) -> absl::StatusOr<bool> {
    if (row.key == 3) return absl::UnavailableError("gone");
    return true;
  };
  Numbers numbers;
  const Page page = ReadPage(10, "", "list").value();
  EXPECT_EQ(ReadShown(page, std::ref(numbers), &Row::text, broken).status().message(), "gone");
}

}  // namespace
}  // namespace thidua::platform
