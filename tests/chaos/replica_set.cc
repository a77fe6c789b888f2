#include "chaos/replica_set.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "chaos/database.h"

namespace thidua::chaos {
namespace {

constexpr absl::Duration kLook = absl::Milliseconds(50);
constexpr absl::Duration kTakeover = absl::Seconds(30);

// Offsets of layout.sh: main ports 0..4 go to 30..34, those of metrics 10..14 to 35..39.
constexpr int kOffsets[] = {0, 1, 2, 3, 4, 10, 11, 12, 13, 14};
int SecondOffset(int offset) { return offset < 10 ? offset + 30 : offset + 25; }

int OffsetOf(const std::string& name) {
  if (name == "gateway") return 0;
  const auto* at = std::find(std::begin(kServices), std::end(kServices), name);
  return 1 + static_cast<int>(at - std::begin(kServices));
}

}  // namespace

ReplicaSet::ReplicaSet(e2e::Stack& stack)
    : stack_(stack), folder_(stack.var().substr(0, stack.var().rfind('/'))) {
  for (const char* service : kServices) {
    // Alone, the first holds the lease.
    EXPECT_EQ(LeaseHolder(service), 0);
  }
  for (const char* service : kServices) StartSecond(service);
  StartSecond("gateway");
  for (const auto& [name, pid] : second_) AwaitHealthy(name, 1);
  ShareCallsOut();
}

ReplicaSet::~ReplicaSet() {
  for (const auto& [name, pid] : second_) {
    ::kill(pid, SIGCONT);
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

pid_t ReplicaSet::pid(const std::string& name, int replica) const {
  return replica == 0 ? stack_.Pid(name) : second_.at(name);
}

std::string ReplicaSet::address(const std::string& name, int replica) const {
  const int offset = OffsetOf(name);
  return "127.0.0.1:" + std::to_string(stack_.port(replica == 0 ? offset : SecondOffset(offset)));
}

int ReplicaSet::LeaseHolder(const std::string& service) {
  std::array<std::string, 2>& names = names_[service];
  for (const absl::Time give_up = absl::Now() + kTakeover; absl::Now() < give_up;
       absl::SleepFor(kLook)) {
    const std::string holder =
        Sql(stack_, "SELECT lease_holder FROM thidua_" + service + ".feed_head WHERE id = 1");
    if (holder.empty() || dead_.count(holder) == 1) continue;
    if (holder == names[0]) return 0;
    if (holder == names[1]) return 1;
    // A new name: of the one that lives while the other is down, else of the one without a name.
    const auto down = down_.find(service);
    const int unnamed = down != down_.end() ? 1 - down->second : (names[0].empty() ? 0 : 1);
    EXPECT_TRUE(names[unnamed].empty()) << "three lease holders of two processes: " << holder;
    names[unnamed] = holder;
    return unnamed;
  }
  ADD_FAILURE() << "nobody holds the lease of " << service;
  return -1;
}

void ReplicaSet::Kill(const std::string& name, int replica) {
  const pid_t victim = pid(name, replica);
  ASSERT_GT(victim, 0);
  EXPECT_EQ(::kill(victim, SIGKILL), 0);
  if (replica == 1) {
    ::waitpid(victim, nullptr, 0);
    second_.erase(name);
  }
  down_[name] = replica;
  std::string& known = names_[name][replica];
  if (!known.empty()) dead_.insert(known);
  known.clear();
}

void ReplicaSet::Restart(const std::string& name, int replica) {
  down_.erase(name);
  if (replica == 0) {
    std::string output;
    EXPECT_EQ(stack_.Deploy("restart", name, &output), 0) << output;
    return;
  }
  StartSecond(name);
  AwaitHealthy(name, 1);
}

std::string ReplicaSet::Moved(std::string argument) const {
  // Through a form that no later replacement finds again.
  for (const int offset : kOffsets) {
    argument = absl::StrReplaceAll(
        argument, {{"127.0.0.1:" + std::to_string(stack_.port(offset)),
                    "127.0.0.1:@" + std::to_string(stack_.port(SecondOffset(offset)))}});
  }
  return absl::StrReplaceAll(argument, {{"127.0.0.1:@", "127.0.0.1:"}});
}

std::vector<std::string> ReplicaSet::CommandOfSecond(const std::string& name) const {
  std::ifstream in(stack_.var() + "/run/" + name + ".command");
  std::string line;
  std::getline(in, line);
  std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  EXPECT_GT(words.size(), 3u) << name;
  for (std::string& word : words) word = Moved(word);
  return words;
}

void ReplicaSet::StartSecond(const std::string& name) {
  std::vector<std::string> words = CommandOfSecond(name);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const std::string log = stack_.var() + "/log/" + name + ".second.log";
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::setsid();
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0 || ::chdir(folder_.c_str()) != 0) ::_exit(126);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ASSERT_GT(pid, 0);
  second_[name] = pid;
}

void ReplicaSet::AwaitHealthy(const std::string& name, int replica) {
  const std::string ask =
      name == "gateway"
          ? "curl -sf -m 2 -o /dev/null http://" + address(name, replica) + "/readyz"
          : std::string(THIDUA_BUILD_DIR "/bin/thiduactl health ") + address(name, replica);
  std::string output;
  EXPECT_EQ(
      stack_.Shell("for ((i = 0; i < 600; i++)); do " + ask + " && exit; sleep 0.1; done; exit 1",
                   &output),
      0)
      << name << " is not healthy: " << output;
}

void ReplicaSet::ShareCallsOut() {
  std::string expressions;
  for (const int offset : {0, 1, 2, 3, 4}) {
    const std::string first = "server 127.0.0.1:" + std::to_string(stack_.port(offset)) + ";";
    const std::string second = std::to_string(stack_.port(SecondOffset(offset)));
    expressions +=
        absl::StrCat(" -e \"s|", first, "|", first, " server 127.0.0.1:", second, ";|\"");
  }
  std::string output;
  EXPECT_EQ(
      stack_.Shell("sed -i" + expressions + " \"$THIDUA_VAR/nginx/nginx.conf\" && kill -HUP " +
                       std::to_string(stack_.Pid("nginx")),
                   &output),
      0)
      << output;
}

}  // namespace thidua::chaos
