// The Session and Tx that bodies get: one connection, one deadline, and the memory of the fault
// after which nothing more may be done. Internal to platform/db.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "platform/db/connection.h"
#include "platform/db/session.h"

namespace thidua::db {

class LeasedSession final : public Tx {
 public:
  enum class Use { kRead, kWrite };
  LeasedSession(Connection& connection, absl::Time deadline, absl::Duration io_timeout, Use use)
      : connection_(connection), deadline_(deadline), io_timeout_(io_timeout), use_(use) {}

  absl::StatusOr<int64_t> ExecuteValues(std::string_view sql, std::vector<Value> values) override;
  absl::Status QueryValues(absl::FunctionRef<absl::Status(const Row&)> each, std::string_view sql,
                           std::vector<Value> values) override;
  absl::Time deadline() const override { return deadline_; }

  // The fault that ended the session, kNone while it may go on. After a deadlock, say, the server
  // has rolled back and every further statement would stand alone: a body that overlooks the error
  // cannot go on, and its transaction is not committed.
  Fault fault() const { return fault_; }
  const absl::Status& doom() const { return doom_; }

 private:
  absl::Status MayRun(std::string_view sql);
  absl::Duration Limit() const;
  absl::Status Note(const Outcome& outcome);

  Connection& connection_;
  const absl::Time deadline_;
  const absl::Duration io_timeout_;
  const Use use_;
  Fault fault_ = Fault::kNone;
  absl::Status doom_;
};

}  // namespace thidua::db
