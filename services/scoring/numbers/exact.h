// Exact numbers for points, ratios and indices: rationals inside, decimals as text at the edges,
// and one rounding where and how the criteria set declares it. No floating point anywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "boost/multiprecision/cpp_int.hpp"

namespace thidua::scoring::numbers {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

enum class RoundingMode {
  kHalfUp,    // the middle away from zero
  kHalfEven,  // the middle to the even digit
  kDown,      // cut, towards zero
};

// Most decimals that anyone may write or ask for.
inline constexpr int kMaxDecimals = 6;

// n ÷ d; d must not be zero.
Rational Ratio(const Integer& n, const Integer& d);

// "20", "0.5", "-1.25": an optional minus, 1..18 digits, and at most `max_decimals` decimals.
// Nothing else (no "+", ".5", "5.", "1e3", blanks, leading zeros as in "007").
std::optional<Rational> ParseDecimal(std::string_view text, int max_decimals = kMaxDecimals);

// What ToExact writes: a decimal of any length, or "n/d" in lowest terms with d > 1.
std::optional<Rational> ParseExact(std::string_view text);

// R-SCO-01 Rounds once, to 0..6 decimals.
Rational Round(const Rational& value, RoundingMode mode, int decimals);

// The value as a decimal without trailing zeros when it has an end, else as "n/d" in lowest terms.
std::string ToExact(const Rational& value);

// Whether the value is a multiple of 10^-decimals.
bool FitsDecimals(const Rational& value, int decimals);

// A value that FitsDecimals, with exactly that many decimals: "90.00". Call Round first.
std::string ToFixed(const Rational& value, int decimals);

// ToFixed or ToExact text as people in Vietnam read it: a comma for the point.
std::string Vietnamese(std::string_view number);

}  // namespace thidua::scoring::numbers
