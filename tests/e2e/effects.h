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

// By staff code: how many inbox items of each kind.
using Inboxes = std::map<std::string, std::map<std::string, int>>;

// No inbox of these people has two items of the same kind, link and title. What they hold.
Inboxes ExpectInboxItemsOnce(Stack& stack, const std::vector<std::string>& staff);

}  // namespace thidua::e2e
