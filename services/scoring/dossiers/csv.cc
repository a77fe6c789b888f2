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
#include "google/protobuf/descriptor.h"
#include "platform/csv.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "platform/utf8.h"
#include "scoring/dossiers/validate.h"

namespace thidua::scoring::dossiers {
namespace {

absl::Status Bad(int line, std::string_view reason, const std::string& vi, const std::string& en) {
  return platform::InvalidField(
      "csv.data", reason,
      {absl::StrCat("Dòng ", line, ": ", vi), absl::StrCat("Line ", line, ": ", en)});
}

using Record = std::map<std::string, std::string>;

// A code of the national portal, "9", or the value's name without the enum's prefix, "FINISHED". A
// value that is none stays 0 and is refused with the row.
int ToCode(const std::string& text, const google::protobuf::EnumDescriptor& type,
           const std::string& prefix) {
  const google::protobuf::EnumValueDescriptor* named = type.FindValueByName(prefix + text);
  int code = 0;
  if (named != nullptr) return named->number();
  return absl::SimpleAtoi(text, &code) ? code : 0;
}

v1::DossierRow ToRow(const Record& record) {
  const auto at = [&](const char* name) {
    const auto found = record.find(name);
    return found == record.end() ? std::string() : found->second;
  };
  v1::DossierRow row;
  row.set_dossier_code(at("dossier_code"));
  row.set_unit_code(at("unit_code"));
  row.set_procedure_code(at("procedure_code"));
  row.set_channel(static_cast<v1::DossierChannel>(
      ToCode(at("channel"), *v1::DossierChannel_descriptor(), "DOSSIER_CHANNEL_")));
  row.set_status(static_cast<v1::DossierStatus>(
      ToCode(at("status"), *v1::DossierStatus_descriptor(), "DOSSIER_STATUS_")));
  if (!at("service_level").empty()) {
    const int level = ToCode(at("service_level"), *v1::ServiceLevel_descriptor(), "SERVICE_LEVEL_");
    // What is none must not become "not said".
    row.set_service_level(static_cast<v1::ServiceLevel>(level == 0 ? -1 : level));
  }
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
      *new std::vector<std::string>{"due_date", "finished_date", "event_version", "service_level"};
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
  if (const std::optional<size_t> at = platform::FirstNonUtf8(bytes)) {
    const std::string_view before = bytes.substr(0, *at);
    return Bad(static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, "CSV_NOT_UTF8",
               "không phải văn bản UTF-8", "is not UTF-8 text");
  }
  platform::CsvReader reader(bytes);
  std::vector<std::string> header;
  Rows rows;
  while (std::optional<platform::CsvRecord> read = reader.Next()) {
    std::vector<std::string>& fields = read->fields;
    const int number = read->line;
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
  if (const auto& fault = reader.fault(); fault.has_value()) {
    return Bad(fault->line, platform::kCsvQuote, fault->vi, fault->en);
  }
  if (rows.empty()) return Bad(1, "CSV_EMPTY", "tệp không có hồ sơ nào", "the file has no rows");
  return rows;
}

}  // namespace thidua::scoring::dossiers
