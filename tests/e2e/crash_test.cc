// The demo cut by kill -9 of each process at another step: the state is the same in the end.
#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "e2e/mail_sink.h"
#include "e2e/stack.h"
#include "thiduactl/demo/participants.h"

namespace thidua::e2e {
namespace {

// Every mail arrived, under its own Message-ID, and no oftener than is counted: a repeat is
// possible only where a sender died inside a send.
void ExpectMailsArrivedAsCounted(Stack& stack) {
  const json stats = stack.Get("notify.v1.DeliveryService/GetDeliveryStats", json::object());
  EXPECT_EQ(stats["pending"], "0");
  std::map<std::string, int> mails = MailsById(stack);
  int64_t repeats = 0;
  size_t deliveries = 0;
  json request = {{"page_size", 1000}};
  do {
    const json page = stack.Get("notify.v1.DeliveryService/ListDeliveries", request);
    for (const json& delivery : page["deliveries"]) {
      ++deliveries;
      const std::string id = delivery["message_id"].get<std::string>();
      const int possible = delivery["possible_repeats"].get<int>();
      EXPECT_EQ(delivery["state"], "DELIVERY_STATE_SENT") << id;
      EXPECT_GE(mails[id], 1) << id;
      EXPECT_LE(mails[id], 1 + possible) << id;
      repeats += possible;
    }
    request["page_token"] = page["next_page_token"];
  } while (request["page_token"] != "");
  EXPECT_EQ(mails.size(), deliveries) << "mails that belong to no delivery";
  EXPECT_GT(deliveries, 100u);
  EXPECT_EQ(stats["possible_repeats"], std::to_string(repeats));
}

TEST(Crash, KilledInTheMiddleTheDemoEndsInTheSameState) {
  const std::string expected = Stack::WithDemo().demo_digest();
  const json expected_state = Stack::WithDemo().demo_state();
  Stack stack;
  // Who is killed as soon as the demo prints a line that begins so. The call that is then under way
  // ends in UNAVAILABLE and is made again with the same request id.
  std::map<std::string, std::string> victims = {
      {"   units.csv", "campaign"},      {"   đã phát động", "mariadb"},
      {"── Bước 3", "scoring"},          {"   khối các xã", "mariadb"},
      {"── Bước 5", "campaign"},         {"── Bước 6", "scoring"},
      {"   hồ sơ bị trả lại", "awards"}, {"   quyết định", "notify"},
      {"── Bước 9", "gateway"},          {"── Bước 10", "nginx"}};
  const auto kill_at = [&](const std::string& line) {
    for (auto it = victims.begin(); it != victims.end(); ++it) {
      if (line.rfind(it->first, 0) != 0) continue;
      const int pid = stack.Pid(it->second);
      EXPECT_GT(pid, 0) << it->second;
      if (pid > 0) EXPECT_EQ(::kill(pid, SIGKILL), 0);
      std::string restarted;
      EXPECT_EQ(stack.Deploy("restart", it->second, &restarted), 0) << restarted;
      victims.erase(it);
      return;
    }
  };
  std::string output;
  // Every kill falls between two lines of one demo, which never notices.
  ASSERT_EQ(stack.Ctl("demo --retry_for=120s --dossiers=" + std::to_string(Stack::kDossiers),
                      &output, kill_at),
            0)
      << output;
  EXPECT_TRUE(victims.empty()) << victims.begin()->first << " was never printed\n" << output;
  EXPECT_EQ(json::diff(expected_state, stack.State()).dump(1), "[]");
  EXPECT_EQ(stack.Digest(), expected);
  output.clear();
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
  ExpectMailsArrivedAsCounted(stack);
  // Inbox items once each, whoever was killed; the digest does not see them.
  for (const ctl::demo::Participant& unit : ctl::demo::Everybody()) {
    const std::string staff = unit.officer;
    const json inbox = stack.Get("notify.v1.InboxService/ListInbox", {{"page_size", 1000}}, staff);
    std::map<std::string, int> items;
    for (const json& item : inbox["items"]) {
      ++items[item["kind"].get<std::string>() + " " + item["link"].get<std::string>() + " " +
              item["title"].get<std::string>()];
    }
    // The branch is in no block and not in the province's plan.
    const bool ranked = unit.code != ctl::demo::LandRegistryBranch().code;
    EXPECT_GT(items.size(), ranked ? 5u : 2u) << staff;
    for (const auto& [item, count] : items) EXPECT_EQ(count, 1) << staff << ": " << item;
  }
}

}  // namespace
}  // namespace thidua::e2e
