#include "campaign/access/import.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "campaign/access/binding_writer.h"
#include "campaign/access/store.h"
#include "campaign/intake/csv.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

constexpr int kMostErrors = 500;
constexpr char kScheme[] = "QD20";

void AddError(v1::ImportReport& report, int line, const std::string& column,
              const std::string& reason, const std::string& vi, const std::string& en) {
  report.set_error_count(report.error_count() + 1);
  if (report.errors_size() >= kMostErrors) return;
  v1::ImportRowError* error = report.add_errors();
  error->set_line(line);
  error->set_column(column);
  error->set_reason(reason);
  error->set_text_vi(vi);
  error->set_text_en(en);
}

// What a refusal of the writer means for a cell of the file.
std::string ColumnOf(const std::string& field) {
  if (field == "role_binding.role") return "role";
  if (field == "role_binding.unit") return "unit_code";
  if (field == "role_binding.principal") return "staff_code";
  return "";
}

class Importer {
 public:
  Importer(db::Tx& tx, const platform::Call& call, const intake::CsvFile& file,
           v1::ImportReport& report)
      : tx_(tx), call_(call), writer_(tx, call), report_(report) {
    for (size_t i = 0; i < file.header.size(); ++i) columns_[file.header[i]] = i;
  }

  bool HeaderIsWhole() {
    for (const char* name : {"staff_code", "role", "unit_code"}) {
      if (columns_.count(name) == 0) {
        AddError(report_, 1, name, "CSV_COLUMN_MISSING", std::string("thiếu cột ") + name,
                 std::string("the column ") + name + " is missing");
      }
    }
    for (const auto& [name, place] : columns_) {
      if (name != "staff_code" && name != "role" && name != "unit_code" && name != "valid_from" &&
          name != "valid_to") {
        AddError(report_, 1, name, "CSV_COLUMN_UNKNOWN", "không có cột này",
                 "there is no such column");
      }
    }
    return report_.error_count() == 0;
  }

  absl::Status Row(const intake::CsvRow& row) {
    BindingRow wanted;
    wanted.principal_kind = "person";
    wanted.binding.role_id = Cell(row, "role");
    const int errors = report_.error_count();
    wanted.binding.from = Date(row, "valid_from").value_or(call_.business_today());
    wanted.binding.to = Date(row, "valid_to");
    const std::string staff_code = Cell(row, "staff_code");
    ASSIGN_OR_RETURN(const std::optional<std::string> person, PersonIdByStaffCode(tx_, staff_code));
    if (!person.has_value()) {
      AddError(report_, row.line, "staff_code", "UNKNOWN_PERSON",
               "không có người mang mã " + staff_code, "nobody has the code " + staff_code);
    }
    const std::string unit_code = Cell(row, "unit_code");
    if (unit_code == "*") {
      wanted.binding.unit_id = "*";
    } else {
      ASSIGN_OR_RETURN(const std::optional<std::string> unit,
                       UnitIdByCode(tx_, kScheme, unit_code, wanted.binding.from));
      if (!unit.has_value()) {
        AddError(report_, row.line, "unit_code", "UNKNOWN_UNIT",
                 "không có đơn vị mang mã " + unit_code + " vào ngày " +
                     platform::FormatDateVi(wanted.binding.from),
                 "no unit carries the code " + unit_code + " on " +
                     platform::FormatDate(wanted.binding.from));
      }
      wanted.binding.unit_id = unit.value_or("");
    }
    if (wanted.binding.to && *wanted.binding.to < wanted.binding.from) {
      AddError(report_, row.line, "valid_to", "DATES_REVERSED", "ngày cuối trước ngày đầu",
               "the last day comes before the first");
    }
    if (report_.error_count() > errors) return absl::OkStatus();
    wanted.principal_id = *person;
    return Apply(row.line, std::move(wanted));
  }

 private:
  std::string Cell(const intake::CsvRow& row, const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? "" : row.fields[found->second];
  }

  std::optional<absl::CivilDay> Date(const intake::CsvRow& row, const std::string& column) {
    const std::string text = Cell(row, column);
    if (text.empty()) return std::nullopt;
    const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, column);
    if (day.ok()) return *day;
    AddError(report_, row.line, column, platform::ReasonOf(day.status()),
             platform::TextOf(day.status(), "vi"), platform::TextOf(day.status(), "en"));
    return std::nullopt;
  }

  absl::Status Apply(int line, BindingRow wanted) {
    ASSIGN_OR_RETURN(const std::vector<BindingRow> held,
                     BindingsOf(tx_, "person", wanted.principal_id));
    const bool there = std::any_of(held.begin(), held.end(), [&](const BindingRow& row) {
      return row.binding.role_id == wanted.binding.role_id &&
             row.binding.unit_id == wanted.binding.unit_id &&
             row.binding.from == wanted.binding.from && row.binding.to == wanted.binding.to;
    });
    if (there) {
      report_.set_unchanged_count(report_.unchanged_count() + 1);
      return absl::OkStatus();
    }
    const absl::StatusOr<BindingRow> added = writer_.Add(std::move(wanted));
    if (added.ok()) {
      report_.set_created_count(report_.created_count() + 1);
      return absl::OkStatus();
    }
    // What the database says is not the row's fault.
    const std::string reason = platform::ReasonOf(added.status());
    const auto fields = platform::FieldsOf(added.status());
    const bool of_row = !fields.empty() || reason == "ROLE_HELD" || reason == "ROLE_EXCLUDED";
    if (!of_row) return added.status();
    AddError(report_, line, fields.empty() ? "role" : ColumnOf(fields.front().field), reason,
             platform::TextOf(added.status(), "vi"), platform::TextOf(added.status(), "en"));
    return absl::OkStatus();
  }

  db::Tx& tx_;
  const platform::Call& call_;
  BindingWriter writer_;
  v1::ImportReport& report_;
  std::map<std::string, size_t> columns_;
};

}  // namespace

absl::Status ImportBindings(db::Tx& tx, const platform::Call& call, std::string_view csv,
                            v1::ImportReport& report) {
  intake::CsvFile file;
  std::vector<intake::CsvProblem> problems;
  if (!intake::ReadCsv(csv, &file, &problems)) {
    for (const intake::CsvProblem& problem : problems) {
      AddError(report, problem.line, "", problem.reason, problem.vi, problem.en);
    }
    return absl::OkStatus();
  }
  report.set_row_count(static_cast<int32_t>(file.rows.size()));
  Importer importer(tx, call, file, report);
  if (!importer.HeaderIsWhole()) return absl::OkStatus();
  for (const intake::CsvRow& row : file.rows) RETURN_IF_ERROR(importer.Row(row));
  return absl::OkStatus();
}

}  // namespace thidua::campaign::access
