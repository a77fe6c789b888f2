// A CSV file of figures, a row a unit, and the report of what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/api/httpbody.pb.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/scoring/v1/figures_import.pb.h"

namespace thidua::scoring::figures {

inline constexpr size_t kMostRows = 2000;

class Table {
 public:
  struct Row {
    int line = 0;
    std::vector<std::string> cells;  // in the order of the columns asked for
    std::string unit_id;             // "" before FindUnits
  };

  // `columns`: those that the file must have, in any order, unit_code the first here; others are
  // refused. What is wrong with the file goes into the errors. CONTENT_TYPE (INVALID_ARGUMENT) when
  // the body is not text/csv at all.
  static absl::StatusOr<Table> Read(const google::api::HttpBody& body,
                                    std::vector<std::string> columns);

  // Resolves the codes as of the day, and refuses units that are there twice or not among
  // `granted`.
  absl::Status FindUnits(db::Session& session, absl::CivilDay day,
                         const platform::VisibleUnits& granted);

  const std::vector<Row>& rows() const { return rows_; }
  // The cell as a whole number; a refused one gives none.
  std::optional<int64_t> Whole(const Row& row, size_t column);
  void Refuse(int line, const std::string& column, const std::string& reason, const std::string& vi,
              const std::string& en);
  bool ok() const { return error_count_ == 0; }
  const std::vector<std::string>& columns() const { return columns_; }
  // SHA-256 of the file, lower-case hex.
  const std::string& file_sha256() const { return file_sha256_; }

  // `target`: what it goes into when there is no error and it is not only checked.
  v1::FiguresImportReport Report(const std::string& target, bool validate_only) const;

 private:
  void ReadRows(std::string_view bytes);

  std::vector<std::string> columns_;
  std::string file_sha256_;
  std::vector<Row> rows_;
  std::vector<v1::FiguresImportError> errors_;
  int error_count_ = 0;
};

}  // namespace thidua::scoring::figures
