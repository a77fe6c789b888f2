#include "thiduactl/dossier_file.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "absl/time/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::ctl {
namespace {

const std::set<std::string>& Columns() {
  static const auto* const kColumns = new std::set<std::string>{
      "dossier_code",  "unit_code", "procedure_code", "channel",    "status",
      "received_date", "due_date",  "finished_date",  "event_time", "event_version"};
  return *kColumns;
}

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> values;
  std::istringstream in(line);
  std::string value;
  while (std::getline(in, value, ',')) values.push_back(value);
  if (!line.empty() && line.back() == ',') values.emplace_back();
  return values;
}

absl::Status LineError(size_t line, const std::string& reason, const std::string& vi,
                       const std::string& en) {
  const std::string number = std::to_string(line);
  return platform::InvalidField("line " + number, reason, {vi, en});
}

bool Retryable(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kCancelled ||
         status.code() == absl::StatusCode::kInternal;
}

}  // namespace

absl::StatusOr<std::vector<json>> ParseDossierCsv(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  if (!std::getline(in, line)) return LineError(1, "FILE_EMPTY", "tệp trống", "the file is empty");
  if (line.rfind("\xef\xbb\xbf", 0) == 0) line.erase(0, 3);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  const std::vector<std::string> header = Split(line);
  for (const std::string& name : header) {
    if (Columns().count(name) == 0) {
      return LineError(1, "COLUMN_UNKNOWN", "không có cột \"" + name + "\"",
                       "unknown column \"" + name + "\"");
    }
  }
  std::vector<json> rows;
  for (size_t number = 2; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const std::vector<std::string> values = Split(line);
    if (values.size() != header.size() || line.find('"') != std::string::npos) {
      return LineError(
          number, "ROW_MALFORMED",
          "có " + std::to_string(values.size()) + " giá trị, cần " + std::to_string(header.size()),
          std::to_string(values.size()) + " values where " + std::to_string(header.size()) +
              " are needed");
    }
    json row = json::object();
    for (size_t i = 0; i < header.size(); ++i) {
      if (values[i].empty()) continue;
      if (header[i] == "channel") {
        row[header[i]] = "DOSSIER_CHANNEL_" + values[i];
      } else if (header[i] == "status") {
        row[header[i]] = "DOSSIER_STATUS_" + values[i];
      } else {
        row[header[i]] = values[i];
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<json> PushDossiers(RpcClient& client, const std::string& token,
                                  const std::string& import_id, const std::vector<json>& rows,
                                  absl::FunctionRef<void(size_t, const json&)> progress) {
  const absl::Time give_up = absl::Now() + absl::Minutes(2);
  for (absl::Duration pause = absl::Milliseconds(100);;
       pause = std::min(pause * 2, absl::Seconds(2))) {
    const auto attempt = [&]() -> absl::StatusOr<json> {
      ASSIGN_OR_RETURN(const auto stream,
                       client.OpenChunks("scoring.v1.DossierService/PushDossiers", token));
      ASSIGN_OR_RETURN(const json opened,
                       stream->Exchange({{"header", {{"import_id", import_id}}}}));
      const auto size = static_cast<size_t>(opened["opened"].value("max_rows", 500));
      const auto chunks = (rows.size() + size - 1) / size;
      const auto next = static_cast<size_t>(
          std::stoll(opened["opened"].value("next_sequence", std::string("0"))));
      for (size_t sequence = next; sequence < chunks; ++sequence) {
        json chunk = {{"sequence", sequence}, {"rows", json::array()}};
        const size_t end = std::min(rows.size(), (sequence + 1) * size);
        for (size_t i = sequence * size; i < end; ++i) chunk["rows"].push_back(rows[i]);
        ASSIGN_OR_RETURN(const json answer, stream->Exchange({{"chunk", chunk}}));
        progress(end, answer["ack"]);
      }
      ASSIGN_OR_RETURN(const json done, stream->Exchange({{"complete", {{"chunks", chunks}}}}));
      RETURN_IF_ERROR(stream->Finish());
      return done["summary"];
    };
    absl::StatusOr<json> summary = attempt();
    if (summary.ok() || !Retryable(summary.status()) || absl::Now() + pause > give_up)
      return summary;
    absl::SleepFor(pause);  // the import goes on where the server says it stopped
  }
}

}  // namespace thidua::ctl
