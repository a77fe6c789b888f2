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

// Reads records by RFC 4180: fields between commas, lines end with CRLF or LF; a field in double
// quotes may hold commas, line breaks and quotes, each quote doubled.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // The next record; none at the end. Lines with nothing on them are passed over.
  absl::StatusOr<std::optional<std::vector<std::string>>> Next() {
    while (SkipLineEnd()) {
    }
    line_ = next_line_;
    if (at_ == text_.size()) return std::optional<std::vector<std::string>>();
    std::vector<std::string> fields;
    do {
      ASSIGN_OR_RETURN(std::string field, At() == '"' ? Quoted() : Plain());
      fields.push_back(std::move(field));
    } while (Take(','));
    if (at_ < text_.size() && !SkipLineEnd()) {
      return Bad(line_, "CSV_QUOTE", "có chữ ngay sau dấu nháy đóng",
                 "there is text right after a closing quote");
    }
    return std::optional(std::move(fields));
  }
  // On which the last record starts.
  int line() const { return line_; }

 private:
  char At() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  bool Take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool SkipLineEnd() {
    const std::string_view rest = text_.substr(at_);
    const size_t length = rest.substr(0, 2) == "\r\n" ? 2 : rest.substr(0, 1) == "\n" ? 1 : 0;
    at_ += length;
    next_line_ += length > 0 ? 1 : 0;
    return length > 0;
  }
  absl::StatusOr<std::string> Plain() {
    const size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    std::string field(text_.substr(at_, end - at_));
    at_ = end;
    if (!field.empty() && field.back() == '\r' && At() == '\n') {
      field.pop_back();
      if (at_ < text_.size()) --at_;  // the carriage return belongs to the line's end
    }
    if (field.find('"') == std::string::npos) return field;
    return Bad(line_, "CSV_QUOTE", "dấu nháy ở giữa ô không được đặt trong nháy",
               "a quote stands in a field that is not quoted");
  }
  absl::StatusOr<std::string> Quoted() {
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (text_.substr(at_ + 1, 1) != "\"") {
          ++at_;
          return field;
        }
        ++at_;
      }
      next_line_ += text_[at_] == '\n' ? 1 : 0;
      field += text_[at_];
    }
    return Bad(line_, "CSV_QUOTE", "thiếu dấu nháy đóng", "a quote is not closed");
  }

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  int next_line_ = 1;
};

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
  Reader reader(bytes);
  std::vector<std::string> header;
  Rows rows;
  while (true) {
    ASSIGN_OR_RETURN(std::optional<std::vector<std::string>> record_read, reader.Next());
    if (!record_read.has_value()) break;
    std::vector<std::string> fields = *std::move(record_read);
    const int number = reader.line();
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
