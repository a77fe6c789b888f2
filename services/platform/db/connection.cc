#include "platform/db/connection.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cppconn/datatype.h"
#include "cppconn/driver.h"
#include "cppconn/exception.h"
#include "cppconn/resultset.h"
#include "cppconn/resultset_metadata.h"
#include "cppconn/statement.h"
#include "platform/db/sql_text.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

constexpr size_t kStatementsPerConnection = 128;

// Keeps the text of a statement the same whatever the limit is, so that it stays in the cache, and
// costs no round trip of its own. The limit is the first parameter, in seconds.
constexpr std::string_view kLimited = "SET STATEMENT max_statement_time=CAST(? AS DOUBLE) FOR ";

sql::Driver& Driver() {
  static sql::Driver* const driver = get_driver_instance();
  return *driver;
}

// The client library wants to know its threads.
void EnterThread() {
  struct Guard {
    Guard() { Driver().threadInit(); }
    ~Guard() { Driver().threadEnd(); }
  };
  thread_local Guard guard;
}

int WholeSeconds(absl::Duration duration) {
  return static_cast<int>(
      std::max<int64_t>(1, absl::ToInt64Seconds(absl::Ceil(duration, absl::Seconds(1)))));
}

// A statement as it is prepared, with the value of the limit's parameter when it has one.
struct Limited {
  Limited(std::string_view text, absl::Duration limit) : sql(text) {
    if (!MayBeLimited(text)) return;
    sql = absl::StrCat(std::string(kLimited), sql);
    const int64_t micros = absl::ToInt64Microseconds(limit);
    seconds = absl::StrFormat("%d.%06d", micros / 1000000, micros % 1000000);
  }
  std::string sql;
  std::optional<std::string> seconds;
};

// Binds every parameter: values would stick from the execution before.
void Bind(CachedStatement& statement, const std::optional<std::string>& limit_seconds,
          const std::vector<Value>& values) {
  sql::PreparedStatement& prepared = *statement.prepared;
  unsigned index = 0;
  if (limit_seconds.has_value()) prepared.setString(++index, *limit_seconds);
  if (statement.parameters != values.size() + index) {
    throw std::invalid_argument(absl::StrCat("a statement of ", statement.parameters - index,
                                             " placeholders got ", values.size(), " values"));
  }
  for (const Value& value : values) {
    ++index;
    if (const auto* text = std::get_if<std::string>(&value)) {
      prepared.setString(index, *text);  // binary-safe; a stream would be empty the second time
    } else if (const auto* number = std::get_if<int64_t>(&value)) {
      prepared.setInt64(index, *number);
    } else if (const auto* natural = std::get_if<uint64_t>(&value)) {
      prepared.setUInt64(index, *natural);
    } else {
      prepared.setNull(index, sql::DataType::VARCHAR);
    }
  }
}

class ResultRow final : public Row {
 public:
  explicit ResultRow(sql::ResultSet& rows) : rows_(rows), columns_(rows.getMetaData()) {
    count_ = columns_->getColumnCount();
  }

 protected:
  std::optional<std::string> Raw(int column) const override {
    if (column < 0 || column >= static_cast<int>(count_)) {
      Fail(column, "is not in the select list");
      return std::nullopt;
    }
    try {
      const int type = columns_->getColumnType(column + 1);
      if (type == sql::DataType::REAL || type == sql::DataType::DOUBLE) {
        Fail(column, "is floating point");
        return std::nullopt;
      }
      if (rows_.isNull(column + 1)) return std::nullopt;
      return rows_.getString(column + 1).asStdString();
    } catch (const std::exception& e) {
      Fail(column, e.what());
      return std::nullopt;
    }
  }

 private:
  sql::ResultSet& rows_;
  sql::ResultSetMetaData* columns_;  // of the result set
  unsigned count_ = 0;
};

}  // namespace

Connection::Connection(std::unique_ptr<sql::Connection> connection)
    : connection_(std::move(connection)), statements_(*connection_, kStatementsPerConnection) {}

