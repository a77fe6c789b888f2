// The council's meetings, and what its members were told: by mail at once, by SMS before it begins.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "e2e/effects.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;

TEST(Meeting, WasPutOffAndAnotherOneWasCalledOff) {
  Stack& stack = Stack::WithDemo();
  const json meetings = stack.Get("awards.v1.CouncilService/ListMeetings", {{"page_size", 100}},
                                  "KN-HD-05")["meetings"];
  std::map<std::string, json> by_begin;
  for (const json& meeting : meetings) by_begin[meeting["begin"]] = meeting;
  const json& held = by_begin["2024-02-26T09:00:00+07:00"];
  ASSERT_FALSE(held.is_null()) << meetings.dump();
  EXPECT_EQ(held["state"], "MEETING_STATE_SCHEDULED");
  EXPECT_EQ(held["summoned"].size(), 5u);
  EXPECT_EQ(held["ballots"].size(), 4u);
  EXPECT_EQ(by_begin.count("2024-02-23T14:00:00+07:00"), 0u) << "it was moved";
  const json& cancelled = by_begin["2024-02-29T14:00:00+07:00"];
  ASSERT_FALSE(cancelled.is_null()) << meetings.dump();
  EXPECT_EQ(cancelled["state"], "MEETING_STATE_CANCELLED");
  EXPECT_NE(cancelled["cancel_reason"], "");
}

TEST(Meeting, MembersAreInvitedToldOfTheNewTimeAndOfTheCancelledOne) {
  Stack& stack = Stack::WithDemo();
  for (const char* staff : {"KN-HD-01", "KN-HD-04"}) {
    EXPECT_EQ(NoticesOf(stack, staff, "MEETING_INVITED").size(), 2u) << staff;
    EXPECT_EQ(NoticesOf(stack, staff, "MEETING_CHANGED").size(), 1u) << staff;
    EXPECT_EQ(NoticesOf(stack, staff, "MEETING_CANCELLED").size(), 1u) << staff;
    EXPECT_EQ(NoticesOf(stack, staff, "MEETING_REMINDER").size(), 1u) << staff;
  }
}

// Through Kannel to a fake centre, which keeps what arrived.
TEST(Meeting, TheReminderArrivesAsOneSmsForEachMemberWithANumber) {
  Stack& stack = Stack::WithDemo();
  std::multiset<std::string> arrived;
  for (const auto& entry : std::filesystem::directory_iterator(stack.var() + "/sms")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    arrived.emplace(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::multiset<std::string> expected;
  for (const char* number : {"+84300000001", "+84300000002", "+84300000003", "+84300000005"}) {
    expected.insert(std::string("from: THIDUA\nto: ") + number +
                    "\n\nNhac hop 09 gio 00 thu Hai 26/02/2024 tai Phong hop so 2, UBND huyen: Hoi "
                    "dong Thi dua "
                    "- Khen thuong huyen Krong No\n");
  }
  EXPECT_EQ(arrived, expected);
  // Who has no number is reminded by mail.
  const json deliveries = stack.Get("notify.v1.DeliveryService/ListDeliveries",
                                    {{"unit", stack.Unit("H00.20")}, {"page_size", 1000}});
  std::map<std::string, std::set<std::string>> channels;
  for (const json& delivery : deliveries["deliveries"]) {
    if (delivery["subject"].get<std::string>().rfind("Nhắc họp", 0) != 0) continue;
    channels[delivery["person"]].insert(delivery["channel"]);
  }
  EXPECT_EQ(channels.size(), 5u);
  EXPECT_THAT(channels[stack.Person("KN-HD-04")], ElementsAre("DELIVERY_CHANNEL_MAIL"));
  EXPECT_THAT(channels[stack.Person("KN-HD-05")], ElementsAre("DELIVERY_CHANNEL_SMS"));
}

}  // namespace
}  // namespace thidua::e2e
