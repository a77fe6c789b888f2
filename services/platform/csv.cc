#include "platform/csv.h"

#include <utility>

namespace thidua::platform {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text)
    : text_(text.substr(
          text.substr(0, kByteOrderMark.size()) == kByteOrderMark ? kByteOrderMark.size() : 0)) {}

std::optional<CsvRecord> CsvReader::Next() {
  while (SkipLineEnd()) {
  }
  if (fault_.has_value() || at_ == text_.size()) return std::nullopt;
  CsvRecord record{line_, {}};
  for (;;) {
    std::string field;
    if (!ReadField(&field)) return std::nullopt;
    record.fields.push_back(std::move(field));
    if (!At(',')) break;
    ++at_;
  }
  SkipLineEnd();
  return record;
}

size_t CsvReader::LineEnd() const {
  const std::string_view rest = text_.substr(at_);
  if (rest.substr(0, 2) == "\r\n") return 2;
  return rest.substr(0, 1) == "\n" || rest == "\r" ? 1 : 0;
}

bool CsvReader::SkipLineEnd() {
  const size_t length = LineEnd();
  at_ += length;
  if (length > 0) ++line_;
  return length > 0;
}

bool CsvReader::ReadField(std::string* field) {
  return At('"') ? ReadQuoted(field) : ReadPlain(field);
}

bool CsvReader::ReadPlain(std::string* field) {
  while (at_ < text_.size() && !At(',') && LineEnd() == 0) {
    if (At('"')) {
      return Refuse(line_, "dấu nháy kép đứng giữa ô không đặt trong nháy",
                    "a quote stands in a field that is not quoted");
    }
    *field += text_[at_++];
  }
  return true;
}

bool CsvReader::ReadQuoted(std::string* field) {
  const int opened = line_;
  for (++at_; at_ < text_.size(); ++at_) {
    if (At('"')) {
      ++at_;
      if (!At('"')) {
        return at_ == text_.size() || At(',') || LineEnd() > 0 ||
               Refuse(line_, "sau dấu nháy kép đóng phải là dấu phẩy hoặc hết dòng",
                      "after a closing quote a comma or the end of the line must follow");
      }
    }
    if (At('\n')) ++line_;
    *field += text_[at_];
  }
  return Refuse(opened, "thiếu dấu nháy kép đóng", "a quote is not closed");
}

bool CsvReader::Refuse(int line, const char* vi, const char* en) {
  fault_ = CsvFault{line, vi, en};
  return false;
}

}  // namespace thidua::platform
