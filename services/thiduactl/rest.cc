#include "thiduactl/rest.h"

#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/paging.h"

namespace thidua::ctl {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(50);
constexpr absl::Duration kQuietAtFirst = absl::Seconds(2);
constexpr absl::Duration kBetweenLines = absl::Seconds(5);

// Which feeds each service reads: AddScoring, AddAwards and AddNotify. A consumer's row appears
// with its first reading, so the rows alone do not say who has still to begin.
const std::map<std::string, std::vector<std::string>>& Reads() {
  static const auto* const kReads = new std::map<std::string, std::vector<std::string>>{
      {"campaign", {}},
      {"scoring", {"campaign"}},
      {"awards", {"campaign", "scoring"}},
      {"notify", {"campaign", "scoring", "awards"}}};
  return *kReads;
}

// An int64 of proto3 JSON.
int64_t Number(const json& object, const char* key) {
  return std::stoll(object.value(key, std::string("0")));
}

// The epoch of a service's feed: nothing is read but that.
absl::StatusOr<std::string> EpochOf(Session& session, const std::string& service, int64_t head) {
  ASSIGN_OR_RETURN(const json page, session.Call(service + ".v1.FeedService/ReadEvents",
                                                 {{"after_position", std::to_string(head)}}));
  return page.value("epoch", std::string());
}

// What `service` has still to read of `producer` up to `head`; empty when nothing. A position of
// another epoch says nothing: the producer was restored, and is still to be read anew.
std::string Behind(const std::string& service, const json& state, const std::string& producer,
                   int64_t head, const std::string& epoch) {
  for (const json& consumer : state["consumers"]) {
    if (consumer.value("producer", std::string()) != producer) continue;
    const bool anew = consumer.value("epoch", std::string()) != epoch;
    if (!anew && Number(consumer, "position") >= head) return "";
    return absl::StrCat(service, " < ", producer, " (", Number(consumer, "position"), "/", head,
                        anew ? ", kỷ nguyên cũ (old epoch)" : "", ") ",
                        consumer.value("last_error", std::string()));
  }
  return absl::StrCat(service, " < ", producer, " (0/", head, ")");
}

// Reminders whose time has come and mails that wait; empty when there are none.
absl::StatusOr<std::string> PendingWork(Session& session) {
  ASSIGN_OR_RETURN(const json clock,
                   session.Call("campaign.v1.ClockService/GetBusinessTime", json::object()));
  absl::Time now;
  std::string problem;
  if (!absl::ParseTime(absl::RFC3339_full, clock.value("business_time", std::string()), &now,
                       &problem)) {
    return absl::InternalError("business time: " + problem);
  }
  ASSIGN_OR_RETURN(const json deadlines, ListAll(session, "notify.v1.DeadlineService/ListDeadlines",
                                                 "deadlines", {{"page_size", 1000}}));
  int reminders = 0;
  for (const json& deadline : deadlines) {
    for (const json& reminder : deadline["reminders"]) {
      if (reminder.value("state", std::string()) != "REMINDER_STATE_PENDING") continue;
      absl::Time fire;
      const bool read = absl::ParseTime(absl::RFC3339_full,
                                        reminder.value("fire_time", std::string()), &fire, nullptr);
      if (!read || fire <= now) ++reminders;
    }
  }
  // After the reminders: one that fires meanwhile has queued its mails in the same transaction.
  ASSIGN_OR_RETURN(const json mails,
                   session.Call("notify.v1.DeliveryService/GetDeliveryStats", json::object()));
  std::vector<std::string> pending;
  if (reminders > 0) pending.push_back(absl::StrCat(reminders, " lời nhắc (reminders)"));
  if (Number(mails, "pending") > 0) {
    pending.push_back(absl::StrCat(Number(mails, "pending"), " thư (mails)"));
  }
  return absl::StrJoin(pending, ", ");
}

}  // namespace

absl::StatusOr<FeedHeads> CatchUpFeeds(Session& session, absl::Duration patience) {
  const absl::Time give_up = absl::Now() + patience;
  // First all events must have their places, then every reader must have reached the heads seen.
  FeedHeads heads;
  std::map<std::string, std::string> epochs;
  for (;;) {
    std::string waiting;
    std::map<std::string, json> states;
    for (const auto& [service, producers] : Reads()) {
      ASSIGN_OR_RETURN(states[service],
                       session.Call(service + ".v1.FeedService/ListConsumers", json::object()));
      const bool numbered = Number(states[service], "unnumbered_events") == 0;
      if (!numbered) waiting = service + ": sự kiện chưa đánh số (unnumbered events)";
      if (numbered && heads.count(service) == 0) {
        const int64_t head = Number(states[service], "head_position");
        ASSIGN_OR_RETURN(epochs[service], EpochOf(session, service, head));
        heads[service] = head;
      }
    }
    for (const auto& [service, producers] : Reads()) {
      for (const std::string& producer : producers) {
        if (heads.count(producer) == 0) continue;  // told above
        const std::string behind =
            Behind(service, states[service], producer, heads[producer], epochs[producer]);
        if (!behind.empty()) waiting = behind;
      }
    }
    if (waiting.empty() && heads.size() == Reads().size()) return heads;
    if (absl::Now() > give_up) {
      return platform::Unavailable(
          "FEEDS_BEHIND", {"chưa đọc kịp sự kiện: " + waiting, "feeds are behind: " + waiting},
          absl::Seconds(1));
    }
    absl::SleepFor(kPause);
  }
}

absl::StatusOr<FeedHeads> WaitUntilAtRest(Session& session, absl::Duration patience) {
  const absl::Time start = absl::Now();
  const absl::Time give_up = start + patience;
  absl::Time next_line = start + kQuietAtFirst;
  for (;;) {
    ASSIGN_OR_RETURN(const FeedHeads before,
                     CatchUpFeeds(session, std::max(give_up - absl::Now(), kPause)));
    ASSIGN_OR_RETURN(std::string pending, PendingWork(session));
    if (pending.empty()) {
      ASSIGN_OR_RETURN(const FeedHeads after,
                       CatchUpFeeds(session, std::max(give_up - absl::Now(), kPause)));
      // What was settled between the two looks has left an event.
      if (after == before) return after;
      pending = "sự kiện mới (new events)";
    }
    const absl::Time now = absl::Now();
    if (now > give_up) {
      return platform::Unavailable(
          "NOT_AT_REST", {"hệ thống chưa yên, còn: " + pending, "not at rest, pending: " + pending},
          absl::Seconds(1));
    }
    if (now > next_line && !session.options().json) {
      std::cerr << "… " << absl::ToInt64Seconds(now - start) << " s, còn đợi " << pending << "\n";
      next_line = now + kBetweenLines;
    }
    absl::SleepFor(kPause);
  }
}

}  // namespace thidua::ctl
