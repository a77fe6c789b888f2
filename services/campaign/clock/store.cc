#include "campaign/clock/store.h"

#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::clock {
absl::StatusOr<int64_t> LockOffset(db::Tx& tx) {
  ASSIGN_OR_RETURN(
      const auto offset,
      tx.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                "SELECT offset_ms FROM business_time WHERE id = 1 FOR UPDATE"));
  if (!offset.has_value()) return platform::Internal("business_time has lost its row");
  return *offset;
}

absl::Status WriteOffset(db::Tx& tx, int64_t offset_ms) {
  return tx.Execute("UPDATE business_time SET offset_ms = ? WHERE id = 1", offset_ms).status();
}

}  // namespace thidua::campaign::clock
