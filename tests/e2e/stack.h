// A whole Thi Đua for tests: MariaDB, four services, gateway, mail sink and nginx, started by
// deploy/local/up with the programs under test, in a folder and on ports of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "platform/token.h"
#include "support/test_server.h"
#include "thiduactl/session.h"

namespace thidua::e2e {

using nlohmann::json;

class Stack {
 public:
  // Dossiers of the demo here, over two years: fewer than `up` plays by itself.
  static constexpr int kDossiers = 5000;

  // Starts it, with the demo or without; a failure ends the test program with the output of `up`.
  explicit Stack(bool demo = false);
  // Stops it.
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  // The one that most tests share: with the demo played once. Stopped when the program ends.
  static Stack& WithDemo();

  const std::string& var() const { return var_; }
  int port(int offset) const { return port_base_ + offset; }
  // State digest and whole state right after the demo, of WithDemo() alone: tests change the state
  // later on.
  const std::string& demo_digest() const { return demo_digest_; }
  const json& demo_state() const { return demo_state_; }
  // What `up`, with its demo, said.
  const std::string& up_output() const { return up_output_; }
  // What `up` said when it was called again at once, and whether every process was left running;
  // of WithDemo() alone.
  const std::string& second_up_output() const { return second_up_output_; }
  bool second_up_kept_all() const { return second_up_kept_all_; }
  // A session as of a local run, through nginx. UNAVAILABLE is tried again for a minute.
  ctl::Session& session() { return *session_; }
  // Calls with the bootstrap token, or as the person with this staff code; a failure fails the test
  // and gives null.
  json Get(const std::string& method, const json& request = json::object(),
           const std::string& staff = "");
  // State digest and whole state of now, once all is at rest.
  std::string Digest();
  json State();
  // What a call is refused with; "" when it is not.
  std::string Refusal(const std::string& method, const json& request,
                      const std::string& staff = "");

  // Called with each line that a command prints, while it runs.
  using EachLine = std::function<void(const std::string& line)>;
  // Calls with a token of this grant: every permission at one unit, for the person with this staff
  // code. What it is refused with; "" when it is not.
  std::string RefusalWithEveryRight(const std::string& method, const json& request,
                                    const std::string& staff, const std::string& unit);
  // A token that may do everything at one unit, in the name of this subject.
  std::string TokenOfEveryRight(const std::string& subject, const std::string& unit);
  // A token of somebody who may do nothing.
  std::string TokenOfNoRights();
  // Resource name of the person with this staff code.
  std::string Person(const std::string& staff);
  // Uploads a small PDF; returns "files/<id>".
  std::string Upload(const std::string& service, const std::string& unit, const std::string& act,
                     const std::string& staff);

  // Runs `thiduactl ARGUMENTS` against this stack; its output is added to `output`. Its exit code.
  int Ctl(const std::string& arguments, std::string* output, const EachLine& each_line = nullptr);
  // Runs a command of the shell; its exit code.
  int Shell(const std::string& command, std::string* output) const;
  // Runs deploy/local/<script> on this stack.
  int Deploy(const std::string& script, const std::string& arguments, std::string* output);
  // Process id that the run keeps for a process ("campaign", "mariadb").
  int Pid(const std::string& process) const;

  // Whether that process lives.
  bool Lives(const std::string& process) const;
  // Sends a signal to a process of the run; a failure fails the test.
  void Signal(const std::string& process, int signal) const;
  // kill -9 of these processes, then deploy/local/restart: what an operator's supervisor does.
  void KillAndRestart(const std::vector<std::string>& processes);
  // Option of `up` and of `thiduactl demo` for the demo that tests play.
  static std::string DemoSize() { return "--dossiers " + std::to_string(kDossiers); }

  // Resource name of the unit with this code.
  std::string Unit(const std::string& code);
  // The plans of the demo.
  json ParentPlan();
  json ChildPlan();
  // Of the demo: the newest publication of the communes of 2023, the nomination of the town, the
  // certificate.
  json Publication();
  json Nomination();
  json Certificate();

 private:
  class Watchdog;
  std::string Token(const std::string& subject, std::vector<platform::Grant> grants) const;
  static std::string Options(bool demo);
  std::string Pids() const;
  int Run(const std::string& command, std::string* output,
          const EachLine& each_line = nullptr) const;
  test::TempDir directory_;
  std::string var_;
  int port_base_;
  std::string demo_digest_;
  json demo_state_;
  std::string up_output_;
  std::string second_up_output_;
  bool second_up_kept_all_ = false;
  std::unique_ptr<Watchdog> watchdog_;
  std::unique_ptr<ctl::Session> session_;
};

// "plans/<id>" -> "<id>".
std::string IdIn(const json& name);

// What a REST call answered.
struct RestAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
  json Json() const { return json::parse(body, nullptr, /*allow_exceptions=*/false); }
};

// A REST call through nginx (TLS verified with the stack's CA). `token` may be empty.
RestAnswer Rest(Stack& stack, const std::string& verb, const std::string& path,
                const std::string& body = "", const std::string& token = "",
                const std::string& content_type = "application/json");

// The reason in an error body, wherever it stands; "" when there is none.
std::string ReasonIn(const json& body);

}  // namespace thidua::e2e
