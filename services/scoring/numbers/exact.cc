#include "scoring/numbers/exact.h"

#include <algorithm>

namespace thidua::scoring::numbers {
namespace {

Integer PowerOfTen(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// cpp_int reads a leading 0 as octal, so zeros go first.
Integer ToInteger(std::string_view digits) {
  const size_t first = digits.find_first_not_of('0');
  if (first == std::string_view::npos) return 0;
  return Integer(std::string(digits.substr(first)));
}

// [-]digits[.digits] with at most so many digits before and after the point.
std::optional<Rational> ReadDecimal(std::string_view text, size_t max_whole, size_t max_decimals) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view decimals;
  if (point != std::string_view::npos) {
    decimals = text.substr(point + 1);
    if (!AllDigits(decimals) || decimals.size() > max_decimals) return std::nullopt;
  }
  if (!AllDigits(whole) || whole.size() > max_whole) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  const int places = static_cast<int>(decimals.size());
  Integer scaled = ToInteger(std::string(whole) + std::string(decimals));
  if (negative) scaled = -scaled;
  return Rational(scaled, PowerOfTen(places));
}

Integer Abs(const Integer& value) { return value < 0 ? Integer(-value) : value; }

// How often `factor` divides `value`; what is left stays in `value`.
int Strip(Integer& value, int factor) {
  int times = 0;
  while (value % factor == 0) {
    value /= factor;
    ++times;
  }
  return times;
}

std::string Join(const Integer& scaled, int decimals) {
  std::string digits = Abs(scaled).str();
  if (decimals > 0) {
    if (static_cast<int>(digits.size()) <= decimals) {
      digits.insert(0, static_cast<size_t>(decimals) + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - static_cast<size_t>(decimals), ".");
  }
  return scaled < 0 ? "-" + digits : digits;
}

}  // namespace

Rational Ratio(const Integer& n, const Integer& d) { return Rational(n, d); }

std::optional<Rational> ParseDecimal(std::string_view text, int max_decimals) {
  return ReadDecimal(text, 18, static_cast<size_t>(max_decimals));
}

std::optional<Rational> ParseExact(std::string_view text) {
  constexpr size_t kLongest = 400;  // far beyond any sum of real ratios; keeps hostile text out
  if (text.size() > kLongest) return std::nullopt;
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return ReadDecimal(text, kLongest, kLongest);
  const std::string_view denominator = text.substr(slash + 1);
  if (!AllDigits(denominator)) return std::nullopt;
  const Integer d = ToInteger(denominator);
  if (d < 2) return std::nullopt;
  const std::optional<Rational> n = ReadDecimal(text.substr(0, slash), kLongest, 0);
  if (!n.has_value()) return std::nullopt;
  const Rational value = *n / d;
  if (boost::multiprecision::denominator(value) != d) return std::nullopt;
  return value;
}

Rational Round(const Rational& value, RoundingMode mode, int decimals) {
  const Integer scale = PowerOfTen(decimals);
  const Integer n = boost::multiprecision::numerator(value) * scale;
  const Integer d = boost::multiprecision::denominator(value);  // positive, lowest terms
  const Integer magnitude = Abs(n);
  Integer whole = magnitude / d;
  const Integer twice = (magnitude % d) * 2;
  const bool up =
      (mode == RoundingMode::kHalfUp && twice >= d) ||
      (mode == RoundingMode::kHalfEven && (twice > d || (twice == d && whole % 2 != 0)));
  if (up) whole += 1;
  if (n < 0) whole = -whole;
  return Rational(whole, scale);
}

std::string ToExact(const Rational& value) {
  const Integer n = boost::multiprecision::numerator(value);
  const Integer d = boost::multiprecision::denominator(value);
  Integer rest = d;
  const int twos = Strip(rest, 2);
  const int fives = Strip(rest, 5);
  if (rest != 1) return n.str() + "/" + d.str();
  const int decimals = std::max(twos, fives);
  return Join(n * (PowerOfTen(decimals) / d), decimals);
}

bool FitsDecimals(const Rational& value, int decimals) {
  if (decimals < 0 || decimals > kMaxDecimals) return false;
  return PowerOfTen(decimals) % boost::multiprecision::denominator(value) == 0;
}

std::string ToFixed(const Rational& value, int decimals) {
  const Integer scaled = boost::multiprecision::numerator(value) *
                         (PowerOfTen(decimals) / boost::multiprecision::denominator(value));
  return Join(scaled, decimals);
}

std::string Vietnamese(std::string_view number) {
  std::string text(number);
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

}  // namespace thidua::scoring::numbers
