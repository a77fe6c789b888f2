#include "notify/deliveries/rules.h"

#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::notify::deliveries {
namespace {

TEST(DeliveryRules, R_NOT_20_BackoffDoublesUpToTwoHours) {
  const std::vector<int> seconds = {10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 7200, 7200};
  for (size_t i = 0; i < seconds.size(); ++i) {
    const int attempt = static_cast<int>(i) + 1;
    EXPECT_EQ(Backoff(attempt, 1.0), absl::Seconds(seconds[i])) << attempt;
    EXPECT_EQ(Backoff(attempt, 0.0), absl::Seconds(seconds[i]) / 2) << attempt;
  }
  absl::Duration shortest, longest;
  for (int attempt = 1; attempt < kMaxAttempts; ++attempt) {
    shortest += Backoff(attempt, 0.0);
    longest += Backoff(attempt, 1.0);
  }
  EXPECT_GT(shortest, absl::Hours(10));
  EXPECT_LT(longest, absl::Hours(24));
}

TEST(DeliveryRules, R_NOT_20_PropertyTheWaitStaysWithinItsBounds) {
  EXPECT_TRUE(rc::check("bounds", [] {
    const int attempt = *rc::gen::inRange(1, 1000);
    const double jitter = *rc::gen::inRange(0, 1000) / 1000.0;
    const absl::Duration wait = Backoff(attempt, jitter);
    RC_ASSERT(wait >= kFirstWait / 2);
    RC_ASSERT(wait <= kLongestWait);
    RC_ASSERT(Backoff(attempt + 1, jitter) >= wait);
  }));
}

// R-NOT-22
TEST(DeliveryRules, R_NOT_21_Judge) {
  struct Case {
    Outcome outcome;
    int attempt;
    Verdict::State state;
    std::string failure;
    bool possible_repeat;
  };
  for (const Case& c : std::vector<Case>{
           {Outcome::kSent, 1, Verdict::State::kSent, "", false},
           {Outcome::kSent, kMaxAttempts, Verdict::State::kSent, "", false},
           {Outcome::kPermanent, 1, Verdict::State::kFailed, "REFUSED_PERMANENTLY", false},
           {Outcome::kTransient, 1, Verdict::State::kPending, "", false},
           {Outcome::kTransient, kMaxAttempts - 1, Verdict::State::kPending, "", false},
           {Outcome::kTransient, kMaxAttempts, Verdict::State::kFailed, "ATTEMPTS_EXHAUSTED",
            false},
           {Outcome::kUnknown, 1, Verdict::State::kPending, "", true},
           {Outcome::kUnknown, kMaxAttempts, Verdict::State::kFailed, "ATTEMPTS_EXHAUSTED", false},
       }) {
    const Verdict verdict = Judge(c.outcome, c.attempt, 0.5);
    EXPECT_EQ(verdict.state, c.state) << NameOf(c.outcome) << c.attempt;
    EXPECT_EQ(verdict.failure, c.failure);
    EXPECT_EQ(verdict.possible_repeat, c.possible_repeat) << NameOf(c.outcome) << c.attempt;
    EXPECT_EQ(verdict.wait > absl::ZeroDuration(), c.state == Verdict::State::kPending);
  }
}

TEST(DeliveryRules, R_NOT_23_MaskAddress) {
  EXPECT_EQ(MaskAddress("canbo@sonoivu.example"), "c***@sonoivu.example");
  EXPECT_EQ(MaskAddress("x@y"), "x***@y");
  EXPECT_EQ(MaskAddress("không có"), "***");
  for (const char* none : {"", "@x", "x@", "á@x", "a@x y", "a@b@c"}) {
    EXPECT_EQ(MaskAddress(none), "***") << none;
  }
}

TEST(DeliveryRules, R_NOT_23_OfANumberTheLastTwoDigitsAreSeen) {
  EXPECT_EQ(MaskAddress("+84912345678"), "***78");
  EXPECT_EQ(MaskAddress("0912345678"), "***");
  EXPECT_EQ(MaskAddress("+849"), "***");
}

TEST(DeliveryRules, R_NOT_24_ANumberHasItsShareOfAnHour) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  const auto ago = [&](int minutes) { return now - absl::Minutes(minutes); };
  EXPECT_EQ(WaitForNumber({}, 2, now), std::nullopt);
  EXPECT_EQ(WaitForNumber({ago(10)}, 2, now), std::nullopt);
  EXPECT_EQ(WaitForNumber({ago(10), ago(60)}, 2, now), std::nullopt) << "an hour is over";
  EXPECT_EQ(WaitForNumber({ago(10), ago(59)}, 2, now), now + absl::Minutes(1));
  EXPECT_EQ(WaitForNumber({ago(5), ago(59), ago(10)}, 2, now), now + absl::Minutes(50))
      << "more than its share: until but one of the two newest is old";
  EXPECT_EQ(WaitForNumber({ago(1), ago(1), ago(1)}, 0, now), std::nullopt) << "no limit";
}

}  // namespace
}  // namespace thidua::notify::deliveries
