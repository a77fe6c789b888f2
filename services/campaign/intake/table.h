// A CSV file read as a table with known columns, and the report of what became of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/api/httpbody.pb.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::intake {

struct TableRow {
  int line = 0;
  std::map<std::string, std::string> cells;  // by column; blanks around a value are taken away
  const std::string& operator[](const std::string& column) const { return cells.at(column); }
};

class Table {
 public:
  // `columns`: those that the file must have, in any order; others are refused. What is wrong with
  // the file goes into the errors. INVALID_ARGUMENT when the body is not text/csv at all.
  static absl::StatusOr<Table> Read(const google::api::HttpBody& body,
                                    const std::vector<std::string>& columns);

  const std::vector<TableRow>& rows() const { return rows_; }

  void Refuse(int line, const std::string& column, const std::string& reason, const std::string& vi,
              const std::string& en);
  // Cells as values; a refused one gives nullopt.
  std::optional<absl::CivilDay> Day(const TableRow& row, const std::string& column);
  std::optional<absl::CivilDay> MaybeDay(const TableRow& row, const std::string& column);
  // "yes", "no" or empty (no).
  bool YesNo(const TableRow& row, const std::string& column);

  bool ok() const { return error_count_ == 0; }
  struct Counts {
    int created = 0;
    int updated = 0;
    int unchanged = 0;
  };
  // The report; counts tell what was, or would have been, done when there is no error.
  v1::ImportReport Report(const Counts& counts, bool validate_only) const;

 private:
  std::vector<TableRow> rows_;
  std::vector<v1::ImportRowError> errors_;
  int error_count_ = 0;
};

}  // namespace thidua::campaign::intake
