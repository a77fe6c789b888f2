#include "notify/deliveries/rules.h"

#include <algorithm>

#include "notify/channels/mail.h"

namespace thidua::notify::deliveries {

absl::Duration Backoff(int attempt, double jitter) {
  absl::Duration wait = kFirstWait;
  for (int i = 1; i < attempt && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  return wait / 2 + wait / 2 * std::clamp(jitter, 0.0, 1.0);
}

Verdict Judge(channels::Outcome outcome, int attempt, double jitter) {
  Verdict verdict;
  if (outcome == channels::Outcome::kSent) {
    verdict.state = Verdict::State::kSent;
    return verdict;
  }
  if (outcome == channels::Outcome::kPermanent || attempt >= kMaxAttempts) {
    verdict.state = Verdict::State::kFailed;
    verdict.failure =
        outcome == channels::Outcome::kPermanent ? "REFUSED_PERMANENTLY" : "ATTEMPTS_EXHAUSTED";
    return verdict;
  }
  verdict.wait = Backoff(attempt, jitter);
  verdict.possible_repeat = outcome == channels::Outcome::kUnknown;
  return verdict;
}

std::string MaskAddress(std::string_view address) {
  if (!channels::IsMailAddress(address)) return "***";
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(address.find('@')));
}

}  // namespace thidua::notify::deliveries
