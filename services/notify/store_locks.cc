#include "notify/store_locks.h"

#include "platform/status_macros.h"

namespace thidua::notify {

std::string PersonLock(const std::string& person_id) { return "person:" + person_id; }
std::string NumberLock(const std::string& number) { return "number:" + number; }

absl::Status LockNames(db::Tx& tx, const std::set<std::string>& names) {
  for (const std::string& name : names) {
    RETURN_IF_ERROR(
        tx.Execute(
              "INSERT INTO row_locks (lock_name) VALUES (?) ON DUPLICATE KEY UPDATE lock_name = "
              "VALUES(lock_name)",
              name)
            .status());
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify
