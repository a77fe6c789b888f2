#include "campaign/requests/due_order.h"

#include <algorithm>

#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign {
namespace {

constexpr std::string_view kNone = "9999-12-31";
constexpr size_t kDay = 10;

bool Plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' ||
         c == '.' || c == '-';
}

}  // namespace

std::string DueParameter(const std::optional<absl::CivilDay>& due) {
  return due ? platform::FormatDate(*due) : std::string(kNone);
}

std::string TextOf(const DueKey& key) { return DueParameter(key.due) + "|" + key.rest; }

absl::StatusOr<std::optional<DueKey>> DueKeyFrom(std::string_view after) {
  if (after.empty()) return std::optional<DueKey>();
  const absl::Status malformed = platform::InvalidField(
      "page_token", "PAGE_TOKEN_MALFORMED",
      {"Mã trang không đúng dạng; hãy dùng nguyên văn next_page_token của trang trước.",
       "page_token is not one we made; send next_page_token of the page before as it is."});
  if (after.size() <= kDay || after[kDay] != '|') return malformed;
  DueKey key;
  const std::string_view day = after.substr(0, kDay);
  if (day != kNone) {
    const absl::StatusOr<absl::CivilDay> due = platform::ParseDate(day, "page_token");
    if (!due.ok()) return malformed;
    key.due = *due;
  }
  key.rest = std::string(after.substr(kDay + 1));
  if (!std::all_of(key.rest.begin(), key.rest.end(), Plain)) return malformed;
  return std::optional<DueKey>(std::move(key));
}

}  // namespace thidua::campaign
