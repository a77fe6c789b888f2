#include "notify/testing/sms_gateway.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

extern char** environ;

namespace thidua::notify::testing {
namespace {

namespace fs = std::filesystem;

void Require(bool ok, const std::string& what) {
  if (ok) return;
  std::perror(what.c_str());
  std::abort();
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Asks until it is so; half a minute is ample even on a busy machine.
template <class Condition>
void Await(const std::string& what, Condition condition) {
  constexpr int kTries = 3000;
  const timespec pause = {0, 10'000'000};
  for (int i = 0; i < kTries; ++i) {
    if (condition()) return;
    nanosleep(&pause, nullptr);
  }
  Require(false, "waited in vain: " + what);
}

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Ports that nobody has at the moment.
template <size_t kCount>
void TakeFreePorts(int (&ports)[kCount]) {
  int sockets[kCount];
  for (size_t i = 0; i < kCount; ++i) {
    sockets[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = Loopback(0);
    socklen_t size = sizeof(address);
    Require(bind(sockets[i], reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
    Require(getsockname(sockets[i], reinterpret_cast<sockaddr*>(&address), &size) == 0,
            "getsockname");
    ports[i] = ntohs(address.sin_port);
  }
  for (const int socket : sockets) close(socket);
}

std::string Output(const std::string& command) {
  FILE* const lines = popen(command.c_str(), "r");
  Require(lines != nullptr, command);
  std::string output;
  char buffer[4096];
  while (const size_t bytes = fread(buffer, 1, sizeof(buffer), lines)) output.append(buffer, bytes);
  Require(pclose(lines) == 0, command);
  return output.substr(0, output.find('\n'));
}

}  // namespace

SmsGateway::SmsGateway() {
  std::string pattern = (fs::temp_directory_path() / "thidua-sms-XXXXXX").string();
  Require(mkdtemp(pattern.data()) != nullptr, "mkdtemp");
  directory_ = pattern;
  fs::create_directory(directory_ + "/sms");
  TakeFreePorts(ports_);
  std::string command = "services/notify/testing/sms_gateway " + directory_ + " " + password();
  for (const int port : ports_) command += " " + std::to_string(port);
  programs_ = Output(command);  // tests run in the source folder
  Spawn("sink", {"deploy/local/sms_sink.py", std::to_string(ports_[kCentre]), directory_ + "/sms"});
  Start();
}

SmsGateway::~SmsGateway() {
  Stop();
  Kill("sink", SIGKILL);
  fs::remove_all(directory_);
}

std::string SmsGateway::url() const {
  return "http://127.0.0.1:" + std::to_string(ports_[kSendsms]) + "/cgi-bin/sendsms";
}

void SmsGateway::Spawn(const std::string& name, std::vector<std::string> command) {
  // Nothing outlives a test that ends by a signal.
  command.insert(command.begin(), {"setpriv", "--pdeathsig", "KILL"});
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const std::string log = directory_ + "/" + name + ".log";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  Require(
      posix_spawnp(&processes_[name], "setpriv", &actions, nullptr, arguments.data(), environ) == 0,
      name);
  posix_spawn_file_actions_destroy(&actions);
}

void SmsGateway::Kill(const std::string& name, int signal) {
  const auto process = processes_.find(name);
  if (process == processes_.end()) return;
  kill(process->second, SIGCONT);
  kill(process->second, signal);
  // bearerbox now and then waits for its boxes for ever.
  constexpr int kTries = 500;
  const timespec pause = {0, 10'000'000};
  int waited = 0;
  while (waitpid(process->second, nullptr, WNOHANG) == 0) {
    if (++waited == kTries) kill(process->second, SIGKILL);
    nanosleep(&pause, nullptr);
  }
  processes_.erase(process);
}

bool SmsGateway::Listens(Port port) const {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(ports_[port]);
  const bool connected =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  return connected;
}

bool SmsGateway::Joined() const {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(ports_[kAdmin]);
  std::string answer;
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string request =
        "GET /status.txt?password=" + password() + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
    char buffer[4096];
    if (write(fd, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
      for (ssize_t bytes; (bytes = read(fd, buffer, sizeof(buffer))) > 0;) {
        answer.append(buffer, static_cast<size_t>(bytes));
      }
    }
  }
  close(fd);
  return answer.find("smsbox:thidua") != std::string::npos;
}

void SmsGateway::Start() {
  const std::string conf = directory_ + "/kannel.conf";
  Spawn("bearerbox", {programs_ + "/bearerbox", "-v", "3", "--", conf});
  Await("bearerbox", [&] { return Listens(kAdmin) && fs::exists(directory_ + "/sms/connected"); });
  Spawn("smsbox", {programs_ + "/smsbox", "-v", "3", "--", conf});
  // Its open port is not enough: a request before it has joined kills smsbox (Kannel 1.4.5).
  Await("smsbox", [&] { return Joined(); });
}

void SmsGateway::Stop() {
  // smsbox first: when its bearerbox is gone it starts itself anew under another pid.
  Kill("smsbox", SIGKILL);
  Kill("bearerbox", SIGTERM);
}

void SmsGateway::Freeze() {
  const pid_t pid = processes_.at("smsbox");
  kill(pid, SIGSTOP);
  // A thread that has not stopped yet could still take the next request.
  Await("smsbox to stop", [&] {
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
      const std::string stat = ReadFile(task.path() / "stat");
      if (stat.compare(stat.rfind(')') + 1, 2, " T") != 0) return false;
    }
    return true;
  });
}

void SmsGateway::AwaitRequest(int bytes) const {
  char local[16];
  std::snprintf(local, sizeof(local), "0100007F:%04X", static_cast<unsigned>(ports_[kSendsms]));
  Await("a request", [&] {
    // sl local_address rem_address st tx_queue:rx_queue …
    std::istringstream table(ReadFile("/proc/net/tcp"));
    for (std::string line; std::getline(table, line);) {
      std::istringstream row(line);
      std::string slot, ours, theirs, state, queues;
      row >> slot >> ours >> theirs >> state >> queues;
      if (ours != local || state != "01") continue;
      const size_t colon = queues.find(':');
      if (std::stol(queues.substr(colon + 1), nullptr, 16) >= bytes) return true;
    }
    return false;
  });
}

void SmsGateway::KillFrozen() {
  const auto process = processes_.find("smsbox");
  kill(process->second, SIGKILL);  // without SIGCONT: it must not answer first
  waitpid(process->second, nullptr, 0);
  processes_.erase(process);
}

std::vector<ReceivedSms> SmsGateway::Messages(size_t least) const {
  std::vector<fs::path> files;
  Await(std::to_string(least) + " messages", [&] {
    files.clear();
    for (const auto& entry : fs::directory_iterator(directory_ + "/sms")) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    return files.size() >= least;
  });
  std::sort(files.begin(), files.end());
  std::vector<ReceivedSms> messages;
  for (const fs::path& file : files) {
    const std::string kept = ReadFile(file);
    const auto value = [&](const std::string& name) {
      const size_t at = kept.find(name + ": ") + name.size() + 2;
      return kept.substr(at, kept.find('\n', at) - at);
    };
    const size_t body = kept.find("\n\n") + 2;
    messages.push_back({value("from"), value("to"), kept.substr(body, kept.size() - body - 1)});
  }
  return messages;
}

std::string SmsGateway::Logs() const {
  return ReadFile(directory_ + "/bearerbox.log") + ReadFile(directory_ + "/smsbox.log");
}

}  // namespace thidua::notify::testing
