// What the first word of a statement says about it. Internal to platform/db.
#pragma once

#include <string_view>

namespace thidua::db {

// SELECT, WITH, SHOW, EXPLAIN. A SELECT … FOR UPDATE counts as reading; it locks nothing outside a
// transaction.
bool OnlyReads(std::string_view sql);

// Whether SET STATEMENT … FOR takes it: SELECT, WITH, INSERT, UPDATE, DELETE, REPLACE.
bool MayBeLimited(std::string_view sql);

}  // namespace thidua::db
