#include "campaign/intake/csv.h"

#include <algorithm>
#include <set>

#include "campaign/wording/fold.h"

namespace thidua::campaign::intake {
namespace {

int LineAt(std::string_view bytes, size_t offset) {
  return 1 + static_cast<int>(
                 std::count(bytes.begin(), bytes.begin() + static_cast<long>(offset), '\n'));
}

// Splits into rows of fields. One state machine over the bytes; quoting is the only state.
class Splitter {
 public:
  Splitter(std::string_view bytes, std::vector<CsvRow>* rows, std::vector<CsvProblem>* problems)
      : bytes_(bytes), rows_(rows), problems_(problems) {}

  void Run() {
    while (at_ < bytes_.size() && problems_->empty()) ReadRow();
  }

 private:
  void ReadRow() {
    CsvRow row{line_, {}};
    bool quoted_any = false;
    while (true) {
      std::string field;
      if (at_ < bytes_.size() && bytes_[at_] == '"') {
        quoted_any = true;
        if (!ReadQuoted(&field)) return;
      } else if (!ReadPlain(&field)) {
        return;
      }
      row.fields.push_back(std::move(field));
      if (at_ < bytes_.size() && bytes_[at_] == ',') {
        ++at_;
        continue;
      }
      break;
    }
    SkipLineEnd();
    const bool blank = row.fields.size() == 1 && row.fields[0].empty() && !quoted_any;
    if (!blank) rows_->push_back(std::move(row));
  }

  bool ReadPlain(std::string* field) {
    while (at_ < bytes_.size() && bytes_[at_] != ',' && bytes_[at_] != '\n') {
      if (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') break;
      if (bytes_[at_] == '"')
        return Refuse("một dấu nháy kép đứng giữa ô không có nháy",
                      "a quote inside an unquoted field");
      *field += bytes_[at_++];
    }
    return true;
  }

  bool ReadQuoted(std::string* field) {
    const int start = line_;
    ++at_;
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_++];
      if (c == '"') {
        if (at_ < bytes_.size() && bytes_[at_] == '"') {
          *field += '"';
          ++at_;
          continue;
        }
        const bool ends =
            at_ == bytes_.size() || bytes_[at_] == ',' || bytes_[at_] == '\n' ||
            (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n');
        return ends || Refuse("sau dấu nháy đóng phải là dấu phẩy hoặc hết dòng",
                              "after a closing quote a comma or the end of the line must follow");
      }
      if (c == '\n') ++line_;
      *field += c;
    }
    line_ = start;
    return Refuse("thiếu dấu nháy đóng", "a closing quote is missing");
  }

  void SkipLineEnd() {
    if (at_ < bytes_.size() && bytes_[at_] == '\r') ++at_;
    if (at_ < bytes_.size() && bytes_[at_] == '\n') {
      ++at_;
      ++line_;
    }
  }

  bool Refuse(const std::string& vi, const std::string& en) {
    problems_->push_back({line_, "CSV_QUOTE", vi, en});
    return false;
  }

  const std::string_view bytes_;
  std::vector<CsvRow>* rows_;
  std::vector<CsvProblem>* problems_;
  size_t at_ = 0;
  int line_ = 1;
};

bool CheckBytes(std::string_view bytes, std::vector<CsvProblem>* problems) {
  if (bytes.size() > kLargestCsv) {
    problems->push_back({0, "CSV_TOO_LARGE", "tệp lớn hơn 2 MiB", "the file is larger than 2 MiB"});
  } else if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") {
    problems->push_back({1, "CSV_NOT_UTF8", "tệp dùng mã UTF-16; hãy lưu lại theo UTF-8",
                         "the file is UTF-16; save it as UTF-8"});
  } else if (size_t bad = 0; !wording::IsUtf8(bytes, &bad)) {
    problems->push_back(
        {LineAt(bytes, bad), "CSV_NOT_UTF8",
         "tệp không theo mã UTF-8 (có thể là TCVN3, VNI hoặc windows-1258); hãy lưu lại theo UTF-8",
         "the file is not UTF-8 (perhaps TCVN3, VNI or windows-1258); save it as UTF-8"});
  } else if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    problems->push_back(
        {LineAt(bytes, nul), "CSV_CONTROL", "tệp có byte 0", "the file holds a NUL byte"});
  }
  return problems->empty();
}

}  // namespace

bool ReadCsv(std::string_view bytes, CsvFile* file, std::vector<CsvProblem>* problems) {
  *file = {};
  if (!CheckBytes(bytes, problems)) return false;
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  std::vector<CsvRow> rows;
  Splitter(bytes, &rows, problems).Run();
  if (!problems->empty()) return false;
  if (rows.empty()) {
    problems->push_back({1, "CSV_EMPTY", "tệp trống, thiếu dòng tiêu đề",
                         "the file is empty, its header is missing"});
    return false;
  }
  if (rows.size() - 1 > kMostCsvRows) {
    problems->push_back(
        {0, "CSV_TOO_LARGE", "tệp có hơn 20000 dòng", "the file has more than 20000 rows"});
    return false;
  }
  file->header = rows.front().fields;
  std::set<std::string> seen;
  for (const std::string& column : file->header) {
    if (!seen.insert(column).second) {
      problems->push_back({rows.front().line, "CSV_COLUMN", "cột " + column + " có hai lần",
                           "column " + column + " is there twice"});
    }
  }
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].fields.size() != file->header.size()) {
      problems->push_back({rows[i].line, "CSV_WIDTH",
                           "dòng có " + std::to_string(rows[i].fields.size()) + " ô, tiêu đề có " +
                               std::to_string(file->header.size()),
                           "the row has " + std::to_string(rows[i].fields.size()) +
                               " fields, the header has " + std::to_string(file->header.size())});
    }
  }
  if (!problems->empty()) return false;
  rows.erase(rows.begin());
  file->rows = std::move(rows);
  return true;
}

}  // namespace thidua::campaign::intake
