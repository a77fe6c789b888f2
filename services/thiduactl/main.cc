// thiduactl: the command line of Thi Đua. Everything goes through the public APIs.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "platform/status.h"
#include "thiduactl/commands.h"
#include "thiduactl/help.h"

ABSL_FLAG(std::string, server, "", "host:port; default 127.0.0.1:<THIDUA_PORT_BASE + 43>");
ABSL_FLAG(std::string, ca, "", "CA certificate of the server; default <THIDUA_VAR>/tls/ca.crt");
ABSL_FLAG(std::string, keys, "", "signing keys of a local run; default <THIDUA_VAR>/keys");
ABSL_FLAG(std::string, token, "",
          "bearer token; also THIDUA_TOKEN; default: bootstrap token of a local run");
ABSL_FLAG(std::string, as, "", "staff code of the person who acts (local runs)");
ABSL_FLAG(bool, json, false, "print JSON; errors as JSON on stderr");
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

// The words of a command line that asks for help, wherever the flag stands: no flag but --help is
// looked at.
bool AsksForHelp(int argc, char** argv, std::vector<std::string>* words) {
  bool asks = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--help" || argument == "-h") {
      asks = true;
    } else if (argument.rfind('-', 0) != 0) {
      words->push_back(argument);
    }
  }
  return asks;
}

int Fail(const absl::Status& status, bool as_json, int code) {
  if (as_json) {
    std::cerr << ErrorJson(status).dump() << "\n";
  } else {
    std::cerr << "thiduactl: " << ErrorLine(status) << "\n";
  }
  return code;
}

absl::Status RunCommand(const Command& command, const std::vector<std::string>& words) {
  const std::vector<std::string> rest(
      words.begin() + static_cast<std::ptrdiff_t>(command.words.size()), words.end());
  absl::StatusOr<std::unique_ptr<Session>> session = command.needs_server
                                                         ? Session::Open(OptionsFromFlags())
                                                         : Session::Offline(OptionsFromFlags());
  if (!session.ok()) return session.status();
  try {
    return command.run(**session, rest);
  } catch (const json::exception& error) {
    // A server of another version, most likely: its answer lacks what a command shows.
    return platform::MakeError({absl::StatusCode::kInternal,
                                "ANSWER_UNEXPECTED",
                                {"câu trả lời của máy chủ không có dạng mong đợi",
                                 std::string("an answer is not as expected: ") + error.what()},
                                {},
                                {},
                                std::nullopt});
  }
}

int Run(int argc, char** argv) {
  std::vector<std::string> words;
  if (AsksForHelp(argc, argv, &words)) {
    std::cout << HelpFor(words);
    return 0;
  }
  absl::SetProgramUsageMessage(ListHelp({}));
  const std::vector<char*> parsed = absl::ParseCommandLine(argc, argv);
  words.assign(parsed.begin() + 1, parsed.end());
  const bool as_json = absl::GetFlag(FLAGS_json);
  const Command* command = FindCommand(words);
  if (command == nullptr) {
    if (!as_json) std::cerr << ListHelp(words);
    return Fail(platform::InvalidField(
                    "arguments", "COMMAND_UNKNOWN",
                    {"không có lệnh này, xem thiduactl help", "no such command, see help"}),
                as_json, 2);
  }
  const absl::Status status = RunCommand(*command, words);
  return status.ok() ? 0 : Fail(status, as_json, 1);
}

}  // namespace
}  // namespace thidua::ctl

int main(int argc, char** argv) { return thidua::ctl::Run(argc, argv); }
