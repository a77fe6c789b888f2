// Checked reading of columns: the server's text form in, a value or a recorded error out.
#include <charconv>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/db/session.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Whole text or nothing: no sign for unsigned, no spaces, no fraction, no overflow.
template <class T>
bool ParseInteger(std::string_view text, T* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

// `count` digits at `at`.
bool ParseDigits(std::string_view text, size_t at, size_t count, int* value) {
  if (at + count > text.size()) return false;
  *value = 0;
  for (char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return false;
    *value = *value * 10 + (c - '0');
  }
  return true;
}

bool ParseDay(std::string_view text, absl::CivilDay* day) {
  int year, month, dom;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !ParseDigits(text, 0, 4, &year) ||
      !ParseDigits(text, 5, 2, &month) || !ParseDigits(text, 8, 2, &dom)) {
    return false;
  }
  const absl::CivilDay parsed(year, month, dom);  // normalises what does not exist
  if (parsed.year() != year || parsed.month() != month || parsed.day() != dom) return false;
  *day = parsed;
  return true;
}

// "2024-01-02 03:04:05" with an optional fraction of one to six digits, UTC.
bool ParseMoment(std::string_view text, absl::Time* time) {
  absl::CivilDay day;
  int hour, minute, second, micros = 0;
  if (text.size() < 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':' ||
      !ParseDay(text.substr(0, 10), &day) || !ParseDigits(text, 11, 2, &hour) ||
      !ParseDigits(text, 14, 2, &minute) || !ParseDigits(text, 17, 2, &second) || hour > 23 ||
      minute > 59 || second > 59) {
    return false;
  }
  if (text.size() > 19) {
    const size_t digits = text.size() - 20;
    if (text[19] != '.' || digits < 1 || digits > 6 || !ParseDigits(text, 20, digits, &micros)) {
      return false;
    }
    for (size_t i = digits; i < 6; ++i) micros *= 10;
  }
  *time =
      absl::FromCivil(absl::CivilSecond(day.year(), day.month(), day.day(), hour, minute, second),
                      absl::UTCTimeZone()) +
      absl::Microseconds(micros);
  return true;
}

bool Parse(const std::string& text, std::string* value) {
  *value = text;
  return true;
}
bool Parse(const std::string& text, int64_t* value) { return ParseInteger(text, value); }
bool Parse(const std::string& text, uint64_t* value) { return ParseInteger(text, value); }
bool Parse(const std::string& text, int32_t* value) { return ParseInteger(text, value); }
bool Parse(const std::string& text, uint32_t* value) { return ParseInteger(text, value); }
bool Parse(const std::string& text, bool* value) {
  *value = text == "1";
  return text == "0" || text == "1";
}
bool Parse(const std::string& text, absl::CivilDay* value) { return ParseDay(text, value); }
bool Parse(const std::string& text, absl::Time* value) { return ParseMoment(text, value); }

}  // namespace

template <class T>
T Row::Get(int column) const {
  if constexpr (IsOptional<T>::value) {
    const std::optional<std::string> raw = Raw(column);
    if (!raw.has_value()) return std::nullopt;
    typename T::value_type value{};
    if (!Parse(*raw, &value)) {
      Fail(column, "does not convert");
      return std::nullopt;
    }
    return value;
  } else {
    const std::optional<std::string> raw = Raw(column);
    T value{};
    if (!raw.has_value()) {
      Fail(column, "is NULL");
      return value;
    }
    if (!Parse(*raw, &value)) {
      Fail(column, "does not convert");
      return T{};
    }
    return value;
  }
}

void Row::Fail(int column, std::string_view why) const {
  if (error_.empty()) error_ = absl::StrCat("column ", column, " ", std::string(why));
}

absl::Status Session::RowStatus(const Row& row) {
  if (row.error_.empty()) return absl::OkStatus();
  return platform::Internal(absl::StrCat("reading a row: ", row.error_));
}

template int64_t Row::Get<int64_t>(int) const;
template uint64_t Row::Get<uint64_t>(int) const;
template int32_t Row::Get<int32_t>(int) const;
template uint32_t Row::Get<uint32_t>(int) const;
template bool Row::Get<bool>(int) const;
template std::string Row::Get<std::string>(int) const;
template absl::CivilDay Row::Get<absl::CivilDay>(int) const;
template absl::Time Row::Get<absl::Time>(int) const;
template std::optional<int64_t> Row::Get<std::optional<int64_t>>(int) const;
template std::optional<uint64_t> Row::Get<std::optional<uint64_t>>(int) const;
template std::optional<int32_t> Row::Get<std::optional<int32_t>>(int) const;
template std::optional<uint32_t> Row::Get<std::optional<uint32_t>>(int) const;
template std::optional<bool> Row::Get<std::optional<bool>>(int) const;
template std::optional<std::string> Row::Get<std::optional<std::string>>(int) const;
template std::optional<absl::CivilDay> Row::Get<std::optional<absl::CivilDay>>(int) const;
template std::optional<absl::Time> Row::Get<std::optional<absl::Time>>(int) const;

}  // namespace thidua::db
