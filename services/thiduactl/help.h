// What thiduactl tells about itself.
#pragma once

#include <string>
#include <vector>

#include "thiduactl/commands.h"

namespace thidua::ctl {

// The command that these words begin with; nullptr when there is none.
const Command* FindCommand(const std::vector<std::string>& words);

// The list of the commands whose first words are these: all of them when none is.
std::string ListHelp(const std::vector<std::string>& words);

// One command with its flags.
std::string CommandHelp(const Command& command);

// What `thiduactl --help` prints for words that may name a command.
std::string HelpFor(const std::vector<std::string>& words);

}  // namespace thidua::ctl
