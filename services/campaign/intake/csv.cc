#include "campaign/intake/csv.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "platform/utf8.h"

namespace thidua::campaign::intake {
namespace {

int LineAt(std::string_view bytes, size_t offset) {
  return 1 + static_cast<int>(
                 std::count(bytes.begin(), bytes.begin() + static_cast<long>(offset), '\n'));
}

bool CheckBytes(std::string_view bytes, std::vector<CsvProblem>* problems) {
  if (bytes.size() > kLargestCsv) {
    problems->push_back({0, "CSV_TOO_LARGE", "tệp lớn hơn 2 MiB", "the file is larger than 2 MiB"});
  } else if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") {
    problems->push_back({1, "CSV_NOT_UTF8", "tệp dùng mã UTF-16; hãy lưu lại theo UTF-8",
                         "the file is UTF-16; save it as UTF-8"});
  } else if (const auto bad = platform::FirstNonUtf8(bytes)) {
    problems->push_back(
        {LineAt(bytes, *bad), "CSV_NOT_UTF8",
         "tệp không theo mã UTF-8 (có thể là TCVN3, VNI hoặc windows-1258); hãy lưu lại theo UTF-8",
         "the file is not UTF-8 (perhaps TCVN3, VNI or windows-1258); save it as UTF-8"});
  } else if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    problems->push_back(
        {LineAt(bytes, nul), "CSV_CONTROL", "tệp có byte 0", "the file holds a NUL byte"});
  }
  return problems->empty();
}

}  // namespace

bool ReadCsv(std::string_view bytes, CsvFile* file, std::vector<CsvProblem>* problems) {
  *file = {};
  if (!CheckBytes(bytes, problems)) return false;
  std::vector<CsvRow> rows;
  platform::CsvReader reader(bytes);
  while (std::optional<CsvRow> row = reader.Next()) rows.push_back(*std::move(row));
  if (const auto& fault = reader.fault(); fault.has_value()) {
    problems->push_back({fault->line, platform::kCsvQuote, fault->vi, fault->en});
    return false;
  }
  if (rows.empty()) {
    problems->push_back({1, "CSV_EMPTY", "tệp trống, thiếu dòng tiêu đề",
                         "the file is empty, its header is missing"});
    return false;
  }
  if (rows.size() - 1 > kMostCsvRows) {
    problems->push_back(
        {0, "CSV_TOO_LARGE", "tệp có hơn 20000 dòng", "the file has more than 20000 rows"});
    return false;
  }
  file->header = rows.front().fields;
  std::set<std::string> seen;
  for (const std::string& column : file->header) {
    if (!seen.insert(column).second) {
      problems->push_back({rows.front().line, "CSV_COLUMN", "cột " + column + " có hai lần",
                           "column " + column + " is there twice"});
    }
  }
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].fields.size() != file->header.size()) {
      problems->push_back({rows[i].line, "CSV_WIDTH",
                           "dòng có " + std::to_string(rows[i].fields.size()) + " ô, tiêu đề có " +
                               std::to_string(file->header.size()),
                           "the row has " + std::to_string(rows[i].fields.size()) +
                               " fields, the header has " + std::to_string(file->header.size())});
    }
  }
  if (!problems->empty()) return false;
  rows.erase(rows.begin());
  file->rows = std::move(rows);
  return true;
}

}  // namespace thidua::campaign::intake
