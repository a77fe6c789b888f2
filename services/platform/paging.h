// Pages of lists: keyset tokens that say after which key to go on, bound to the list they were made
// for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace thidua::platform {

// What a list reads next. Read size + 1 rows after the key to know whether there is more.
struct Page {
  int size = 50;
  std::string after;  // key of the last row of the page before; empty on the first page
};

// page_size: 0 means 50, more than 1000 means 1000, negative is refused with PAGE_SIZE_NEGATIVE.
// `scope` names the list and its filters ("nominations|plan=…"): a token made under another scope
// is refused with PAGE_TOKEN_MISMATCH, one that is none with PAGE_TOKEN_MALFORMED.
absl::StatusOr<Page> ReadPage(int32_t page_size, std::string_view page_token,
                              std::string_view scope);

// The token that goes on after `last_key`.
std::string NextPageToken(std::string_view last_key, std::string_view scope);

}  // namespace thidua::platform
