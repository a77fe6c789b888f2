#include "e2e/mail_sink.h"

#include <filesystem>
#include <fstream>

namespace thidua::e2e {

std::map<std::string, int> MailsById(const Stack& stack) {
  std::map<std::string, int> found;
  for (const auto& entry : std::filesystem::directory_iterator(stack.var() + "/mail")) {
    if (entry.path().extension() != ".eml") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line) && line != "\r" && !line.empty();) {
      if (line.rfind("Message-ID: <", 0) != 0) continue;
      ++found[line.substr(13, line.find('>') - 13)];
    }
  }
  return found;
}

}  // namespace thidua::e2e
