#include "campaign/wording/dates.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "campaign/wording/fold.h"

namespace thidua::campaign::wording {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;

bool IsYear(int year) { return year >= kFirstYear && year <= kLastYear; }

bool Exists(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1) return false;
  const absl::CivilDay normal(year, month, day);
  return normal.year() == year && normal.month() == month && normal.day() == day;
}

// A word, a number of at most four digits, or one of the marks that join numbers.
struct Token {
  enum Kind { kWord, kNumber, kSlash, kOther } kind;
  std::string text;
  int value = 0;
  size_t digits = 0;
};

std::vector<Token> Tokens(std::string_view phrase) {
  const std::string folded = Fold(phrase);
  std::vector<Token> tokens;
  for (size_t at = 0; at < folded.size();) {
    const auto is_digit = [&](size_t i) { return folded[i] >= '0' && folded[i] <= '9'; };
    const auto is_letter = [&](size_t i) {
      return (folded[i] >= 'a' && folded[i] <= 'z') || (folded[i] & 0x80) != 0;
    };
    size_t end = at + 1;
    if (is_digit(at)) {
      while (end < folded.size() && is_digit(end)) ++end;
      Token token{Token::kOther, folded.substr(at, end - at)};
      if (token.text.size() <= 4) {
        token.kind = Token::kNumber;
        token.digits = token.text.size();
        for (const char c : token.text) token.value = token.value * 10 + (c - '0');
      }
      tokens.push_back(std::move(token));
    } else if (is_letter(at)) {
      while (end < folded.size() && is_letter(end)) ++end;
      tokens.push_back({Token::kWord, folded.substr(at, end - at)});
    } else if (folded[at] == '/' || folded[at] == '-') {
      tokens.push_back({Token::kSlash, folded.substr(at, 1)});
    } else if (folded[at] != ' ' && folded[at] != '\t' && folded[at] != '\n') {
      tokens.push_back({Token::kOther, folded.substr(at, 1)});
    }
    at = end;
  }
  return tokens;
}

class Reader {
 public:
  explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Worded Read() {
    while (at_ < tokens_.size()) {
      if (!(WordedDay() || WrittenDay() || Quarter() || HalfYear() || Month() || YearSpan() ||
            Year()))
        ++at_;
    }
    return std::move(found_);
  }

