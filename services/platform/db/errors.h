// The one table of database errors: what a MariaDB or client error code means for the statement,
// the session and the caller.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace thidua::db {

enum class Fault {
  kNone,
  kDuplicateKey,  // a unique index refused the row
  kConstraint,    // a foreign key or CHECK refused the row
  kBadValue,      // a value does not fit its column
  kTooLarge,      // a row or packet over the server's limit
  kConflict,      // deadlock, lock wait, changed record: the transaction may be run again
  kTimeout,       // max_statement_time ran out
  kUnavailable,   // no connection, or the server is going or not ready
  kStorageFull,   // the server's disk or tablespace is full
  kDenied,        // the database user lacks a right, or may not log in
  kDefect,        // anything else: a defect of ours
};

// By code, never by SQLSTATE: 1205 comes as HY000. `message` decides where a code has two meanings
// (1030 and 1180 carry an errno, 1105 the packet limit).
Fault Classify(int code, std::string_view message);

// Whether a session is usable after the fault, once its transaction is rolled back. When not, the
// connection is discarded.
bool SessionSurvives(Fault fault);

// Whether the transaction can go on after the fault: only the statement was undone, and the caller
// is told of it.
bool TransactionSurvives(Fault fault);

// The error with reason and texts. Server messages that may carry data are not taken over.
absl::Status FromSql(Fault fault, int code, std::string_view message);

// Made without the server.
absl::Status DeadlineBeforeStatement();
absl::Status NoConnectionInTime();
absl::Status CommitOutcomeUnknown(int code);
absl::Status StillInConflict();
absl::Status NotAWorkerThread();

}  // namespace thidua::db
