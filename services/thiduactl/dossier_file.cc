#include "thiduactl/dossier_file.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "platform/csv.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/api_descriptors.h"

namespace thidua::ctl {
namespace {

constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr size_t kMostRowsOfBatch = 500;
constexpr const char* kCounts[] = {"accepted", "unchanged", "superseded", "refused"};

const std::set<std::string>& Columns() {
  static const auto* const kColumns = new std::set<std::string>{
      "dossier_code",  "unit_code", "procedure_code", "channel",    "status",
      "received_date", "due_date",  "finished_date",  "event_time", "event_version"};
  return *kColumns;
}

absl::Status LineError(int line, const std::string& reason, const std::string& vi,
                       const std::string& en) {
  const std::string number = std::to_string(line);
  return platform::InvalidField("line " + number, reason, {vi, en});
}

// The name of an enum value as proto3 JSON has it; empty when it is none.
std::string EnumValue(const std::string& type, const std::string& prefix, const std::string& text,
                      bool numbers) {
  const auto* values = ApiPool().FindEnumTypeByName("thidua.scoring.v1." + type);
  const std::string upper = absl::AsciiStrToUpper(text);
  int number = 0;
  const google::protobuf::EnumValueDescriptor* found = nullptr;
  if (numbers && absl::SimpleAtoi(text, &number)) {
    found = values->FindValueByNumber(number);
  } else {
    found = values->FindValueByName(upper.rfind(prefix, 0) == 0 ? upper : prefix + upper);
  }
  return found == nullptr || found->number() == 0 ? "" : found->name();
}

absl::StatusOr<json> ToRow(const std::vector<std::string>& header,
                           const platform::CsvRecord& record) {
  json row = json::object();
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string& value = record.fields[i];
    if (value.empty()) continue;
    row[header[i]] = value;
    if (header[i] != "channel" && header[i] != "status") continue;
    const bool status = header[i] == "status";
    const std::string name = status ? EnumValue("DossierStatus", "DOSSIER_STATUS_", value, true)
                                    : EnumValue("DossierChannel", "DOSSIER_CHANNEL_", value, false);
    if (name.empty()) {
      return LineError(record.line, status ? "STATUS_UNKNOWN" : "CHANNEL_UNKNOWN",
                       "cột " + header[i] + " không có giá trị \"" + value + "\"",
                       "column " + header[i] + " knows no \"" + value + "\"");
    }
    row[header[i]] = name;
  }
  return row;
}

// A broken connection is told by the transport, which knows no reasons of ours; by UNAVAILABLE a
// server says the same.
bool MayPass(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kUnavailable) return true;
  const std::string reason = platform::ReasonOf(status);
  return (status.code() == absl::StatusCode::kCancelled ||
          status.code() == absl::StatusCode::kInternal ||
          status.code() == absl::StatusCode::kUnknown) &&
         (reason.empty() || reason == "PEER_ERROR");
}

json Chunk(const std::vector<json>& rows, size_t begin, size_t end) {
  json chunk = json::array();
  for (size_t i = begin; i < end; ++i) chunk.push_back(rows[i]);
  return chunk;
}

}  // namespace

absl::StatusOr<std::vector<json>> ParseDossierCsv(const std::string& text) {
  platform::CsvReader reader(text);
  const auto fault = [&] {
    return LineError(reader.fault()->line, platform::kCsvQuote, reader.fault()->vi,
                     reader.fault()->en);
  };
  const std::optional<platform::CsvRecord> first = reader.Next();
  if (reader.fault().has_value()) return fault();
  if (!first.has_value()) return LineError(1, "FILE_EMPTY", "tệp trống", "the file is empty");
  const std::vector<std::string>& header = first->fields;
  std::set<std::string> seen;
  for (const std::string& name : header) {
    if (Columns().count(name) == 0) {
      return LineError(1, "COLUMN_UNKNOWN", "không có cột \"" + name + "\"",
                       "unknown column \"" + name + "\"");
    }
    if (!seen.insert(name).second) {
      return LineError(1, "COLUMN_TWICE", "cột \"" + name + "\" có hai lần",
                       "column \"" + name + "\" stands twice");
    }
  }
  std::vector<json> rows;
  while (const std::optional<platform::CsvRecord> record = reader.Next()) {
    if (record->fields.size() != header.size()) {
      const size_t has = record->fields.size();
      const size_t needed = header.size();
      return LineError(record->line, "ROW_MALFORMED",
                       absl::StrCat("có ", has, " giá trị, cần ", needed),
                       absl::StrCat(has, " values where ", needed, " are needed"));
    }
    ASSIGN_OR_RETURN(json row, ToRow(header, *record));
    rows.push_back(std::move(row));
  }
  if (reader.fault().has_value()) return fault();
  return rows;
}

