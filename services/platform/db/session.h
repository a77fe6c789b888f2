// A database session, rows, transactions. Connector/C++ exceptions end here: everything above sees
// absl::Status. A session that threw anything unexpected is never used again (poisoned).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace thidua::db {

// A parameter. Decimals are strings; binary is a string; a civil day is a DATE; an absl::Time is a
// DATETIME(6) in UTC; an empty optional is NULL.
using Value = std::variant<std::nullptr_t, int64_t, uint64_t, std::string>;

Value ToValue(std::nullptr_t);
Value ToValue(bool value);
Value ToValue(const std::string& value);
Value ToValue(std::string_view value);
Value ToValue(const char* value);
Value ToValue(absl::Time value);
Value ToValue(absl::CivilDay value);
template <class T>
requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Value ToValue(T value) {
  if constexpr (std::is_signed_v<T>) {
    return static_cast<int64_t>(value);
  } else {
    return static_cast<uint64_t>(value);
  }
}
template <class T>
Value ToValue(const std::optional<T>& value) {
  if (!value.has_value()) return nullptr;
  return ToValue(*value);
}

// One row of an answer, read by column index (0-based) in the order of the SELECT list. Reading
// NULL without std::optional, a number that does not fit, or text that is no number is a defect:
// the query fails with INTERNAL, nothing wraps and nothing turns into 0.
class Row {
 public:
  virtual ~Row() = default;
  // T: int64_t, uint64_t, int32_t, uint32_t, bool, std::string (also DECIMAL and binary),
  // absl::CivilDay, absl::Time, or std::optional of these. FLOAT and DOUBLE columns are refused.
  template <class T>
  T Get(int column) const;

 protected:
  // nullopt = NULL. Text form as the server gives it.
  virtual std::optional<std::string> Raw(int column) const = 0;
  // Records the first conversion error; Session::Query turns it into its status.
  void Fail(int column, std::string_view why) const;
  mutable std::string error_;
  friend class Session;
};

// A leased connection. Not thread-safe; used by one thread at a time.
class Session {
 public:
  virtual ~Session() = default;

  // Runs a statement that answers no rows. Returns the number of rows *matched* (not changed).
  // A duplicate key is ALREADY_EXISTS with reason DUPLICATE_KEY and metadata "key" = name of the
  // index.
  template <class... Args>
  absl::StatusOr<int64_t> Execute(std::string_view sql, const Args&... args) {
    return ExecuteValues(sql, {ToValue(args)...});
  }
  // Runs a SELECT (or INSERT … RETURNING) and calls `each` for every row; stops at the first error.
  template <class... Args>
  absl::Status Query(absl::FunctionRef<absl::Status(const Row&)> each, std::string_view sql,
                     const Args&... args) {
    return QueryValues(each, sql, {ToValue(args)...});
  }
  // The same with parameters made at run time (multi-row VALUES).
  virtual absl::StatusOr<int64_t> ExecuteValues(std::string_view sql,
                                                std::vector<Value> values) = 0;
  virtual absl::Status QueryValues(absl::FunctionRef<absl::Status(const Row&)> each,
                                   std::string_view sql, std::vector<Value> values) = 0;

  // Reads at most one row into T by `read`; nullopt when there is none; INTERNAL when there are
  // several.
  template <class T, class... Args>
  absl::StatusOr<std::optional<T>> QueryOptional(absl::FunctionRef<T(const Row&)> read,
                                                 std::string_view sql, const Args&... args);
  // Reads all rows.
  template <class T, class... Args>
  absl::StatusOr<std::vector<T>> QueryAll(absl::FunctionRef<T(const Row&)> read,
                                          std::string_view sql, const Args&... args);

  virtual absl::Time deadline() const = 0;

 protected:
  // For implementations: whether reading the row failed.
  static absl::Status RowStatus(const Row& row);
};

// A session inside a transaction.
class Tx : public Session {};

template <class T, class... Args>
absl::StatusOr<std::optional<T>> Session::QueryOptional(absl::FunctionRef<T(const Row&)> read,
                                                        std::string_view sql, const Args&... args) {
  std::optional<T> found;
  int rows = 0;
  absl::Status status = Query(
      [&](const Row& row) {
        ++rows;
        found = read(row);
        return absl::OkStatus();
      },
      sql, args...);
  if (!status.ok()) return status;
  if (rows > 1) return absl::InternalError("more than one row where at most one may be");
  return found;
}

template <class T, class... Args>
absl::StatusOr<std::vector<T>> Session::QueryAll(absl::FunctionRef<T(const Row&)> read,
                                                 std::string_view sql, const Args&... args) {
  std::vector<T> rows;
  absl::Status status = Query(
      [&](const Row& row) {
        rows.push_back(read(row));
        return absl::OkStatus();
      },
      sql, args...);
  if (!status.ok()) return status;
  return rows;
}

// "(?,?,?),(?,?,?)": placeholders of a multi-row VALUES.
std::string Placeholders(int rows, int columns);

}  // namespace thidua::db
