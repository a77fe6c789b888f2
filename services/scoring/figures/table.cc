#include "scoring/figures/table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/ascii_text.h"
#include "platform/clock.h"
#include "platform/csv.h"
#include "platform/hash.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/figures/figure_rules.h"

namespace thidua::scoring::figures {
namespace {

constexpr int kMostErrors = 500;

// The unit that carries the code on the day, or the reason why none does.
struct Holder {
  std::string unit_id;
  std::string reason;
};

absl::StatusOr<Holder> HolderOf(db::Session& session, const std::string& code, absl::CivilDay day) {
  // The column of codes is ASCII and cannot be compared with anything else.
  if (code.empty() || code.size() > 35 || !platform::IsAscii(code))
    return Holder{"", "UNKNOWN_UNIT"};
  ASSIGN_OR_RETURN(const std::vector<units::CodeHolder> holders,
                   units::Projection::HoldersOf(session, "QD20", code));
  if (holders.empty()) return Holder{"", "UNKNOWN_UNIT"};
  std::set<std::string> found;
  for (const units::CodeHolder& one : holders) {
    if (one.code.Holds(day) && one.unit.Holds(day)) found.insert(one.unit_id);
  }
  if (found.size() == 1) return Holder{*found.begin(), ""};
  return Holder{"", found.empty() ? "UNIT_NOT_VALID" : "UNKNOWN_UNIT"};
}

}  // namespace

absl::StatusOr<Table> Table::Read(const google::api::HttpBody& body,
                                  std::vector<std::string> columns) {
  const std::string& type = body.content_type();
  if (type.substr(0, type.find(';')) != "text/csv") {
    return platform::InvalidField(
        "content.content_type", "CONTENT_TYPE",
        {"phải gửi tệp CSV (content-type text/csv)", "a CSV file is expected (text/csv)"});
  }
  Table table;
  table.columns_ = std::move(columns);
  table.file_sha256_ = platform::Sha256Hex(body.data());
  table.ReadRows(body.data());
  return table;
}

void Table::ReadRows(std::string_view bytes) {
  platform::CsvReader reader(bytes);
  std::vector<size_t> place;  // of each column in the file
  size_t width = 0;
  while (std::optional<platform::CsvRecord> record = reader.Next()) {
    if (width == 0) {
      width = record->fields.size();
      for (const std::string& column : columns_) {
        const auto at = std::find(record->fields.begin(), record->fields.end(), column);
        if (at == record->fields.end()) {
          Refuse(record->line, column, "CSV_COLUMN", "thiếu cột " + column,
                 "column " + column + " is missing");
        }
        place.push_back(static_cast<size_t>(at - record->fields.begin()));
      }
      // Names are not said again: nobody knows in which encoding they are.
      if (width > columns_.size()) {
        Refuse(record->line, "", "CSV_COLUMN", "có cột lạ hoặc cột ghi hai lần",
               "a column is not known, or stands twice");
      }
      if (!ok()) return;
      continue;
    }
    if (record->fields.size() != width) {
      Refuse(record->line, "", "CSV_WIDTH",
             absl::StrCat("dòng có ", record->fields.size(), " ô, tiêu đề có ", width),
             absl::StrCat("the row has ", record->fields.size(), " fields, the header ", width));
      continue;
    }
    if (rows_.size() == kMostRows) {
      Refuse(record->line, "", "TOO_MANY_ROWS", absl::StrCat("quá ", kMostRows, " dòng"),
             absl::StrCat("more than ", kMostRows, " rows"));
      return;
    }
    Row& row = rows_.emplace_back();
    row.line = record->line;
    for (const size_t at : place) row.cells.push_back(record->fields[at]);
  }
  if (const auto& fault = reader.fault(); fault.has_value()) {
    Refuse(fault->line, "", platform::kCsvQuote, fault->vi, fault->en);
  } else if (rows_.empty() && ok()) {
    Refuse(1, "", "CSV_EMPTY", "tệp không có dòng số liệu nào", "the file has no rows");
  }
}

absl::Status Table::FindUnits(db::Session& session, absl::CivilDay day,
                              const platform::VisibleUnits& granted) {
  std::set<std::string> seen;
  for (Row& row : rows_) {
    ASSIGN_OR_RETURN(const Holder holder, HolderOf(session, row.cells[0], day));
    if (holder.reason == "UNKNOWN_UNIT") {
      Refuse(row.line, columns_[0], holder.reason, "không có đơn vị mang mã này",
             "no unit carries this code");
    } else if (!holder.reason.empty()) {
      Refuse(row.line, columns_[0], holder.reason,
             "mã này không thuộc đơn vị nào vào ngày " + platform::FormatDateVi(day),
             "the code belongs to no unit on " + platform::FormatDate(day));
    } else if (!seen.insert(holder.unit_id).second) {
      Refuse(row.line, columns_[0], "UNIT_TWICE", "đơn vị ghi hai lần", "the unit stands twice");
    } else if (!granted.Contains(holder.unit_id)) {
      Refuse(row.line, columns_[0], "UNIT_NOT_GRANTED",
             "không có quyền nhập số liệu của đơn vị này", "no right to give figures of this unit");
    } else {
      row.unit_id = holder.unit_id;
    }
  }
  return absl::OkStatus();
}

std::optional<int64_t> Table::Whole(const Row& row, size_t column) {
  const std::optional<int64_t> value = ReadWhole(row.cells[column]);
  if (!value.has_value()) {
    Refuse(row.line, columns_[column], "NUMBER_MALFORMED",
           "phải là số nguyên từ 0, không dấu phân cách",
           "must be a whole number from 0, without separators");
  }
  return value;
}

void Table::Refuse(int line, const std::string& column, const std::string& reason,
                   const std::string& vi, const std::string& en) {
  if (++error_count_ > kMostErrors) return;
  v1::FiguresImportError& error = errors_.emplace_back();
  error.set_line(line);
  error.set_column(column);
  error.set_reason(reason);
  error.set_text_vi(vi);
  error.set_text_en(en);
}

v1::FiguresImportReport Table::Report(const std::string& target, bool validate_only) const {
  v1::FiguresImportReport report;
  report.set_row_count(static_cast<int>(rows_.size()));
  report.set_error_count(error_count_);
  for (const v1::FiguresImportError& error : errors_) *report.add_errors() = error;
  std::stable_sort(report.mutable_errors()->begin(), report.mutable_errors()->end(),
                   [](const auto& a, const auto& b) { return a.line() < b.line(); });
  if (!ok()) return report;
  if (validate_only) return report;
  report.set_target(target);
  report.set_applied(true);
  return report;
}

}  // namespace thidua::scoring::figures
