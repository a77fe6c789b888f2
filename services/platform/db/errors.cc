#include "platform/db/errors.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

constexpr absl::Duration kRetryAfter = absl::Seconds(1);

struct Entry {
  int code;
  Fault fault;
};

// Sorted by code. Codes from 2000 on are the client library's.
constexpr Entry kTable[] = {
    {3, Fault::kStorageFull},      // EE_WRITE: error writing a (temporary) file
    {20, Fault::kStorageFull},     // EE_DISK_FULL
    {1020, Fault::kConflict},      // record has changed since last read
    {1021, Fault::kStorageFull},   // disk full
    {1022, Fault::kDuplicateKey},  // duplicate key on write
    {1026, Fault::kStorageFull},   // error writing file
    {1040, Fault::kUnavailable},   // too many connections
    {1044, Fault::kDenied},        // access denied to the schema
    {1045, Fault::kDenied},        // wrong user or password
    {1047, Fault::kUnavailable},   // a cluster node that is not ready
    {1053, Fault::kUnavailable},   // server shutdown in progress
    {1062, Fault::kDuplicateKey},  //
    {1114, Fault::kStorageFull},   // the table is full
    {1118, Fault::kTooLarge},      // row size too large
    {1129, Fault::kUnavailable},   // host is blocked
    {1142, Fault::kDenied},        // command denied on a table
    {1143, Fault::kDenied},        // command denied on a column
    {1153, Fault::kTooLarge},      // packet too large
    {1169, Fault::kDuplicateKey},  // unique constraint
    {1203, Fault::kUnavailable},   // too many connections of this user
    {1205, Fault::kConflict},      // lock wait timeout
    {1206, Fault::kConflict},      // lock table full
    {1213, Fault::kConflict},      // deadlock
    {1216, Fault::kConstraint},    // foreign key: no parent
    {1217, Fault::kConstraint},    // foreign key: has children
    {1226, Fault::kUnavailable},   // a limit of the user is exceeded
    {1227, Fault::kDenied},        // a privilege is needed
    {1264, Fault::kBadValue},      // out of range
    {1265, Fault::kBadValue},      // data truncated
    {1267, Fault::kBadValue},      // a value that a column of ASCII cannot be compared with
    {1290, Fault::kUnavailable},   // the server is read-only
    {1292, Fault::kBadValue},      // incorrect value
    {1317, Fault::kUnavailable},   // interrupted by an operator
    {1366, Fault::kBadValue},      // incorrect value for column
    {1406, Fault::kBadValue},      // data too long
    {1412, Fault::kConflict},      // table definition has changed, run the transaction again
    {1451, Fault::kConstraint},    // foreign key: has children
    {1452, Fault::kConstraint},    // foreign key: no parent
    {1586, Fault::kDuplicateKey},  // the same as 1062 with the index named
    {1690, Fault::kBadValue},      // number out of range in an expression
    {1698, Fault::kDenied},        // no password
    {1836, Fault::kUnavailable},   // read-only mode
    {1927, Fault::kUnavailable},   // connection was killed
    {1969, Fault::kTimeout},       // max_statement_time exceeded
    {2002, Fault::kUnavailable},   // cannot connect, socket
    {2003, Fault::kUnavailable},   // cannot connect, TCP
    {2005, Fault::kUnavailable},   // unknown host
    {2006, Fault::kUnavailable},   // server has gone away
    {2012, Fault::kUnavailable},   // handshake
    {2013, Fault::kUnavailable},   // lost connection during query
    {2020, Fault::kTooLarge},      // packet larger than the client takes
    {2026, Fault::kUnavailable},   // TLS
    {2055, Fault::kUnavailable},   // lost connection at a step of the handshake
    {4025, Fault::kConstraint},    // CHECK (MariaDB only)
};

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// "Duplicate entry '…' for key 'events.PRIMARY'" -> "PRIMARY". From the right, since the entry may
// hold anything.
std::string KeyName(std::string_view message) {
  constexpr std::string_view kBefore = " for key '";
  const size_t at = message.rfind(kBefore);
  if (at == std::string_view::npos) return "";
  std::string_view name = message.substr(at + kBefore.size());
  name = name.substr(0, name.rfind('\''));
  if (const size_t dot = name.rfind('.'); dot != std::string_view::npos)
    name = name.substr(dot + 1);
  return std::string(name);
}

// "CONSTRAINT `files_state` failed for …", "… CONSTRAINT `x` FOREIGN KEY …" -> the name.
std::string ConstraintName(std::string_view message) {
  constexpr std::string_view kBefore = "CONSTRAINT `";
  const size_t at = message.find(kBefore);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = message.substr(at + kBefore.size());
  return std::string(rest.substr(0, rest.find('`')));
}

// "… for column `schema`.`table`.`column` at row 1", "… for column 'column' at row 1" -> the
// column.
std::string ColumnName(std::string_view message) {
  constexpr std::string_view kBefore = " for column ";
  constexpr std::string_view kAfter = " at row ";
  const size_t at = message.rfind(kBefore);
  const size_t end = message.rfind(kAfter);
  if (at == std::string_view::npos || end == std::string_view::npos || end <= at) return "";
  std::string_view name = message.substr(at + kBefore.size(), end - at - kBefore.size());
  if (const size_t dot = name.rfind('.'); dot != std::string_view::npos)
    name = name.substr(dot + 1);
  if (name.size() >= 2) name = name.substr(1, name.size() - 2);  // quotes
  return std::string(name);
}

