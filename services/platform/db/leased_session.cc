#include "platform/db/leased_session.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/db/sql_text.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

// What is left of the deadline for our own answer.
constexpr absl::Duration kMargin = absl::Milliseconds(20);

}  // namespace

absl::Status LeasedSession::MayRun(std::string_view sql) {
  if (!doom_.ok()) return doom_;
  if (use_ == Use::kRead && !OnlyReads(sql)) {
    return platform::Internal(absl::StrCat("not a reading statement in ReadOnly or Snapshot: ",
                                           std::string(sql.substr(0, 60))));
  }
  if (absl::Now() >= deadline_) {
    fault_ = Fault::kTimeout;
    doom_ = DeadlineBeforeStatement();
  }
  return doom_;
}

// The server must give up before the wire does, so that it never works on for nobody.
absl::Duration LeasedSession::Limit() const {
  const absl::Duration left = deadline_ - absl::Now();
  const absl::Duration ours = std::max({left - kMargin, left / 2, absl::Milliseconds(1)});
  return std::min(ours, io_timeout_ * 0.9);
}

absl::Status LeasedSession::Note(const Outcome& outcome) {
  if (!TransactionSurvives(outcome.fault) && doom_.ok()) {
    fault_ = outcome.fault;
    doom_ = outcome.status;
  }
  return outcome.status;
}

absl::StatusOr<int64_t> LeasedSession::ExecuteValues(std::string_view sql,
                                                     std::vector<Value> values) {
  if (absl::Status status = MayRun(sql); !status.ok()) return status;
  int64_t matched = 0;
  absl::Status status = Note(connection_.Execute(sql, values, Limit(), &matched));
  if (!status.ok()) return status;
  return matched;
}

absl::Status LeasedSession::QueryValues(absl::FunctionRef<absl::Status(const Row&)> each,
                                        std::string_view sql, std::vector<Value> values) {
  if (absl::Status status = MayRun(sql); !status.ok()) return status;
  return Note(connection_.Query(sql, values, Limit(), [&](const Row& row) {
    absl::Status status = each(row);
    absl::Status conversion = RowStatus(row);
    return conversion.ok() ? status : conversion;
  }));
}

}  // namespace thidua::db
