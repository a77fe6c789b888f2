// What becomes of a mail after an attempt. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace thidua::notify::deliveries {

// Ways by which a delivery goes.
enum class Channel { kMail, kSms };

// "MAIL".
std::string_view NameOf(Channel channel);

// How an attempt to send ended.
enum class Outcome {
  kSent,       // it was taken over
  kTransient,  // it was not, but may be later
  kPermanent,  // it never will be taken over for this recipient
  kUnknown,    // all of it was handed over and no answer came: it may have arrived
};

// "SENT".
std::string_view NameOf(Outcome outcome);

inline constexpr int kMaxAttempts = 20;
inline constexpr absl::Duration kFirstWait = absl::Seconds(10);
inline constexpr absl::Duration kLongestWait = absl::Hours(2);

// R-NOT-20 the wait after attempt n doubles from 10 s up to 2 h; of it one half is certain and one
// half random
// (`jitter` in [0, 1)), so that mails that failed together do not come back together. All attempts
// together span about 10 to 21 hours.
absl::Duration Backoff(int attempt, double jitter);

// What to record after an attempt.
struct Verdict {
  enum class State { kSent, kPending, kFailed };
  State state = State::kPending;
  std::string failure;           // kFailed only: REFUSED_PERMANENTLY or ATTEMPTS_EXHAUSTED
  absl::Duration wait;           // kPending only
  bool possible_repeat = false;  // it may have arrived and will be tried again
};

// R-NOT-21 sent is sent; refused for good is failed; everything else is tried again, at most
// kMaxAttempts times. R-NOT-22 an unknown outcome counts as a possible repeat when the mail is
// tried again: it may then arrive twice.
Verdict Judge(Outcome outcome, int attempt, double jitter);

// R-NOT-23 what others see of an address: its first character and its host
// ("c***@sonoivu.example"), of a telephone number its last two digits ("***67"); "***" when it has
// the form of neither.
std::string MaskAddress(std::string_view address);

inline constexpr absl::Duration kNumberWindow = absl::Hours(1);
// R-NOT-24 one number gets at most `most` SMS within an hour; what comes on top waits, and counts
// as no attempt. `sent`: when SMS to the number were sent, in any order. Until when to wait;
// nullopt: send now. most <= 0 is no limit.
std::optional<absl::Time> WaitForNumber(std::vector<absl::Time> sent, int most, absl::Time now);

}  // namespace thidua::notify::deliveries
