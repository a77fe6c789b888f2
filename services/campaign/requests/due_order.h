// Lists by due date, what has none last: the keys of their pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace thidua::campaign {

struct DueKey {
  std::optional<absl::CivilDay> due;
  std::string rest;  // tells apart what is due on one day; [0-9a-z:.-]
};

// Texts in the order of the list.
std::string TextOf(const DueKey& key);
// The key of the row after which a page begins; nullopt on the first one. PAGE_TOKEN_MALFORMED.
absl::StatusOr<std::optional<DueKey>> DueKeyFrom(std::string_view after);

// As SQL has it: a day behind all others stands for none.
std::string DueParameter(const std::optional<absl::CivilDay>& due);

}  // namespace thidua::campaign
