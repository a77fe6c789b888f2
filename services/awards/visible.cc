#include "awards/visible.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::awards {

void ListQuery::AndVisible(const platform::VisibleUnits& visible,
                           const std::vector<std::string>& columns) {
  if (visible.all) return;
  if (visible.ids.empty()) {
    sql += " AND 1 = 0";
    return;
  }
  const std::string marks = absl::StrJoin(std::vector<std::string>(visible.ids.size(), "?"), ",");
  std::vector<std::string> choices;
  for (const std::string& column : columns) {
    choices.push_back(absl::StrCat(column, " IN (", marks, ")"));
    for (const std::string& id : visible.ids) values.push_back(db::ToValue(id));
  }
  absl::StrAppend(&sql, " AND (", absl::StrJoin(choices, " OR "), ")");
}

void ListQuery::AfterKey(const std::string& key_column, const std::string& after, int size) {
  And(key_column + " > ?", after);
  absl::StrAppend(&sql, " ORDER BY ", key_column, " LIMIT ", size + 1);
}

}  // namespace thidua::awards
