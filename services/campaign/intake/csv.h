// A CSV file as people upload it: checked as a file, and as wide in each row as in its header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/rules_problem.h"
#include "platform/csv.h"

namespace thidua::campaign::intake {

using CsvRow = platform::CsvRecord;

struct CsvFile {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  // without the header; each as wide as the header
};

struct CsvProblem {
  int line = 0;
  std::string reason;
  std::string vi;
  std::string en;
};

inline constexpr size_t kLargestCsv = size_t{2} * 1024 * 1024;
inline constexpr size_t kMostCsvRows = 20000;

// Reads a whole file: UTF-8 with or without a byte order mark, line ends LF or CRLF, the last one
// optional. Blank lines are passed over. Returns true, or false with what is wrong: CSV_TOO_LARGE,
// CSV_NOT_UTF8 (UTF-16 is told as such), CSV_QUOTE, CSV_WIDTH, CSV_EMPTY, CSV_COLUMN (twice the
// same), CSV_CONTROL (a NUL byte).
bool ReadCsv(std::string_view bytes, CsvFile* file, std::vector<CsvProblem>* problems);

}  // namespace thidua::campaign::intake