absl::StatusOr<json> PushDossiers(RpcClient& client, PushTokens tokens,
                                  const std::string& import_id, const std::vector<json>& rows,
                                  absl::FunctionRef<void(size_t, const json&)> progress) {
  const bool asked_to_wait = client.retry_for() > absl::ZeroDuration();
  const absl::Duration patience = asked_to_wait ? client.retry_for() : absl::Minutes(2);
  absl::Time give_up = absl::Now() + patience;
  absl::Duration pause = kFirstPause;
  bool ever_opened = asked_to_wait;
  bool token_is_new = true;  // nothing has been done with it
  ASSIGN_OR_RETURN(std::string token, tokens(""));
  const auto attempt = [&]() -> absl::StatusOr<json> {
    ASSIGN_OR_RETURN(const auto stream,
                     client.OpenChunks("scoring.v1.DossierService/PushDossiers", token));
    ASSIGN_OR_RETURN(const json opened, stream->Exchange({{"header", {{"import_id", import_id}}}}));
    ever_opened = true;
    const json place = opened.value("opened", json::object());
    const size_t size = std::max(1, place.value("max_rows", 500));
    const size_t chunks = (rows.size() + size - 1) / size;
    const auto next =
        static_cast<size_t>(std::stoll(place.value("next_sequence", std::string("0"))));
    for (size_t sequence = next; sequence < chunks; ++sequence) {
      const size_t end = std::min(rows.size(), (sequence + 1) * size);
      ASSIGN_OR_RETURN(
          const json answer,
          stream->Exchange(
              {{"chunk", {{"sequence", sequence}, {"rows", Chunk(rows, sequence * size, end)}}}}));
      give_up = absl::Now() + patience;
      pause = kFirstPause;
      token_is_new = false;
      progress(end, answer.value("ack", json::object()));
    }
    ASSIGN_OR_RETURN(const json done, stream->Exchange({{"complete", {{"chunks", chunks}}}}));
    RETURN_IF_ERROR(stream->Finish());
    return done.value("summary", json::object());
  };
  for (;;) {
    absl::StatusOr<json> summary = attempt();
    if (platform::ReasonOf(summary.status()) == "TOKEN_EXPIRED" && !token_is_new) {
      ASSIGN_OR_RETURN(std::string fresh, tokens(token));
      if (fresh == token) return summary;
      token = std::move(fresh);
      token_is_new = true;
      continue;
    }
    if (summary.ok() || !MayPass(summary.status())) return summary;
    if (!ever_opened || absl::Now() + pause > give_up) return summary;
    client.Pause(pause);  // the import goes on where the server says it stopped
    pause = std::min(pause * 2, absl::Seconds(2));
  }
}

absl::StatusOr<std::string> ImportToSend(RpcClient& client, const std::string& token,
                                         const std::string& name) {
  std::string candidate = name;
  for (int run = 2;; ++run) {
    const absl::StatusOr<json> held = client.Call("scoring.v1.DossierService/GetDossierImport",
                                                  {{"import_id", candidate}}, token);
    if (platform::ReasonOf(held.status()) == "DOSSIER_IMPORT_NOT_FOUND") return candidate;
    if (!held.ok()) return held.status();
    const bool refused = held->value("refused", "0") != "0";
    if (!held->value("completed", false) || !refused) return candidate;
    candidate = absl::StrCat(name, "-", run);
  }
}

absl::StatusOr<json> ValidateDossiers(RpcClient& client, const std::string& token,
                                      const std::vector<json>& rows,
                                      absl::FunctionRef<void(size_t, const json&)> progress) {
  json sums = {{"validated", true}};
  for (const char* count : kCounts) sums[count] = 0;
  for (size_t begin = 0; begin < rows.size(); begin += kMostRowsOfBatch) {
    const size_t end = std::min(rows.size(), begin + kMostRowsOfBatch);
    ASSIGN_OR_RETURN(const json answer, client.Call("scoring.v1.DossierService/BatchPushDossiers",
                                                    {{"rows", Chunk(rows, begin, end)},
                                                     {"request_id", platform::NewId(absl::Now())},
                                                     {"validate_only", true}},
                                                    token));
    const json ack = answer.value("ack", json::object());
    for (const char* count : kCounts) sums[count] = sums[count].get<int>() + ack.value(count, 0);
    progress(end, ack);
  }
  return sums;
}

}  // namespace thidua::ctl
