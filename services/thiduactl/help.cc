#include "thiduactl/help.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::ctl {
namespace {

std::string UsageLine(const Command& command) {
  return absl::StrCat("thiduactl ", absl::StrJoin(command.words, " "),
                      command.arguments.empty() ? "" : " ", command.arguments);
}

std::string FlagLines(const std::vector<Flag>& flags) {
  std::string text;
  for (const Flag& flag : flags) {
    absl::StrAppend(&text, "  --", flag.name, flag.value.empty() ? "" : "=", flag.value, "\n      ",
                    flag.help, "\n");
  }
  return text;
}

}  // namespace

const Command* FindCommand(const std::vector<std::string>& words) {
  for (const Command& command : Commands()) {
    if (words.size() >= command.words.size() &&
        std::equal(command.words.begin(), command.words.end(), words.begin())) {
      return &command;
    }
  }
  return nullptr;
}

std::string ListHelp(const std::vector<std::string>& words) {
  std::string text;
  for (const Command& command : Commands()) {
    if (!words.empty() && words.front() != command.words.front()) continue;
    absl::StrAppend(&text, "  ", UsageLine(command), "\n      ", command.help, "\n");
  }
  if (text.empty()) return ListHelp({});
  return absl::StrCat(
      "thiduactl LỆNH [THAM_SỐ...] [--CỜ...]: điều khiển Thi Đua, qua các API công khai.\n\n", text,
      "\nthiduactl help LỆNH: một lệnh và các cờ của nó. Cờ chung:\n", FlagLines(CommonFlags()));
}

std::string CommandHelp(const Command& command) {
  std::string text = absl::StrCat(UsageLine(command), "\n  ", command.help, "\n");
  if (!command.flags.empty()) {
    absl::StrAppend(&text, "\nCờ của lệnh này:\n", FlagLines(command.flags));
  }
  absl::StrAppend(&text, "\nCờ chung:\n", FlagLines(CommonFlags()));
  return text;
}

std::string HelpFor(const std::vector<std::string>& words) {
  const Command* command = FindCommand(words);
  return command == nullptr ? ListHelp(words) : CommandHelp(*command);
}

absl::Status PrintHelp(Session&, const std::vector<std::string>& rest) {
  std::cout << HelpFor(rest);
  return absl::OkStatus();
}

}  // namespace thidua::ctl
