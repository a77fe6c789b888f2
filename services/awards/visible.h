// Lists show only what the caller may see: the SQL condition for it.
#pragma once

#include <string>
#include <vector>

#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::awards {

// A SELECT that grows by conditions.
struct ListQuery {
  std::string sql;
  std::vector<db::Value> values;

  template <class T>
  void And(const std::string& condition, const T& value) {
    sql += " AND " + condition;
    values.push_back(db::ToValue(value));
  }
  // At least one of the unit columns is visible.
  void AndVisible(const platform::VisibleUnits& visible, const std::vector<std::string>& columns);
  // Rows after the key, in order of the key, `size` + 1 of them.
  void AfterKey(const std::string& key_column, const std::string& after, int size);
};

}  // namespace thidua::awards
