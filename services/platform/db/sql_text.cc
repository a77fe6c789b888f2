#include "platform/db/sql_text.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "absl/strings/match.h"

namespace thidua::db {
namespace {

bool FirstWordIsOneOf(std::string_view sql, std::initializer_list<const char*> words) {
  constexpr std::string_view kBetween = " \t\r\n(";
  const size_t start = sql.find_first_not_of(kBetween);
  if (start == std::string_view::npos) return false;
  const size_t end = std::min(sql.find_first_of(kBetween, start), sql.size());
  const std::string first(sql.substr(start, end - start));
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return absl::EqualsIgnoreCase(first, word); });
}

}  // namespace

bool OnlyReads(std::string_view sql) {
  return FirstWordIsOneOf(sql, {"SELECT", "WITH", "SHOW", "EXPLAIN"});
}

bool MayBeLimited(std::string_view sql) {
  return FirstWordIsOneOf(sql, {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE"});
}

}  // namespace thidua::db