 private:
  bool Word(size_t i, std::string_view word) const {
    return i < tokens_.size() && tokens_[i].kind == Token::kWord && tokens_[i].text == word;
  }
  bool Slash(size_t i) const { return i < tokens_.size() && tokens_[i].kind == Token::kSlash; }
  std::optional<int> Small(size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind != Token::kNumber || tokens_[i].digits > 2)
      return std::nullopt;
    return tokens_[i].value;
  }
  std::optional<int> FullYear(size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind != Token::kNumber || tokens_[i].digits != 4 ||
        !IsYear(tokens_[i].value)) {
      return std::nullopt;
    }
    return tokens_[i].value;
  }
  // "nam 2023", "/2023" or "- 2023"; returns the year and how many tokens it took.
  std::optional<int> YearAfter(size_t i) const {
    if (Word(i, "nam") || Slash(i)) return FullYear(i + 1);
    return std::nullopt;
  }
  void Add(absl::CivilDay first, absl::CivilDay last, size_t tokens) {
    found_.spans.push_back({first, last});
    at_ += tokens;
  }
  void AddDay(int year, int month, int day, size_t tokens) {
    if (Exists(year, month, day)) {
      const absl::CivilDay found(year, month, day);
      Add(found, found, tokens);
      return;
    }
    ImpossibleDay impossible{absl::StrFormat("%02d/%02d/%04d", day, month, year), std::nullopt};
    if (month >= 1 && month <= 12 && day >= 1 && day <= 31) {
      impossible.proposal = PartialDate{year, month, 0}.last();
    }
    found_.impossible.push_back(std::move(impossible));
    at_ += tokens;
  }

  // "31 tháng 11 năm 2019", with or without "ngày" before it.
  bool WordedDay() {
    const std::optional<int> day = Small(at_);
    const std::optional<int> month = Small(at_ + 2);
    if (!day || !Word(at_ + 1, "thang") || !month || !Word(at_ + 3, "nam")) return false;
    const std::optional<int> year = FullYear(at_ + 4);
    if (!year) return false;
    AddDay(*year, *month, *day, 5);
    return true;
  }
  // "31/11/2019", "31-11-2019".
  bool WrittenDay() {
    const std::optional<int> day = Small(at_);
    const std::optional<int> month = Small(at_ + 2);
    const std::optional<int> year = FullYear(at_ + 4);
    if (!day || !Slash(at_ + 1) || !month || !Slash(at_ + 3) || !year) return false;
    AddDay(*year, *month, *day, 5);
    return true;
  }
  // "quý IV/2023", "quý 4 năm 2023".
  bool Quarter() {
    if (!Word(at_, "quy")) return false;
    int quarter = Small(at_ + 1).value_or(0);
    constexpr std::string_view kRoman[] = {"i", "ii", "iii", "iv"};
    for (int i = 0; i < 4; ++i) {
      if (Word(at_ + 1, kRoman[i])) quarter = i + 1;
    }
    const std::optional<int> year = YearAfter(at_ + 2);
    if (quarter < 1 || quarter > 4 || !year) return false;
    Add(PartialDate{*year, quarter * 3 - 2, 0}.first(), PartialDate{*year, quarter * 3, 0}.last(),
        4);
    return true;
  }
  // "6 tháng đầu năm 2023", "06 tháng cuối năm 2023".
  bool HalfYear() {
    if (Small(at_) != 6 || !Word(at_ + 1, "thang")) return false;
    const bool first = Word(at_ + 2, "dau");
    const std::optional<int> year = YearAfter(at_ + 3);
    if (!year || (!first && !Word(at_ + 2, "cuoi"))) return false;
    Add(PartialDate{*year, first ? 1 : 7, 0}.first(), PartialDate{*year, first ? 6 : 12, 0}.last(),
        5);
    return true;
  }
  // "tháng 3 năm 2023", "tháng 3/2023".
  bool Month() {
    if (!Word(at_, "thang")) return false;
    const int month = Small(at_ + 1).value_or(0);
    const std::optional<int> year = YearAfter(at_ + 2);
    if (month < 1 || month > 12 || !year) return false;
    const PartialDate date{*year, month, 0};
    Add(date.first(), date.last(), 4);
    return true;
  }
  // "giai đoạn 2021 - 2025".
  bool YearSpan() {
    if (!Word(at_, "giai") || !Word(at_ + 1, "doan")) return false;
    const std::optional<int> first = FullYear(at_ + 2);
    const std::optional<int> last = FullYear(at_ + 4);
    if (!first || !Slash(at_ + 3) || !last || *last < *first) return false;
    Add(PartialDate{*first, 0, 0}.first(), PartialDate{*last, 0, 0}.last(), 5);
    return true;
  }
  // "năm 2023".
  bool Year() {
    if (!Word(at_, "nam")) return false;
    const std::optional<int> year = FullYear(at_ + 1);
    if (!year) return false;
    Add(PartialDate{*year, 0, 0}.first(), PartialDate{*year, 0, 0}.last(), 2);
    return true;
  }

  const std::vector<Token> tokens_;
  size_t at_ = 0;
  Worded found_;
};

}  // namespace

absl::CivilDay PartialDate::last() const {
  if (day != 0) return absl::CivilDay(year, month, day);
  if (month != 0) return absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1;
  return absl::CivilDay(year, 12, 31);
}

DateProblem ParsePartialDate(std::string_view text, PartialDate* date) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return DateProblem::kMalformed;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != '-') return DateProblem::kMalformed;
  }
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (size_t i = from; i < from + count; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  PartialDate read{number(0, 4), text.size() > 4 ? number(5, 2) : 0,
                   text.size() > 7 ? number(8, 2) : 0};
  if (!IsYear(read.year)) return DateProblem::kImpossible;
  if (text.size() == 7 && (read.month < 1 || read.month > 12)) return DateProblem::kImpossible;
  if (text.size() == 10 && !Exists(read.year, read.month, read.day))
    return DateProblem::kImpossible;
  *date = read;
  return DateProblem::kNone;
}

Worded FindDates(std::string_view phrase) { return Reader(Tokens(phrase)).Read(); }

}  // namespace thidua::campaign::wording
