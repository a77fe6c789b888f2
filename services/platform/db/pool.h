// Connections to one schema, and the ways to use them: InTransaction for changes, ReadOnly and
// Snapshot for reading. Deadlines are wall-clock machine time, as gRPC counts them.
#pragma once

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::db {

struct Options {
  std::string host = "127.0.0.1";  // "" with a socket
  int port = 3306;
  std::string socket;       // path of a unix socket; wins over host and port when not empty
  std::string schema;       // required
  std::string user;         // required
  std::string password;     // never logged
  std::string tls_ca_file;  // PEM; when set, TLS is enforced and the server's name verified
  int connections = 12;     // workers + background tasks; 1..200
  absl::Duration connect_timeout = absl::Seconds(3);
  absl::Duration io_timeout = absl::Seconds(30);  // one read or write on the wire
  absl::Duration lock_wait = absl::Seconds(3);    // innodb_lock_wait_timeout, whole seconds
  // Of a transaction between two statements, after which the server ends it: a process that stands
  // still would hold its locks against its replicas for as long. Whole seconds, 1 and more.
  absl::Duration longest_standstill = absl::Seconds(10);
  absl::Duration max_age = absl::Minutes(10);  // a connection older than this is replaced
  // Refuses SQL on threads that are not workers (Executor::OnWorker), so that a blocking call can
  // never stand in a gRPC callback. Servers set it; programs and tests on plain threads do not.
  bool require_worker_thread = false;
};

struct PoolStats {
  int limit = 0;  // Options::connections
  int open = 0;
  int idle = 0;
  int waiting = 0;  // threads that wait for a connection
  int64_t discarded = 0;
  int64_t transaction_retries = 0;
};

// Thread-safe. Opens connections when needed; a database that is away is no error at construction.
class Pool {
 public:
  static absl::StatusOr<std::unique_ptr<Pool>> Create(Options options);
  virtual ~Pool() = default;

  // Runs `body` in a READ COMMITTED transaction and commits when it returns OK, else rolls back.
  // Deadlocks (1213), lock waits (1205) and record changes (1020) re-run the whole body, at most 4
  // times and within the deadline, so `body` must have no effect but through `tx`. A connection
  // lost during commit is UNAVAILABLE with reason COMMIT_OUTCOME_UNKNOWN: repeating with the same
  // request id is safe.
  virtual absl::Status InTransaction(absl::Time deadline,
                                     absl::FunctionRef<absl::Status(Tx&)> body) = 0;
  // Runs `body` on one connection without a transaction; each statement sees what is committed.
  // Only reading statements are taken.
  virtual absl::Status ReadOnly(absl::Time deadline,
                                absl::FunctionRef<absl::Status(Session&)> body) = 0;
  // Runs `body` on one state of the whole schema (a REPEATABLE READ snapshot taken at the start).
  // Only reading statements are taken.
  virtual absl::Status Snapshot(absl::Time deadline,
                                absl::FunctionRef<absl::Status(Session&)> body) = 0;
  // Runs `body` on one connection without a transaction; each statement commits by itself. For DDL:
  // migrations and test fixtures. Areas write through Write().
  virtual absl::Status Autocommit(absl::Time deadline,
                                  absl::FunctionRef<absl::Status(Session&)> body) = 0;
  // SELECT 1 within the deadline.
  virtual absl::Status Ping(absl::Time deadline) = 0;
  virtual PoolStats stats() const = 0;
};

}  // namespace thidua::db
