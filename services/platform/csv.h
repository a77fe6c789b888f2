// Reading CSV (RFC 4180): fields between commas, quoted where they hold commas, quotes or line
// ends. What the columns mean is for the caller.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::platform {

struct CsvRecord {
  int line = 0;  // on which it begins, from 1, counted as an editor does
  std::vector<std::string> fields;
};

// A quote where none may be, or one that is not closed: reason CSV_QUOTE.
struct CsvFault {
  int line = 0;  // on which the quote, or what follows it, stands
  std::string vi;
  std::string en;
};
inline constexpr char kCsvQuote[] = "CSV_QUOTE";

// A byte order mark at the beginning is passed over, and lines with nothing on them are. Lines end
// with LF or CRLF, the last one with either, a CR alone, or nothing. Not thread-safe; the text must
// outlive the reader.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  // The next record; none at the end of the text and at a fault.
  std::optional<CsvRecord> Next();
  // Why the reading ended before the end of the text.
  const std::optional<CsvFault>& fault() const { return fault_; }

 private:
  bool At(char c) const { return at_ < text_.size() && text_[at_] == c; }
  // Length of the line's end here, 0 when the line goes on.
  size_t LineEnd() const;
  bool SkipLineEnd();
  bool ReadField(std::string* field);
  bool ReadPlain(std::string* field);
  bool ReadQuoted(std::string* field);
  bool Refuse(int line, const char* vi, const char* en);

  const std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  std::optional<CsvFault> fault_;
};

}  // namespace thidua::platform
