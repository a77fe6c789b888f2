// One connection of Connector/C++ with the session settings and the statement cache of Thi Đua.
// Exceptions end here. Internal to platform/db.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cppconn/connection.h"
#include "cppconn/statement.h"
#include "platform/db/errors.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "platform/db/statement_cache.h"

namespace thidua::db {

// What a statement came to: OK, or a fault and its status. A fault of kNone beside an error means
// that the reader of the rows refused, not the database.
struct Outcome {
  Fault fault = Fault::kNone;
  int code = 0;  // the server's or client library's, 0 when none
  absl::Status status;
  bool ok() const { return status.ok(); }
};

// Used by one thread at a time; may move between threads.
class Connection {
 public:
  // Connects, sets the session up and verifies that it is so. UNAVAILABLE (DATABASE_UNAVAILABLE)
  // when the server cannot be reached or speaks no TLS where TLS is asked for.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const Options& options,
                                                          absl::Time deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `limit` is how long the server may work on the statement; 0 is without limit.
  Outcome Execute(std::string_view sql, const std::vector<Value>& values, absl::Duration limit,
                  int64_t* matched);
  // An error of `each` ends the reading and is returned with Fault::kNone.
  Outcome Query(std::string_view sql, const std::vector<Value>& values, absl::Duration limit,
                absl::FunctionRef<absl::Status(const Row&)> each);
  // "START TRANSACTION", "COMMIT", "ROLLBACK", "SET …" without parameters.
  Outcome Control(const char* sql);
  // Whether the server still answers on it.
  bool Alive();

 private:
  explicit Connection(std::unique_ptr<sql::Connection> connection);
  absl::Status SetUp(const Options& options);
  // Runs `work`, turning exceptions into an Outcome.
  Outcome Guarded(absl::FunctionRef<absl::Status()> work);

  std::unique_ptr<sql::Connection> connection_;
  StatementCache statements_;                // destroyed before the connection
  std::unique_ptr<sql::Statement> control_;  // likewise
};

}  // namespace thidua::db
