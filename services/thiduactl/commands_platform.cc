// thiduactl health, call, clock, feeds.
#include <iostream>

#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/api_descriptors.h"
#include "thiduactl/commands.h"

namespace thidua::ctl {

absl::Status Health(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("health ĐỊA_CHỈ");
  RETURN_IF_ERROR(session.client().CheckHealth());
  std::cout << "SERVING\n";
  return absl::OkStatus();
}

absl::Status CallMethod(Session& session, const std::vector<std::string>& rest) {
  if (rest.empty() || rest.size() > 2) return WrongArguments("call DỊCH_VỤ/HÀM [JSON]");
  const json request =
      rest.size() == 2 ? json::parse(rest[1], nullptr, /*allow_exceptions=*/false) : json::object();
  if (!request.is_object()) return WrongArguments("call DỊCH_VỤ/HÀM '{\"name\": …}'");
  ASSIGN_OR_RETURN(const auto* method, FindMethod(rest[0]));
  if (method->server_streaming() && !method->client_streaming()) {
    ASSIGN_OR_RETURN(const std::string token, session.Token());
    return session.client().ServerStream(rest[0], request, token, [](const json& message) {
      std::cout << message.dump() << "\n";
      return absl::OkStatus();
    });
  }
  ASSIGN_OR_RETURN(const json answer, session.Call(rest[0], request));
  std::cout << answer.dump(2) << "\n";
  return absl::OkStatus();
}

absl::Status ClockShow(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("clock show");
  ASSIGN_OR_RETURN(const json time,
                   session.Call("campaign.v1.ClockService/GetBusinessTime", json::object()));
  return Show(session, time, [](const json& value) {
    std::cout << "Ngày nghiệp vụ " << value["business_date"].get<std::string>() << " ("
              << value["business_time"].get<std::string>() << ")\n";
  });
}

absl::Status ClockSet(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("clock set YYYY-MM-DD[THH:MM]");
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(rest[0].substr(0, 10), "time"));
  absl::CivilMinute minute = absl::CivilMinute(day) + 8 * 60;  // the start of the working day
  if (rest[0].size() > 10) {
    const std::string clock = rest[0].substr(10);
    const bool shaped = clock.size() == 6 && clock[0] == 'T' && clock[3] == ':' &&
                        clock.find_first_not_of("0123456789", 4) == std::string::npos &&
                        clock.find_first_not_of("0123456789", 1) == 3;
    if (!shaped || std::stoi(clock.substr(1, 2)) > 23 || std::stoi(clock.substr(4)) > 59) {
      return WrongArguments("clock set YYYY-MM-DD[THH:MM]");
    }
    minute =
        absl::CivilMinute(day) + std::stoi(clock.substr(1, 2)) * 60 + std::stoi(clock.substr(4));
  }
  const absl::Time time = absl::FromCivil(minute, platform::VietnamTime());
  const std::string stamp = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
  ASSIGN_OR_RETURN(
      const json set,
      session.Call("campaign.v1.ClockService/SetBusinessTime",
                   {{"business_time", stamp},
                    {"reason", "thiduactl clock set"},
                    {"request_id", "clock-" + std::to_string(absl::ToUnixMicros(absl::Now()))}}));
  RETURN_IF_ERROR(WaitForFeeds(session));
  return Show(session, set, [](const json& value) {
    std::cout << "Ngày nghiệp vụ " << value["business_date"].get<std::string>()
              << "; mọi dịch vụ đã theo kịp\n";
  });
}

absl::Status WaitForFeeds(Session& session) {
  const std::vector<std::string> services = {"campaign", "scoring", "awards", "notify"};
  const absl::Time give_up = absl::Now() + absl::Seconds(60);
  // First all events must have their places, then every consumer must have reached the heads seen.
  std::map<std::string, int64_t> heads;
  std::string waiting;
  for (;;) {
    waiting.clear();
    std::map<std::string, json> states;
    for (const std::string& service : services) {
      ASSIGN_OR_RETURN(states[service],
                       session.Call(service + ".v1.FeedService/ListConsumers", json::object()));
      if (states[service]["unnumbered_events"] != "0") waiting = service + ": sự kiện chưa đánh số";
      if (heads.count(service) == 0 && states[service]["unnumbered_events"] == "0") {
        heads[service] = std::stoll(states[service]["head_position"].get<std::string>());
      }
    }
    for (const auto& [service, state] : states) {
      for (const json& consumer : state["consumers"]) {
        const std::string producer = consumer["producer"].get<std::string>();
        const bool behind = heads.count(producer) == 0 ||
                            std::stoll(consumer["position"].get<std::string>()) < heads[producer];
        if (!behind) continue;
        waiting = service + " đọc " + producer + " " + consumer["last_error"].get<std::string>();
      }
    }
    if (waiting.empty() && heads.size() == services.size()) return absl::OkStatus();
    if (absl::Now() > give_up) {
      return platform::Unavailable(
          "FEEDS_BEHIND", {"chưa đọc kịp sự kiện: " + waiting, "feeds are behind: " + waiting},
          absl::Seconds(1));
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
}

absl::Status FeedsWait(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("feeds wait");
  RETURN_IF_ERROR(WaitForFeeds(session));
  if (!session.options().json) std::cout << "Mọi dịch vụ đã đọc kịp\n";
  return absl::OkStatus();
}

}  // namespace thidua::ctl
