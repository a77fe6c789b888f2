#include "campaign/intake/table.h"

#include <algorithm>

#include "campaign/intake/csv.h"
#include "platform/clock.h"
#include "platform/status.h"

namespace thidua::campaign::intake {
namespace {

constexpr int kMostErrors = 500;

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

absl::StatusOr<Table> Table::Read(const google::api::HttpBody& body,
                                  const std::vector<std::string>& columns) {
  const std::string& type = body.content_type();
  if (type.substr(0, type.find(';')) != "text/csv") {
    return platform::InvalidField(
        "content.content_type", "CONTENT_TYPE",
        {"phải gửi tệp CSV (content-type text/csv)", "a CSV file is expected (text/csv)"});
  }
  Table table;
  CsvFile file;
  std::vector<CsvProblem> problems;
  if (!ReadCsv(body.data(), &file, &problems)) {
    for (const CsvProblem& problem : problems) {
      table.Refuse(problem.line, "", problem.reason, problem.vi, problem.en);
    }
    return table;
  }
  for (const std::string& column : columns) {
    if (std::find(file.header.begin(), file.header.end(), column) == file.header.end()) {
      table.Refuse(1, column, "CSV_COLUMN", "thiếu cột " + column,
                   "column " + column + " is missing");
    }
  }
  for (const std::string& column : file.header) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      table.Refuse(1, column, "CSV_COLUMN", "cột lạ " + column,
                   "column " + column + " is not known");
    }
  }
  if (!table.ok()) return table;
  for (const CsvRow& row : file.rows) {
    TableRow out{row.line, {}};
    for (size_t i = 0; i < file.header.size(); ++i)
      out.cells[file.header[i]] = Trimmed(row.fields[i]);
    table.rows_.push_back(std::move(out));
  }
  return table;
}

void Table::Refuse(int line, const std::string& column, const std::string& reason,
                   const std::string& vi, const std::string& en) {
  if (++error_count_ > kMostErrors) return;
  v1::ImportRowError error;
  error.set_line(line);
  error.set_column(column);
  error.set_reason(reason);
  error.set_text_vi(vi);
  error.set_text_en(en);
  errors_.push_back(std::move(error));
}

std::optional<absl::CivilDay> Table::Day(const TableRow& row, const std::string& column) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(row[column], column);
  if (day.ok()) return *day;
  for (const platform::FieldViolation& violation : platform::FieldsOf(day.status())) {
    Refuse(row.line, column, violation.reason, violation.text.vi, violation.text.en);
  }
  return std::nullopt;
}

std::optional<absl::CivilDay> Table::MaybeDay(const TableRow& row, const std::string& column) {
  if (row[column].empty()) return std::nullopt;
  return Day(row, column);
}

bool Table::YesNo(const TableRow& row, const std::string& column) {
  const std::string& text = row[column];
  if (text != "yes" && text != "no" && !text.empty()) {
    Refuse(row.line, column, "YES_OR_NO", "chỉ nhận yes, no hoặc để trống",
           "yes, no or nothing is expected");
  }
  return text == "yes";
}

v1::ImportReport Table::Report(const Counts& counts, bool validate_only) const {
  v1::ImportReport report;
  report.set_row_count(static_cast<int>(rows_.size()));
  report.set_error_count(error_count_);
  for (const v1::ImportRowError& error : errors_) *report.add_errors() = error;
  std::stable_sort(report.mutable_errors()->begin(), report.mutable_errors()->end(),
                   [](const auto& a, const auto& b) { return a.line() < b.line(); });
  if (!ok()) return report;
  report.set_created_count(counts.created);
  report.set_updated_count(counts.updated);
  report.set_unchanged_count(counts.unchanged);
  report.set_applied(!validate_only);
  return report;
}

}  // namespace thidua::campaign::intake
