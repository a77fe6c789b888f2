#include "scoring/dossiers/csv.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/dossiers/validate.h"

namespace thidua::scoring::dossiers {
namespace {

absl::Status Bad(int line, std::string_view reason, const std::string& vi, const std::string& en) {
  return platform::InvalidField(
      "csv.data", reason,
      {absl::StrCat("Dòng ", line, ": ", vi), absl::StrCat("Line ", line, ": ", en)});
}

// The next line without its end; false at the end of the text.
bool NextLine(std::string_view& text, std::string_view& line) {
  if (text.empty()) return false;
  const size_t end = text.find('\n');
  line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return true;
}

absl::StatusOr<std::vector<std::string>> Split(std::string_view line, int number) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return Bad(number, "CSV_QUOTE", "thiếu dấu nháy đóng", "a quote is not closed");
  return fields;
}

using Record = std::map<std::string, std::string>;

// A value that is none stays 0 and is refused with the row.
int ToCode(const std::string& text, const std::map<std::string, int>& names) {
  const auto named = names.find(text);
  int code = 0;
  if (named != names.end()) return named->second;
  return absl::SimpleAtoi(text, &code) ? code : 0;
}

v1::DossierRow ToRow(const Record& record) {
  static const auto& channels =
      *new std::map<std::string, int>{{"DIRECT", 1}, {"ONLINE", 2}, {"POSTAL", 3}};
  const auto at = [&](const char* name) {
    const auto found = record.find(name);
    return found == record.end() ? std::string() : found->second;
  };
  v1::DossierRow row;
  row.set_dossier_code(at("dossier_code"));
  row.set_unit_code(at("unit_code"));
  row.set_procedure_code(at("procedure_code"));
  row.set_channel(static_cast<v1::DossierChannel>(ToCode(at("channel"), channels)));
  row.set_status(static_cast<v1::DossierStatus>(ToCode(at("status"), {})));
  row.set_received_date(at("received_date"));
  row.set_due_date(at("due_date"));
  row.set_finished_date(at("finished_date"));
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, at("event_time"), &time, &error) &&
      time != absl::InfiniteFuture() && time != absl::InfinitePast()) {
    *row.mutable_event_time() = platform::ToTimestamp(time);
  }
  int64_t version = -1;
  if (at("event_version").empty() || !absl::SimpleAtoi(at("event_version"), &version)) {
    version = at("event_version").empty() ? 0 : -1;
  }
  row.set_event_version(version);
  return row;
}

absl::Status CheckHeader(const std::vector<std::string>& header) {
  static const auto& required =
      *new std::vector<std::string>{"dossier_code", "unit_code",     "procedure_code", "channel",
                                    "status",       "received_date", "event_time"};
  static const auto& optional =
      *new std::vector<std::string>{"due_date", "finished_date", "event_version"};
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const std::string& name : required) {
    if (!has(header, name))
      return Bad(1, "CSV_COLUMN", "thiếu cột " + name, "column " + name + " is missing");
  }
  for (const std::string& name : header) {
    if (!has(required, name) && !has(optional, name)) {
      return Bad(1, "CSV_COLUMN", "không có cột tên " + name, "there is no column " + name);
    }
    if (std::count(header.begin(), header.end(), name) > 1) {
      return Bad(1, "CSV_COLUMN", "cột " + name + " ghi hai lần",
                 "column " + name + " stands twice");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Rows> ReadDossierCsv(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark)
    bytes.remove_prefix(kByteOrderMark.size());
  std::string_view line;
  std::vector<std::string> header;
  Rows rows;
  for (int number = 1; NextLine(bytes, line); ++number) {
    if (line.empty()) continue;
    ASSIGN_OR_RETURN(std::vector<std::string> fields, Split(line, number));
    if (header.empty()) {
      RETURN_IF_ERROR(CheckHeader(fields));
      header = std::move(fields);
      continue;
    }
    if (fields.size() != header.size()) {
      return Bad(number, "CSV_WIDTH",
                 absl::StrCat("có ", fields.size(), " ô, phải có ", header.size()),
                 absl::StrCat("has ", fields.size(), " fields where ", header.size(), " must be"));
    }
    if (rows.size() >= kMaxRows) {
      return Bad(number, "TOO_MANY_ROWS", absl::StrCat("quá ", kMaxRows, " hồ sơ"),
                 absl::StrCat("more than ", kMaxRows, " rows"));
    }
    Record record;
    for (size_t i = 0; i < header.size(); ++i) record[header[i]] = fields[i];
    *rows.Add() = ToRow(record);
  }
  if (rows.empty()) return Bad(1, "CSV_EMPTY", "tệp không có hồ sơ nào", "the file has no rows");
  return rows;
}

}  // namespace thidua::scoring::dossiers