Connection::~Connection() { EnterThread(); }

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const Options& options,
                                                             absl::Time deadline) {
  const absl::Duration left = deadline - absl::Now();
  if (left <= absl::ZeroDuration()) return DeadlineBeforeStatement();
  sql::ConnectOptionsMap map;
  map["hostName"] = sql::SQLString(options.socket.empty()
                                       ? absl::StrCat("tcp://", options.host, ":", options.port)
                                       : absl::StrCat("unix://", options.socket));
  map["userName"] = sql::SQLString(options.user);
  map["password"] = sql::SQLString(options.password);
  map["schema"] = sql::SQLString(options.schema);
  map["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  map["CLIENT_FOUND_ROWS"] = true;
  map["OPT_RECONNECT"] = false;  // it would lose session settings and open transactions silently
  map["OPT_LOCAL_INFILE"] = 0;   // on by default: a server could ask for any file of ours
  map["OPT_CONNECT_TIMEOUT"] = WholeSeconds(std::min(options.connect_timeout, left));
  map["OPT_READ_TIMEOUT"] = WholeSeconds(options.io_timeout);
  map["OPT_WRITE_TIMEOUT"] = WholeSeconds(options.io_timeout);
  if (!options.tls_ca_file.empty()) {
    map["sslCA"] = sql::SQLString(options.tls_ca_file);
    map["sslVerify"] = true;  // OPT_SSL_MODE and sslEnforce fall back to plaintext
  }
  EnterThread();
  std::unique_ptr<sql::Connection> raw;
  try {
    raw.reset(Driver().connect(map));
  } catch (const sql::SQLException& e) {
    return FromSql(Classify(e.getErrorCode(), e.what()), e.getErrorCode(), e.what());
  } catch (const std::exception& e) {
    return platform::Internal(absl::StrCat("connecting to the database: ", e.what()));
  }
  std::unique_ptr<Connection> connection(new Connection(std::move(raw)));
  absl::Status status = connection->SetUp(options);
  if (!status.ok()) return status;
  return connection;
}

absl::Status Connection::SetUp(const Options& options) {
  const std::string lock_wait = absl::StrCat(WholeSeconds(options.lock_wait));
  const std::string standstill = absl::StrCat(WholeSeconds(options.longest_standstill));
  const std::string set = absl::StrCat(
      "SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,"
      "NO_ZERO_DATE,NO_ZERO_IN_DATE', time_zone='+00:00', tx_isolation='READ-COMMITTED', "
      "autocommit=1, max_statement_time=0, collation_connection='utf8mb4_bin', "
      "innodb_lock_wait_timeout=",
      lock_wait, ", lock_wait_timeout=", lock_wait,
      // To the server a transaction that has only locked rows is one that reads.
      ", idle_write_transaction_timeout=", standstill,
      ", idle_readonly_transaction_timeout=", standstill);
  if (Outcome outcome = Control(set.c_str()); !outcome.ok()) return outcome.status;
  // Something between us and the server could have undone it.
  std::string found;
  Outcome outcome = Query(
      "SELECT CONCAT_WS(' ', @@tx_isolation, @@time_zone, @@innodb_lock_wait_timeout, "
      "@@idle_write_transaction_timeout, @@idle_readonly_transaction_timeout)",
      {}, absl::ZeroDuration(), [&](const Row& row) {
        found = row.Get<std::string>(0);
        return absl::OkStatus();
      });
  if (!outcome.ok()) return outcome.status;
  if (found !=
      absl::StrCat("READ-COMMITTED +00:00 ", lock_wait, " ", standstill, " ", standstill)) {
    return platform::Internal(absl::StrCat("the database did not take the settings: ", found));
  }
  if (options.tls_ca_file.empty()) return absl::OkStatus();
  std::string cipher;
  outcome =
      Query("SHOW SESSION STATUS LIKE 'Ssl_cipher'", {}, absl::ZeroDuration(), [&](const Row& row) {
        cipher = row.Get<std::string>(1);
        return absl::OkStatus();
      });
  if (!outcome.ok()) return outcome.status;
  if (cipher.empty()) return FromSql(Fault::kUnavailable, 2026, "plaintext");
  return absl::OkStatus();
}

Outcome Connection::Guarded(absl::FunctionRef<absl::Status()> work) {
  Outcome outcome;
  try {
    EnterThread();
    outcome.status = work();
  } catch (const sql::SQLException& e) {
    outcome.fault = Classify(e.getErrorCode(), e.what());
    outcome.code = e.getErrorCode();
    outcome.status = FromSql(outcome.fault, e.getErrorCode(), e.what());
  } catch (const std::exception& e) {
    outcome.fault = Fault::kDefect;
    outcome.status = FromSql(outcome.fault, 0, e.what());
  }
  return outcome;
}

Outcome Connection::Execute(std::string_view sql, const std::vector<Value>& values,
                            absl::Duration limit, int64_t* matched) {
  return Guarded([&]() -> absl::Status {
    const Limited limited(sql, limit);
    StatementCache::Use use = statements_.Get(limited.sql);
    Bind(*use, limited.seconds, values);
    *matched = (*use).prepared->executeUpdate();
    return absl::OkStatus();
  });
}

Outcome Connection::Query(std::string_view sql, const std::vector<Value>& values,
                          absl::Duration limit, absl::FunctionRef<absl::Status(const Row&)> each) {
  return Guarded([&]() -> absl::Status {
    const Limited limited(sql, limit);
    StatementCache::Use use = statements_.Get(limited.sql);
    Bind(*use, limited.seconds, values);
    const std::unique_ptr<sql::ResultSet> rows((*use).prepared->executeQuery());
    while (rows->next()) {
      const ResultRow row(*rows);
      if (absl::Status status = each(row); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
}

Outcome Connection::Control(const char* sql) {
  return Guarded([&]() -> absl::Status {
    if (control_ == nullptr) control_.reset(connection_->createStatement());
    control_->execute(sql);
    return absl::OkStatus();
  });
}

bool Connection::Alive() {
  bool alive = false;
  const Outcome outcome = Guarded([&]() -> absl::Status {
    alive = connection_->isValid();
    return absl::OkStatus();
  });
  return outcome.ok() && alive;
}

}  // namespace thidua::db
