#include "scoring/numbers/exact.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::scoring::numbers {
namespace {

// The oracle: rounds n/d (d > 0) to a whole number with nothing but 128-bit integers, by looking
// for the multiple that is nearest instead of by dividing with a remainder.
__int128 NearestWhole(__int128 n, __int128 d, RoundingMode mode) {
  const bool negative = n < 0;
  const __int128 m = negative ? -n : n;
  __int128 low = 0;
  while ((low + 1) * d <= m) ++low;  // low ≤ m/d < low + 1
  const __int128 below = m - low * d;
  const __int128 above = (low + 1) * d - m;
  __int128 chosen = low;
  switch (mode) {
    case RoundingMode::kDown:
      break;
    case RoundingMode::kHalfUp:
      if (above <= below) chosen = low + 1;
      break;
    case RoundingMode::kHalfEven:
      if (above < below) chosen = low + 1;
      if (above == below && low % 2 == 1) chosen = low + 1;
      break;
  }
  return negative ? -chosen : chosen;
}

TEST(ExactTest, ParsesDecimalsStrictly) {
  EXPECT_EQ(ParseDecimal("20"), Rational(20));
  EXPECT_EQ(ParseDecimal("0.5"), Rational(1, 2));
  EXPECT_EQ(ParseDecimal("-1.25"), Rational(-5, 4));
  EXPECT_EQ(ParseDecimal("0"), Rational(0));
  EXPECT_EQ(ParseDecimal("91.651"), Rational(91651, 1000));
  for (const char* bad : {"", " 1", "1 ", "+1", ".5", "5.", "1e3", "1,5", "007", "0x1", "--1",
                          "1.2.3", "1.1234567", "1234567890123456789", "NaN", "-", "1/2"}) {
    EXPECT_EQ(ParseDecimal(bad), std::nullopt) << bad;
  }
}

TEST(ExactTest, LeadingZerosAreNeverOctal) {
  EXPECT_EQ(ParseDecimal("0.010"), Rational(1, 100));
  EXPECT_EQ(ParseExact("0.08"), Rational(8, 100));
}

TEST(ExactTest, WritesDecimalsWithAnEndAndFractionsWithout) {
  EXPECT_EQ(ToExact(Rational(0)), "0");
  EXPECT_EQ(ToExact(Rational(5, 4)), "1.25");
  EXPECT_EQ(ToExact(Rational(-1, 40)), "-0.025");
  EXPECT_EQ(ToExact(Rational(100)), "100");
  EXPECT_EQ(ToExact(Rational(1, 3)), "1/3");
  EXPECT_EQ(ToExact(Rational(-55920, 7566)), "-9320/1261");
  EXPECT_EQ(ToFixed(Rational(90), 2), "90.00");
  EXPECT_EQ(ToFixed(Rational(-1, 2), 1), "-0.5");
  EXPECT_EQ(ToFixed(Rational(7), 0), "7");
  EXPECT_EQ(Vietnamese("90.25"), "90,25");
}

TEST(ExactTest, ReadsOnlyFractionsInLowestTerms) {
  EXPECT_EQ(ParseExact("1/3"), Rational(1, 3));
  EXPECT_EQ(ParseExact("-7/3"), Rational(-7, 3));
  for (const char* bad : {"2/6", "1/0", "1/1", "1/-3", "1.5/3", "/3", "1/", "1/3/5", "abc"}) {
    EXPECT_EQ(ParseExact(bad), std::nullopt) << bad;
  }
}

// R-SCO-01
TEST(RoundTest, MiddlesGoWhereTheModeSays) {
  struct Case {
    const char* value;
    int decimals;
    const char* half_up;
    const char* half_even;
    const char* down;
  };
  const Case cases[] = {
      {"0.005", 2, "0.01", "0.00", "0.00"},
      {"0.015", 2, "0.02", "0.02", "0.01"},
      {"0.025", 2, "0.03", "0.02", "0.02"},
      {"2.5", 0, "3", "2", "2"},
      {"3.5", 0, "4", "4", "3"},
      {"89.995", 2, "90.00", "90.00", "89.99"},
      {"89.994999", 2, "89.99", "89.99", "89.99"},
      {"-0.025", 2, "-0.03", "-0.02", "-0.02"},
      {"7.391", 3, "7.391", "7.391", "7.391"},
      {"100", 2, "100.00", "100.00", "100.00"},
  };
  for (const Case& c : cases) {
    const Rational value = *ParseDecimal(c.value);
    EXPECT_EQ(ToFixed(Round(value, RoundingMode::kHalfUp, c.decimals), c.decimals), c.half_up)
        << c.value;
    EXPECT_EQ(ToFixed(Round(value, RoundingMode::kHalfEven, c.decimals), c.decimals), c.half_even)
        << c.value;
    EXPECT_EQ(ToFixed(Round(value, RoundingMode::kDown, c.decimals), c.decimals), c.down)
        << c.value;
  }
}

RoundingMode AnyMode() {
  return *rc::gen::element(RoundingMode::kHalfUp, RoundingMode::kHalfEven, RoundingMode::kDown);
}

// R-SCO-01 against the oracle in integers; denominators that make middles are frequent.
TEST(RoundTest, AgreesWithTheIntegerOracle) {
  EXPECT_TRUE(rc::check("Round = oracle", [] {
    const int decimals = *rc::gen::inRange(0, 4);
    const int64_t d =
        *rc::gen::oneOf(rc::gen::element<int64_t>(2, 8, 20, 40, 200, 400, 2000, 20000),
                        rc::gen::inRange<int64_t>(1, 5000));
    const int64_t n = *rc::gen::inRange<int64_t>(-20 * d, 20 * d + 1);
    const RoundingMode mode = AnyMode();
    int64_t scale = 1;
    for (int i = 0; i < decimals; ++i) scale *= 10;
    const __int128 whole = NearestWhole(static_cast<__int128>(n) * scale, d, mode);
    RC_ASSERT(Round(Rational(n, d), mode, decimals) ==
              Rational(static_cast<int64_t>(whole), scale));
  }));
}

TEST(RoundTest, IsIdempotentMonotoneAndNear) {
  EXPECT_TRUE(rc::check("laws of rounding", [] {
    const int decimals = *rc::gen::inRange(0, 7);
    const RoundingMode mode = AnyMode();
    const auto any = [] {
      return Rational(*rc::gen::inRange<int64_t>(-1000000, 1000000),
                      *rc::gen::inRange<int64_t>(1, 100000));
    };
    const Rational a = any();
    const Rational b = any();
    const Rational rounded = Round(a, mode, decimals);
    RC_ASSERT(Round(rounded, mode, decimals) == rounded);
    RC_ASSERT(FitsDecimals(rounded, decimals));
    if (a <= b) {
      RC_ASSERT(rounded <= Round(b, mode, decimals));
    }
    Rational unit(1);
    for (int i = 0; i < decimals; ++i) unit /= 10;
    const Rational distance = abs(Rational(rounded - a));
    RC_ASSERT((mode == RoundingMode::kDown ? distance < unit : distance * 2 <= unit));
  }));
}

TEST(ExactTest, TextAndBackIsTheSameNumber) {
  EXPECT_TRUE(rc::check("ParseExact(ToExact(x)) = x", [] {
    const Rational value(*rc::gen::arbitrary<int64_t>(), *rc::gen::inRange<int64_t>(1, 1000000));
    const std::optional<Rational> back = ParseExact(ToExact(value));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == value);
  }));
}

}  // namespace
}  // namespace thidua::scoring::numbers
