#include "awards/classifications/import.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/clock.h"
#include "platform/csv.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/utf8.h"

namespace thidua::awards::classifications {
namespace {

constexpr size_t kLargest = size_t{1} << 20;
constexpr int kMostRows = 5000;
constexpr int kMostErrors = 500;

const std::vector<std::string>& Columns() {
  static const auto& columns = *new std::vector<std::string>{"person_id", "year", "level",
                                                             "document_number", "document_date"};
  return columns;
}

using Cells = std::map<std::string, std::string>;

// The cells of a record by column; nothing when it is not as wide as the header.
std::optional<Cells> CellsOf(const platform::CsvRecord& record,
                             const std::vector<std::string>& header) {
  if (record.fields.size() != header.size()) return std::nullopt;
  Cells cells;
  for (size_t i = 0; i < header.size(); ++i) {
    cells[header[i]] = std::string(absl::StripAsciiWhitespace(record.fields[i]));
  }
  return cells;
}

// What a row says, when nothing is wrong with it.
std::optional<Record> RecordOf(int line, const Cells& cells, const std::string& caller,
                               absl::CivilDay today, v1::ImportClassificationsResponse* response) {
  Record record;
  const int errors = response->error_count();
  const absl::StatusOr<std::string> person = platform::IdFromName(
      platform::NameOf("people", cells.at("person_id")), "people", "person_id");
  if (person.ok()) {
    record.person_id = *person;
  } else {
    Refuse(line, "person_id", platform::ReasonOf(person.status()),
           platform::TextOf(person.status(), "vi"), platform::TextOf(person.status(), "en"),
           response);
  }
  if (!absl::SimpleAtoi(cells.at("year"), &record.year)) {
    Refuse(line, "year", "NUMBER_MALFORMED", "Năm phải là số nguyên.",
           "The year must be a whole number.", response);
  }
  const absl::StatusOr<absl::CivilDay> day =
      platform::ParseDate(cells.at("document_date"), "document_date");
  if (day.ok()) {
    record.document_date = *day;
  } else {
    Refuse(line, "document_date", platform::ReasonOf(day.status()),
           platform::TextOf(day.status(), "vi"), platform::TextOf(day.status(), "en"), response);
  }
  if (response->error_count() > errors) return std::nullopt;
  record.level = cells.at("level");
  record.document_number = cells.at("document_number");
  if (const MaybeRefusal refusal = CheckRecord(record, caller, today)) {
    Refuse(line, refusal->field == "person" ? "person_id" : refusal->field, refusal->reason,
           refusal->vi, refusal->en, response);
    return std::nullopt;
  }
  return record;
}

}  // namespace

void Refuse(int line, const std::string& column, const std::string& reason, const std::string& vi,
            const std::string& en, v1::ImportClassificationsResponse* response) {
  response->set_error_count(response->error_count() + 1);
  if (response->errors_size() >= kMostErrors) return;
  v1::ClassificationRowError* error = response->add_errors();
  error->set_line(line);
  error->set_column(column);
  error->set_reason(reason);
  error->set_text_vi(vi);
  error->set_text_en(en);
}

std::vector<FileRow> ReadFile(std::string_view content, const std::string& caller,
                              absl::CivilDay today, v1::ImportClassificationsResponse* response) {
  std::vector<FileRow> rows;
  if (content.size() > kLargest) {
    Refuse(1, "", "CSV_TOO_LARGE", "Tệp lớn quá 1 MiB.", "The file is larger than 1 MiB.",
           response);
    return rows;
  }
  if (const auto bad = platform::FirstNonUtf8(content)) {
    const auto line =
        1 + std::count(content.begin(), content.begin() + static_cast<long>(*bad), '\n');
    Refuse(static_cast<int>(line), "", "CSV_NOT_UTF8", "Tệp không dùng mã UTF-8.",
           "The file is not UTF-8.", response);
    return rows;
  }
  platform::CsvReader reader(content);
  const std::optional<platform::CsvRecord> head = reader.Next();
  const std::vector<std::string> header = head ? head->fields : std::vector<std::string>();
  if (std::set<std::string>(header.begin(), header.end()) !=
          std::set<std::string>(Columns().begin(), Columns().end()) ||
      header.size() != Columns().size()) {
    const std::string columns = absl::StrJoin(Columns(), ",");
    Refuse(1, "", "CSV_COLUMN", absl::StrCat("Dòng đầu phải có đúng các cột: ", columns, "."),
           absl::StrCat("The header must have exactly the columns ", columns, "."), response);
    return rows;
  }
  std::set<std::pair<std::string, int>> seen;
  while (const std::optional<platform::CsvRecord> record = reader.Next()) {
    response->set_row_count(response->row_count() + 1);
    if (response->row_count() > kMostRows) {
      Refuse(record->line, "", "CSV_TOO_LARGE", "Tệp có hơn 5000 dòng.",
             "The file has more than 5000 rows.", response);
      return rows;
    }
    const std::optional<Cells> cells = CellsOf(*record, header);
    if (!cells) {
      Refuse(record->line, "", "CSV_WIDTH", "Số ô của dòng khác số cột.",
             "The row is not as wide as the header.", response);
      continue;
    }
    std::optional<Record> said = RecordOf(record->line, *cells, caller, today, response);
    if (!said) continue;
    if (!seen.emplace(said->person_id, said->year).second) {
      Refuse(record->line, "person_id", "NAMED_TWICE", "Người này và năm này được nêu hai lần.",
             "This person and year are named twice.", response);
      continue;
    }
    rows.push_back({record->line, *std::move(said)});
  }
  if (const auto& fault = reader.fault()) {
    Refuse(fault->line, "", platform::kCsvQuote, fault->vi, fault->en, response);
  }
  return rows;
}

}  // namespace thidua::awards::classifications
