#include "campaign/clock/store.h"

#include "platform/db/business_time.h"
#include "platform/status_macros.h"

namespace thidua::campaign::clock {

absl::StatusOr<int64_t> LockOffset(db::Tx& tx) {
  RETURN_IF_ERROR(tx.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                            "SELECT id FROM business_time WHERE id = 1 FOR UPDATE")
                      .status());
  ASSIGN_OR_RETURN(const absl::Duration offset, db::ReadBusinessOffset(tx));
  return absl::ToInt64Milliseconds(offset);
}

absl::Status WriteOffset(db::Tx& tx, int64_t offset_ms) {
  return tx.Execute("UPDATE business_time SET offset_ms = ? WHERE id = 1", offset_ms).status();
}

}  // namespace thidua::campaign::clock
