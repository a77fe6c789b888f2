// CSV files: as records, and as campaign's imports take them.
#include <string>
#include <vector>

#include "campaign/intake/csv.h"
#include "fuzz/fuzz.h"
#include "platform/csv.h"

using thidua::fuzz::TextOf;
namespace intake = thidua::campaign::intake;
using thidua::platform::CsvReader;

namespace {

std::string Quoted(const std::string& field) {
  std::string text = "\"";
  for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = TextOf(data, size);
  CsvReader reader(text);
  std::vector<std::vector<std::string>> records;
  std::string written;
  int line = 0;
  while (auto record = reader.Next()) {
    FUZZ_CHECK(record->line > line && !record->fields.empty());
    line = record->line;
    for (size_t i = 0; i < record->fields.size(); ++i) {
      written += (i > 0 ? "," : "") + Quoted(record->fields[i]);
    }
    written += "\r\n";
    records.push_back(std::move(record->fields));
  }
  if (reader.fault().has_value()) FUZZ_CHECK(reader.fault()->line >= line);
  // Written out, the records are read again as the same.
  CsvReader again(written);
  for (const auto& fields : records) {
    const auto record = again.Next();
    FUZZ_CHECK(record.has_value() && record->fields == fields);
  }
  FUZZ_CHECK(!again.Next().has_value() && !again.fault().has_value());

  intake::CsvFile file;
  std::vector<intake::CsvProblem> problems;
  if (intake::ReadCsv(text, &file, &problems)) {
    FUZZ_CHECK(problems.empty() && !reader.fault().has_value());
    for (const intake::CsvRow& row : file.rows) {
      FUZZ_CHECK(row.fields.size() == file.header.size());
    }
  } else {
    FUZZ_CHECK(!problems.empty());
    for (const intake::CsvProblem& problem : problems) {
      FUZZ_CHECK(!problem.reason.empty() && !problem.vi.empty() && !problem.en.empty());
    }
  }
  return 0;
}
