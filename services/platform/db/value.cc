// Parameters in the form they are bound in.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::db {

Value ToValue(std::nullptr_t) { return nullptr; }
Value ToValue(bool value) { return static_cast<int64_t>(value ? 1 : 0); }
Value ToValue(const std::string& value) { return value; }
Value ToValue(std::string_view value) { return std::string(value); }
Value ToValue(const char* value) { return std::string(value); }

Value ToValue(absl::Time value) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E6S", value, absl::UTCTimeZone());
}

Value ToValue(absl::CivilDay value) { return absl::FormatCivilTime(value); }

std::string Placeholders(int rows, int columns) {
  std::string row = "(";
  for (int column = 0; column < columns; ++column) absl::StrAppend(&row, column == 0 ? "?" : ",?");
  row += ')';
  std::string all;
  all.reserve(rows * (row.size() + 1));
  for (int i = 0; i < rows; ++i) {
    if (i > 0) all += ',';
    all += row;
  }
  return all;
}

}  // namespace thidua::db
