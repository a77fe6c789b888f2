// Rows to lock for what has no row of its own: a person not told of yet, a telephone number.
#pragma once

#include <set>
#include <string>

#include "absl/status/status.h"
#include "platform/db/session.h"

namespace thidua::notify {

std::string PersonLock(const std::string& person_id);
std::string NumberLock(const std::string& number);

// Holds these names until the end of the transaction; at most one transaction holds a name. Locked
// in order, so that two who lock several do not wait for each other.
absl::Status LockNames(db::Tx& tx, const std::set<std::string>& names);

}  // namespace thidua::notify
