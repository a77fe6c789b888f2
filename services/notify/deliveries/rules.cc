#include "notify/deliveries/rules.h"

#include <algorithm>

namespace thidua::notify::deliveries {

std::string_view NameOf(Channel channel) { return channel == Channel::kMail ? "MAIL" : "SMS"; }

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSent:
      return "SENT";
    case Outcome::kTransient:
      return "TRANSIENT";
    case Outcome::kPermanent:
      return "PERMANENT";
    case Outcome::kUnknown:
      return "UNKNOWN";
  }
  return "";
}

absl::Duration Backoff(int attempt, double jitter) {
  absl::Duration wait = kFirstWait;
  for (int i = 1; i < attempt && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  return wait / 2 + wait / 2 * std::clamp(jitter, 0.0, 1.0);
}

Verdict Judge(Outcome outcome, int attempt, double jitter) {
  Verdict verdict;
  if (outcome == Outcome::kSent) {
    verdict.state = Verdict::State::kSent;
    return verdict;
  }
  if (outcome == Outcome::kPermanent || attempt >= kMaxAttempts) {
    verdict.state = Verdict::State::kFailed;
    verdict.failure = outcome == Outcome::kPermanent ? "REFUSED_PERMANENTLY" : "ATTEMPTS_EXHAUSTED";
    return verdict;
  }
  verdict.wait = Backoff(attempt, jitter);
  verdict.possible_repeat = outcome == Outcome::kUnknown;
  return verdict;
}

std::string MaskAddress(std::string_view address) {
  constexpr size_t kShortestNumber = 8;
  if (address.size() >= kShortestNumber && address[0] == '+' &&
      address.find_first_not_of("0123456789", 1) == std::string_view::npos) {
    return "***" + std::string(address.substr(address.size() - 2));
  }
  const size_t at = address.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return "***";
  const std::string_view host = address.substr(at + 1);
  const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
  if (!plain || static_cast<unsigned char>(address[0]) >= 0x80) return "***";
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

std::optional<absl::Time> WaitForNumber(std::vector<absl::Time> sent, int most, absl::Time now) {
  if (most <= 0) return std::nullopt;
  sent.erase(std::remove_if(sent.begin(), sent.end(),
                            [&](absl::Time time) { return time <= now - kNumberWindow; }),
             sent.end());
  if (sent.size() < static_cast<size_t>(most)) return std::nullopt;
  // The most newest ones must shrink by one.
  std::sort(sent.begin(), sent.end());
  return sent[sent.size() - most] + kNumberWindow;
}

}  // namespace thidua::notify::deliveries
