#include "notify/deliveries/sender.h"

#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_replace.h"
#include "notify/deliveries/events.h"
#include "notify/deliveries/rules.h"
#include "notify/origin.h"
#include "notify/store_locks.h"
#include "platform/status_macros.h"

namespace thidua::notify::deliveries {
namespace {

constexpr absl::Duration kWaitToRecord = absl::Milliseconds(250);
constexpr int kRecordTries = 40;
constexpr absl::Duration kBacklogInterval = absl::Seconds(2);

double Jitter() {
  thread_local absl::BitGen generator;
  return absl::Uniform(generator, 0.0, 1.0);
}

}  // namespace

Sender::Sender(SenderOptions options, std::unique_ptr<Carrier> carrier, db::Pool& pool,
               const platform::Clock& clock, const platform::BusinessClock& business,
               platform::MetricsRegistry& metrics, const platform::Logger& log)
    : PollingTask(options.poll, log),
      options_(std::move(options)),
      carrier_(std::move(carrier)),
      word_(carrier_->channel() == Channel::kMail ? "mail" : "sms"),
      pool_(pool),
      clock_(clock),
      business_(business),
      attempts_(metrics.Counters("thidua_notify_" + word_ + "_attempts_total",
                                 "Attempts to send one, by outcome")),
      possible_repeats_(metrics
                            .Counters("thidua_notify_" + word_ + "_possible_repeats_total",
                                      "Attempts that ended without a known outcome and were made "
                                      "again: what may have arrived twice")
                            .Add({})) {
  for (const auto outcome :
       {Outcome::kSent, Outcome::kTransient, Outcome::kPermanent, Outcome::kUnknown}) {
    attempts_.Add({{"outcome", std::string(NameOf(outcome))}});
  }
  const std::string plural = carrier_->channel() == Channel::kMail ? "mails" : "sms";
  metrics.Gauge("thidua_notify_" + plural + "_waiting", "Those waiting or under way", {},
                [this] { return static_cast<double>(waiting_.load()); });
  metrics.Gauge("thidua_notify_" + plural + "_oldest_waiting_seconds",
                "Age of the oldest waiting or under way", {},
                [this] { return static_cast<double>(oldest_seconds_.load()); });
}

absl::StatusOr<std::optional<Delivery>> Sender::Claim() {
  std::optional<Delivery> claimed;
  bool taken_over = false;
  RETURN_IF_ERROR(pool_.InTransaction(TransactionDeadline(), [&](db::Tx& tx) -> absl::Status {
    const absl::Time now = clock_.Now();
    ASSIGN_OR_RETURN(claimed, LockNextDue(tx, carrier_->channel(), now));
    if (!claimed.has_value()) return absl::OkStatus();
    taken_over = claimed->state == "SENDING";
    if (taken_over) {
      // Whoever held it died inside the send, or was slower than its lease.
      claimed->possible_repeats += 1;
      RETURN_IF_ERROR(EndAttempt(tx, claimed->id,
                                 {.number = claimed->attempts,
                                  .outcome = "UNKNOWN",
                                  .detail = "the sender did not come back within its lease",
                                  .started_at = {},
                                  .ended_at = now}));
    }
    if (taken_over && claimed->attempts >= kMaxAttempts) {
      // What kills its senders is given up like what is refused.
      claimed->possible_repeats -= 1;
      claimed->state = "FAILED";
      claimed->failure = "ATTEMPTS_EXHAUSTED";
      claimed->due_at = std::nullopt;
      RETURN_IF_ERROR(UpdateClaimed(tx, *claimed, ""));
      return AppendFailed(tx, OriginAt(now, business_.Today()), *claimed);
    }
    if (!taken_over) {
      ASSIGN_OR_RETURN(const bool postponed, Postpone(tx, *claimed, now));
      if (postponed) return absl::OkStatus();
    }
    claimed->state = "SENDING";
    claimed->attempts += 1;
    claimed->fence += 1;
    claimed->due_at = now + options_.lease;
    RETURN_IF_ERROR(UpdateClaimed(tx, *claimed, options_.holder));
    return InsertAttempt(tx, claimed->id,
                         {.number = claimed->attempts,
                          .outcome = "SENDING",
                          .detail = "",
                          .started_at = now,
                          .ended_at = std::nullopt});
  }));
  if (taken_over && claimed->state == "SENDING") {
    possible_repeats_.Increment();
    attempts_.Add({{"outcome", "UNKNOWN"}}).Increment();
    log().Warning(word_ + " taken over from a sender that did not come back",
                  {{"delivery", claimed->id}});
  }
  return claimed;
}

absl::StatusOr<bool> Sender::Postpone(db::Tx& tx, Delivery& claimed, absl::Time now) {
  if (claimed.channel != Channel::kSms || options_.most_to_number <= 0) return false;
  // Two senders with one number look one after the other.
  RETURN_IF_ERROR(LockNames(tx, {NumberLock(claimed.address)}));
  ASSIGN_OR_RETURN(const std::vector<absl::Time> sent,
                   SentTo(tx, claimed.address, now - kNumberWindow, now));
  const std::optional<absl::Time> until = WaitForNumber(sent, options_.most_to_number, now);
  if (!until.has_value()) return false;
  claimed.due_at = until;
  RETURN_IF_ERROR(UpdateClaimed(tx, claimed, ""));
  return true;
}

absl::Status Sender::Record(const Delivery& claimed, const channels::SendResult& result) {
  const absl::Time now = clock_.Now();
  const Verdict verdict = Judge(result.outcome, claimed.attempts, Jitter());
  Delivery after = claimed;
  // Servers like to repeat the address in their refusals.
  after.last_error =
      absl::StrReplaceAll(result.detail, {{claimed.address, MaskAddress(claimed.address)}});
  after.due_at = std::nullopt;
  switch (verdict.state) {
    case Verdict::State::kSent:
      after.state = "SENT";
      after.sent_at = now;
      break;
    case Verdict::State::kFailed:
      after.state = "FAILED";
      after.failure = verdict.failure;
      break;
    case Verdict::State::kPending:
      after.state = "PENDING";
      after.due_at = now + verdict.wait;
      after.possible_repeats += verdict.possible_repeat ? 1 : 0;
      break;
  }
  bool held = false;
  RETURN_IF_ERROR(pool_.InTransaction(TransactionDeadline(), [&](db::Tx& tx) -> absl::Status {
    ASSIGN_OR_RETURN(held, UpdateIfHeld(tx, after, claimed.fence));
    if (!held) return absl::OkStatus();
    RETURN_IF_ERROR(EndAttempt(tx, after.id,
                               {.number = after.attempts,
                                .outcome = std::string(NameOf(result.outcome)),
                                .detail = after.last_error,
                                .started_at = {},
                                .ended_at = now}));
    const feed::Origin origin = OriginAt(now, business_.Today());
    if (after.state == "SENT") return AppendSent(tx, origin, after);
    if (after.state == "FAILED") return AppendFailed(tx, origin, after);
    return absl::OkStatus();
  }));
  if (!held) {
    log().Warning("outcome of one " + word_ + " came after its lease; another sender has it",
                  {{"delivery", claimed.id}});
    return absl::OkStatus();
  }
  attempts_.Add({{"outcome", std::string(NameOf(result.outcome))}}).Increment();
  if (verdict.possible_repeat) possible_repeats_.Increment();
  return absl::OkStatus();
}

absl::StatusOr<bool> Sender::SendOne() {
  ASSIGN_OR_RETURN(const std::optional<Delivery> claimed, Claim());
  if (!claimed.has_value()) return false;
  if (claimed->state != "SENDING") return true;  // given up or postponed instead
  const channels::SendResult result = carrier_->Send(*claimed);
  RETURN_IF_ERROR(RecordPatiently(*claimed, result));
  return true;
}

absl::Status Sender::RecordPatiently(const Delivery& claimed, const channels::SendResult& result) {
  absl::Status recorded = Record(claimed, result);
  for (int i = 1; i < kRecordTries && !recorded.ok() && Wait(kWaitToRecord); ++i) {
    recorded = Record(claimed, result);
  }
  return recorded;
}

void Sender::LookAtBacklog() {
  Backlog backlog;
  const absl::Status read =
      pool_.ReadOnly(TransactionDeadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(backlog, ReadBacklog(session, carrier_->channel()));
        return absl::OkStatus();
      });
  if (!read.ok()) return;  // the next claim tells
  waiting_.store(backlog.waiting);
  oldest_seconds_.store(
      backlog.oldest.has_value() ? absl::ToInt64Seconds(clock_.Now() - *backlog.oldest) : 0);
}

absl::StatusOr<bool> Sender::Round() {
  if (clock_.Now() - looked_ > kBacklogInterval) {
    looked_ = clock_.Now();
    LookAtBacklog();
  }
  return SendOne();
}

}  // namespace thidua::notify::deliveries
