// thiduactl health, call, clock, feeds, demo.
#include <iostream>
#include <sstream>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/api_descriptors.h"
#include "thiduactl/commands.h"
#include "thiduactl/rest.h"

namespace thidua::ctl {

absl::Status Health(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("health ĐỊA_CHỈ");
  RpcClient::Options server;
  server.target = rest[0];
  ASSIGN_OR_RETURN(const auto client, RpcClient::Connect(std::move(server)));
  RETURN_IF_ERROR(client->CheckHealth());
  return Show(session, {{"status", "SERVING"}},
              [](const json& value) { std::cout << value["status"].get<std::string>() << "\n"; });
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

namespace {

// "28/02/2024" of "2024-02-28".
std::string DateVi(const json& date) {
  const std::string text = date.get<std::string>();
  const auto day = platform::ParseDate(text, "date");
  return day.ok() ? platform::FormatDateVi(*day) : text;
}

}  // namespace

absl::Status ClockShow(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("clock show");
  ASSIGN_OR_RETURN(const json time,
                   session.Call("campaign.v1.ClockService/GetBusinessTime", json::object()));
  return Show(session, time, [](const json& value) {
    std::cout << "Hôm nay theo giờ nghiệp vụ là " << DateVi(value["business_date"]) << " (lúc "
              << value["business_time"].get<std::string>() << ")\n";
  });
}

absl::Status ClockSet(Session& session, const std::vector<std::string>& rest) {
  if (rest.size() != 1) return WrongArguments("clock set YYYY-MM-DD[THH:MM]");
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(rest[0].substr(0, 10), "time"));
  int hour = 8;  // the start of the working day
  int minute = 0;
  if (rest[0].size() > 10) {
    const std::string clock = rest[0].substr(10);
    const bool shaped = clock.size() == 6 && clock[0] == 'T' && clock[3] == ':' &&
                        clock.find_first_not_of("0123456789", 4) == std::string::npos &&
                        clock.find_first_not_of("0123456789", 1) == 3;
    if (shaped) {
      hour = std::stoi(clock.substr(1, 2));
      minute = std::stoi(clock.substr(4));
    }
    if (!shaped || hour > 23 || minute > 59) {
      return WrongArguments("clock set YYYY-MM-DD[THH:MM]");
    }
  }
  const absl::Time time = absl::FromCivil(
      absl::CivilMinute(day.year(), day.month(), day.day(), hour, minute), platform::VietnamTime());
  const std::string stamp = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
  ASSIGN_OR_RETURN(
      const json set,
      session.Call("campaign.v1.ClockService/SetBusinessTime",
                   {{"business_time", stamp},
                    {"reason", "thiduactl clock set"},
                    {"request_id", "clock-" + std::to_string(absl::ToUnixMicros(absl::Now()))}}));
  RETURN_IF_ERROR(WaitForRest(session));
  return Show(session, set, [](const json& value) {
    std::cout << "Hôm nay theo giờ nghiệp vụ là " << DateVi(value["business_date"])
              << "; mọi việc đã yên\n";
  });
}

absl::Status WaitForRest(Session& session) { return WaitUntilAtRest(session).status(); }

absl::Status FeedsWait(Session& session, const std::vector<std::string>& rest) {
  if (!rest.empty()) return WrongArguments("feeds wait");
  ASSIGN_OR_RETURN(const FeedHeads heads, WaitUntilAtRest(session));
  return Show(session, {{"at_rest", true}, {"heads", heads}},
              [](const json&) { std::cout << "Mọi việc đã yên\n"; });
}

absl::Status Demo(Session& session, const std::vector<std::string>& rest) {
  if (!session.options().json) return RunDemo(session, rest);
  // Its steps tell a story on stdout: with --json that becomes one field.
  std::ostringstream told;
  std::streambuf* const out = std::cout.rdbuf(told.rdbuf());
  absl::Status status = RunDemo(session, rest);
  std::cout.rdbuf(out);
  json lines = json::array();
  for (const absl::string_view line : absl::StrSplit(told.str(), '\n', absl::SkipEmpty())) {
    lines.push_back(std::string(line));
  }
  std::cout << json{{"finished", status.ok()}, {"lines", lines}}.dump(2) << "\n";
  return status;
}

}  // namespace thidua::ctl
