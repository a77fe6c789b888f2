// What the mail server of a stack took in.
#pragma once

#include <map>
#include <string>

#include "e2e/stack.h"

namespace thidua::e2e {

// Mails by Message-ID: how many of each.
std::map<std::string, int> MailsById(const Stack& stack);

}  // namespace thidua::e2e
