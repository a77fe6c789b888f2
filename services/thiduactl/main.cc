// thiduactl: the command line of Thi Đua. Everything goes through the public APIs.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "thiduactl/commands.h"

ABSL_FLAG(std::string, server, "", "host:port; default 127.0.0.1:<THIDUA_PORT_BASE + 43>");
ABSL_FLAG(std::string, ca, "", "CA certificate of the server; default <THIDUA_VAR>/tls/ca.crt");
ABSL_FLAG(std::string, keys, "", "signing keys of a local run; default <THIDUA_VAR>/keys");
ABSL_FLAG(std::string, token, "",
          "bearer token; also THIDUA_TOKEN; default: bootstrap token of a local run");
ABSL_FLAG(std::string, as, "", "staff code of the person who acts (local runs)");
ABSL_FLAG(bool, json, false, "print JSON");
ABSL_FLAG(absl::Duration, retry_for, absl::ZeroDuration(), "try UNAVAILABLE again for this long");

namespace thidua::ctl {
namespace {

std::string Environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

std::string Or(const std::string& given, const std::string& otherwise) {
  return given.empty() ? otherwise : given;
}

Session::Options OptionsFromFlags() {
  const std::string var = Environment("THIDUA_VAR", "var");
  const int base = std::atoi(Environment("THIDUA_PORT_BASE", "7400").c_str());
  Session::Options options;
  options.server.target = Or(absl::GetFlag(FLAGS_server), "127.0.0.1:" + std::to_string(base + 43));
  options.server.ca_file = Or(absl::GetFlag(FLAGS_ca), var + "/tls/ca.crt");
  options.server.retry_for = absl::GetFlag(FLAGS_retry_for);
  options.keys_directory = Or(absl::GetFlag(FLAGS_keys), var + "/keys");
  options.token = Or(absl::GetFlag(FLAGS_token), Environment("THIDUA_TOKEN", ""));
  options.person = absl::GetFlag(FLAGS_as);
  options.json = absl::GetFlag(FLAGS_json);
  return options;
}

std::string Usage() {
  std::string text = "điều khiển Thi Đua.\n\n";
  for (const Command& command : Commands()) {
    std::string line = "  thiduactl";
    for (const std::string& word : command.words) line += " " + word;
    if (!command.arguments.empty()) line += " " + command.arguments;
    text += line + "\n      " + command.help + "\n";
  }
  return text;
}

const Command* Find(const std::vector<std::string>& words) {
  for (const Command& command : Commands()) {
    if (words.size() >= command.words.size() &&
        std::equal(command.words.begin(), command.words.end(), words.begin())) {
      return &command;
    }
  }
  return nullptr;
}

int Run(int argc, char** argv) {
  absl::SetProgramUsageMessage(Usage());
  const std::vector<char*> parsed = absl::ParseCommandLine(argc, argv);
  const std::vector<std::string> words(parsed.begin() + 1, parsed.end());
  const Command* command = Find(words);
  if (command == nullptr) {
    std::cerr << (words.empty() ? "" : "không có lệnh này / no such command\n")
              << "thiduactl: " << Usage();
    return 2;
  }
  Session::Options options = OptionsFromFlags();
  // These two need no server.
  const std::string& first = command->words.front();
  if (first == "keys" || first == "health") {
    options.server.target = first == "health" && words.size() > 1 ? words[1] : "localhost:1";
    options.server.ca_file = "";
  }
  const auto session = Session::Open(options);
  if (!session.ok()) {
    std::cerr << "thiduactl: " << ErrorLine(session.status()) << "\n";
    return 1;
  }
  const std::vector<std::string> rest(
      words.begin() + static_cast<std::ptrdiff_t>(command->words.size()), words.end());
  const absl::Status status = command->run(**session, rest);
  if (!status.ok()) {
    std::cerr << "thiduactl: " << ErrorLine(status) << "\n";
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace thidua::ctl

int main(int argc, char** argv) { return thidua::ctl::Run(argc, argv); }
