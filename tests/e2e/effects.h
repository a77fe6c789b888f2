// What must have taken effect once, whoever was killed meanwhile: mails and inbox items. The state
// digest sees neither.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {

struct MailCounts {
  size_t deliveries = 0;
  int64_t possible_repeats = 0;  // counted by notify: a sender died inside a send
  int64_t repeats = 0;           // that did arrive again
};

// Every mail arrived, under its own Message-ID, and no oftener than is counted: a repeat is
// possible only where a sender died inside a send.
MailCounts ExpectMailsArrivedAsCounted(Stack& stack);

// Staff codes of everybody in the directory.
std::vector<std::string> StaffCodes(Stack& stack);

// The items of a kind ("DECISION_ISSUED") in the inbox of the person with this staff code.
std::vector<json> NoticesOf(Stack& stack, const std::string& staff, const std::string& kind);

// What an inbox holds.
struct Inbox {
  size_t different = 0;                // items that differ in kind, link or title
  std::map<std::string, int> by_kind;  // all items
  bool operator==(const Inbox& other) const {
    return different == other.different && by_kind == other.by_kind;
  }
};
// By staff code.
using Inboxes = std::map<std::string, Inbox>;

// No inbox of these people has two items of the same kind, link and title, and not all are empty.
// Each of them is in the answer; who else should have how much is for the caller to say.
Inboxes ExpectInboxItemsOnce(Stack& stack, const std::vector<std::string>& staff);

}  // namespace thidua::e2e
