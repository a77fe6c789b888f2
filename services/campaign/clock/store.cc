#include "campaign/clock/store.h"

#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::clock {
namespace {

absl::StatusOr<int64_t> Only(absl::StatusOr<std::optional<int64_t>> row) {
  RETURN_IF_ERROR(row.status());
  if (!row->has_value()) return platform::Internal("business_time has lost its row");
  return **row;
}

int64_t Offset(const db::Row& row) { return row.Get<int64_t>(0); }

}  // namespace

absl::StatusOr<int64_t> ReadOffset(db::Session& session) {
  return Only(
      session.QueryOptional<int64_t>(Offset, "SELECT offset_ms FROM business_time WHERE id = 1"));
}

absl::StatusOr<int64_t> LockOffset(db::Tx& tx) {
  return Only(tx.QueryOptional<int64_t>(
      Offset, "SELECT offset_ms FROM business_time WHERE id = 1 FOR UPDATE"));
}

absl::Status WriteOffset(db::Tx& tx, int64_t offset_ms) {
  return tx.Execute("UPDATE business_time SET offset_ms = ? WHERE id = 1", offset_ms).status();
}

}  // namespace thidua::campaign::clock
