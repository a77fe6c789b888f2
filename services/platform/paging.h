// Pages of lists: keyset tokens that say after which key to go on, bound to the list they were made
// for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/status_macros.h"

namespace thidua::platform {

// The token that goes on after `last_key`.
std::string NextPageToken(std::string_view last_key, std::string_view scope);

// What a list reads next. Read size + 1 rows after the key to know whether there is more.
struct Page {
  int size = 50;
  std::string after;  // key of the last row of the page before; empty on the first page
  std::string scope;  // of ReadPage

  // Leaves the rows to be shown and gives the token of the next page; "" when these are the last.
  // `key` is a member or function of a row: what the list is ordered by.
  template <typename Row, typename Key>
  std::string Cut(std::vector<Row>& rows, Key key) const {
    if (rows.size() <= static_cast<size_t>(size)) return "";
    rows.erase(rows.begin() + size, rows.end());
    return NextPageToken(std::invoke(key, rows.back()), scope);
  }

  // The same for rows that may be large: `bytes` tells what one adds to the answer. A page then
  // holds fewer rows than asked for rather than more than kMostBytes, but one at least.
  template <typename Row, typename Key, typename Bytes>
  std::string CutToFit(std::vector<Row>& rows, Key key, Bytes bytes) const {
    size_t fitting = 0;
    size_t total = 0;
    while (fitting < std::min(rows.size(), static_cast<size_t>(size))) {
      total += std::invoke(bytes, rows[fitting]);
      if (total > kMostBytes && fitting > 0) break;
      ++fitting;
    }
    if (fitting == rows.size()) return "";
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(fitting), rows.end());
    return NextPageToken(std::invoke(key, rows.back()), scope);
  }
  static constexpr size_t kMostBytes = size_t{2} << 20;  // a message may have 4 MiB
};

// page_size: 0 means 50, more than 1000 means 1000, negative is refused with PAGE_SIZE_NEGATIVE.
// `scope` names the list and its filters ("nominations|plan=…"): a token made under another scope
// is refused with PAGE_TOKEN_MISMATCH, one that is none with PAGE_TOKEN_MALFORMED.
absl::StatusOr<Page> ReadPage(int32_t page_size, std::string_view page_token,
                              std::string_view scope);

// For lists where only a row that was read tells whether it is shown: reads on until there is one
// more than the page holds, or nothing more. `read(after, limit)` gives a StatusOr of rows in the
// order of their key, `shown(row)` a StatusOr<bool>. No more than `largest` rows are read at once.
template <typename Read, typename Key, typename Shown>
auto ReadShown(const Page& page, Read read, Key key, Shown shown, int largest = 2000)
    -> decltype(read(std::string(), 0)) {
  int batch = std::min(page.size + 1, largest);
  typename decltype(read(std::string(), 0))::value_type rows;
  std::string from = page.after;
  while (true) {
    ASSIGN_OR_RETURN(auto found, read(from, batch));
    const bool last = found.size() < static_cast<size_t>(batch);
    if (!last) from = std::invoke(key, found.back());
    for (auto& row : found) {
      ASSIGN_OR_RETURN(const bool show, shown(row));
      if (!show) continue;
      rows.push_back(std::move(row));
      if (rows.size() > static_cast<size_t>(page.size)) return rows;
    }
    if (last) return rows;
    // Little of it was to be shown: larger steps through what is not.
    batch = std::min(batch * 2, largest);
  }
}

}  // namespace thidua::platform
