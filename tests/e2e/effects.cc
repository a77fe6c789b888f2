#include "e2e/effects.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/mail_sink.h"

namespace thidua::e2e {
namespace {

// Every item of a list, page by page.
std::vector<json> All(Stack& stack, const std::string& method, const char* items,
                      const std::string& staff = "") {
  std::vector<json> all;
  json request = {{"page_size", 1000}};
  do {
    const json page = stack.Get(method, request, staff);
    if (page.is_null()) return all;  // Get() has failed the test
    EXPECT_TRUE(page.contains(items) && page[items].is_array()) << method << " " << page.dump();
    for (const json& item : page[items]) all.push_back(item);
    request["page_token"] = page["next_page_token"];
  } while (request["page_token"] != "");
  return all;
}

}  // namespace

MailCounts ExpectMailsArrivedAsCounted(Stack& stack) {
  const json stats = stack.Get("notify.v1.DeliveryService/GetDeliveryStats");
  EXPECT_EQ(stats["pending"], "0");
  std::map<std::string, int> mails = MailsById(stack);
  MailCounts counts;
  int possible_sms = 0;
  for (const json& delivery :
       All(stack, "notify.v1.DeliveryService/ListDeliveries", "deliveries")) {
    const std::string id = delivery["message_id"].get<std::string>();
    const int possible = delivery["possible_repeats"].get<int>();
    EXPECT_EQ(delivery["state"], "DELIVERY_STATE_SENT") << id;
    if (delivery["channel"] == "DELIVERY_CHANNEL_SMS") {
      possible_sms += possible;
      continue;
    }
    ++counts.deliveries;
    EXPECT_GE(mails[id], 1) << id;
    EXPECT_LE(mails[id], 1 + possible) << id;
    counts.possible_repeats += possible;
    counts.repeats += std::max(0, mails[id] - 1);
  }
  EXPECT_EQ(mails.size(), counts.deliveries) << "mails that belong to no delivery";
  EXPECT_GT(counts.deliveries, 100u);
  EXPECT_EQ(stats["possible_repeats"], std::to_string(counts.possible_repeats + possible_sms));
  return counts;
}

std::vector<std::string> StaffCodes(Stack& stack) {
  std::vector<std::string> codes;
  for (const json& person : All(stack, "campaign.v1.DirectoryService/ListPeople", "people")) {
    codes.push_back(person["staff_code"].get<std::string>());
  }
  return codes;
}

std::vector<json> NoticesOf(Stack& stack, const std::string& staff, const std::string& kind) {
  std::vector<json> found;
  for (const json& item : All(stack, "notify.v1.InboxService/ListInbox", "items", staff)) {
    if (item["kind"] == "NOTICE_KIND_" + kind) found.push_back(item);
  }
  return found;
}

Inboxes ExpectInboxItemsOnce(Stack& stack, const std::vector<std::string>& staff) {
  Inboxes inboxes;
  for (const std::string& code : staff) {
    std::map<std::string, int> items;
    Inbox& inbox = inboxes[code];
    for (const json& item : All(stack, "notify.v1.InboxService/ListInbox", "items", code)) {
      const std::string kind = item["kind"].get<std::string>();
      ++inbox.by_kind[kind];
      ++items[kind + " " + item["link"].get<std::string>() + " " +
              item["title"].get<std::string>()];
    }
    for (const auto& [item, count] : items) EXPECT_EQ(count, 1) << code << ": " << item;
    inbox.different = items.size();
  }
  EXPECT_TRUE(std::any_of(inboxes.begin(), inboxes.end(), [](const auto& one) {
    return one.second.different > 0;
  })) << "nobody has anything in the inbox, so nothing is there once";
  return inboxes;
}

}  // namespace thidua::e2e