absl::Status Made(absl::StatusCode code, std::string_view reason, platform::Text text, int sql_code,
                  std::map<std::string, std::string> metadata = {},
                  std::optional<absl::Duration> retry_after = std::nullopt) {
  platform::ErrorSpec spec;
  spec.code = code;
  spec.reason = std::string(reason);
  spec.text = std::move(text);
  spec.metadata = std::move(metadata);
  if (sql_code != 0) spec.metadata["sql_code"] = absl::StrCat(sql_code);
  spec.retry_after = retry_after;
  return platform::MakeError(spec);
}

}  // namespace

Fault Classify(int code, std::string_view message) {
  // "Got error 28 from storage engine", "Got error 28 during COMMIT": the errno of a full disk.
  if (code == 1030 || code == 1180) {
    return Contains(message, "error 28 ") ? Fault::kStorageFull : Fault::kDefect;
  }
  if (code == 1105) {
    return Contains(message, "max_allowed_packet") ? Fault::kTooLarge : Fault::kDefect;
  }
  const auto* found = std::lower_bound(std::begin(kTable), std::end(kTable), code,
                                       [](const Entry& e, int wanted) { return e.code < wanted; });
  if (found == std::end(kTable) || found->code != code) return Fault::kDefect;
  return found->fault;
}

bool SessionSurvives(Fault fault) {
  switch (fault) {
    case Fault::kNone:
    case Fault::kDuplicateKey:
    case Fault::kConstraint:
    case Fault::kBadValue:
    case Fault::kConflict:
    case Fault::kTimeout:
      return true;
    default:
      return false;
  }
}

bool TransactionSurvives(Fault fault) {
  switch (fault) {
    case Fault::kNone:
    case Fault::kDuplicateKey:
    case Fault::kConstraint:
    case Fault::kBadValue:
      return true;
    default:
      return false;
  }
}

absl::Status FromSql(Fault fault, int code, std::string_view message) {
  switch (fault) {
    case Fault::kNone:
      return absl::OkStatus();
    case Fault::kDuplicateKey:
      return Made(absl::StatusCode::kAlreadyExists, "DUPLICATE_KEY",
                  {"Dữ liệu này đã có.", "This record exists already."}, code,
                  {{"key", KeyName(message)}});
    case Fault::kConstraint:
      return Made(absl::StatusCode::kFailedPrecondition, "CONSTRAINT_VIOLATED",
                  {"Dữ liệu trái với ràng buộc của cơ sở dữ liệu.",
                   "The data breaks a constraint of the database."},
                  code, {{"constraint", ConstraintName(message)}});
    case Fault::kBadValue:
      return Made(absl::StatusCode::kInvalidArgument, "VALUE_DOES_NOT_FIT",
                  {"Một giá trị quá dài, nằm ngoài phạm vi hoặc có chữ không được phép.",
                   "A value is too long, out of range or holds letters that are not allowed."},
                  code, {{"column", ColumnName(message)}});
    case Fault::kTooLarge:
      return Made(absl::StatusCode::kInvalidArgument, "ROW_TOO_LARGE",
                  {"Dữ liệu vượt quá kích thước cơ sở dữ liệu nhận một lần.",
                   "The data is larger than the database takes at once."},
                  code);
    case Fault::kConflict:
      return Made(absl::StatusCode::kAborted, "TX_CONFLICT",
                  {"Dữ liệu đang được người khác thay đổi; hãy thử lại.",
                   "The data is being changed by another; try again."},
                  code, {}, kRetryAfter);
    case Fault::kTimeout:
      return Made(absl::StatusCode::kDeadlineExceeded, "STATEMENT_TIMEOUT",
                  {"Cơ sở dữ liệu không trả lời kịp thời hạn của yêu cầu.",
                   "The database did not answer within the call's deadline."},
                  code);
    case Fault::kUnavailable:
      return Made(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE",
                  {"Cơ sở dữ liệu tạm thời không phục vụ được.",
                   "The database cannot be reached at the moment."},
                  code, {}, kRetryAfter);
    case Fault::kStorageFull:
      return Made(absl::StatusCode::kResourceExhausted, "STORAGE_FULL",
                  {"Ổ đĩa của cơ sở dữ liệu đã đầy.", "The database's disk is full."}, code, {},
                  kRetryAfter);
    case Fault::kDenied:
      return Made(absl::StatusCode::kInternal, "DATABASE_DENIED",
                  {"Người dùng cơ sở dữ liệu của dịch vụ không có quyền này.",
                   "The service's database user lacks this right."},
                  code);
    case Fault::kDefect:
      break;
  }
  return platform::Internal(absl::StrCat("SQL error ", code, ": ", std::string(message)));
}

absl::Status DeadlineBeforeStatement() {
  return Made(absl::StatusCode::kDeadlineExceeded, "STATEMENT_TIMEOUT",
              {"Hết thời hạn của yêu cầu trước khi cơ sở dữ liệu được hỏi.",
               "The call's deadline passed before the database was asked."},
              0);
}

absl::Status NoConnectionInTime() {
  return Made(
      absl::StatusCode::kUnavailable, "DATABASE_BUSY",
      {"Mọi kết nối tới cơ sở dữ liệu đều đang bận.", "All connections to the database are busy."},
      0, {}, kRetryAfter);
}

absl::Status CommitOutcomeUnknown(int code) {
  return Made(absl::StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN",
              {"Mất kết nối khi đang ghi nhận; hãy gửi lại với cùng mã yêu cầu.",
               "The connection was lost during commit; repeat with the same request id."},
              code, {}, kRetryAfter);
}

absl::Status StillInConflict() { return FromSql(Fault::kConflict, 0, ""); }

absl::Status NotAWorkerThread() {
  return platform::Internal(
      "SQL on a thread that is not a worker: blocking calls belong on an Executor");
}

}  // namespace thidua::db
