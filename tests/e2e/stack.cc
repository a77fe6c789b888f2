#include "e2e/stack.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/time/clock.h"
#include "platform/hash.h"
#include "platform/status.h"
#include "platform/token.h"

namespace thidua::e2e {
namespace {

// Stops the shared stack after the last test.
class StopAtEnd final : public ::testing::Environment {
 public:
  explicit StopAtEnd(Stack* stack) : stack_(stack) {}
  void TearDown() override { delete stack_; }

 private:
  Stack* const stack_;
};

[[noreturn]] void Die(const std::string& what) {
  std::cerr << what << std::endl;
  std::exit(1);
}

bool IsFree(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  const int yes = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return free;
}

// Takes a block for as long as this program lives: what listens there comes up only later, and
// another program may be looking meanwhile.
bool Take(int base) {
  const std::string name = "thidua-ports-" + std::to_string(base);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.sun_path + 1);  // abstract: no file stays behind
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0) return true;
  ::close(fd);
  return false;
}

// The first of fifty free ports, below those that the system gives to clients and above those of
// tests/integration/local_run. Where two programs begin to look depends on their pids.
int ChoosePortBase() {
  constexpr int kFirst = 15000, kBlocks = 300, kBlock = 50;
  static int next = ::getpid() * 7;
  for (int tried = 0; tried < kBlocks; ++tried) {
    const int base = kFirst + next++ % kBlocks * kBlock;
    int port = base;
    while (port < base + kBlock && IsFree(port)) ++port;
    if (port == base + kBlock && Take(base)) return base;
  }
  Die("no fifty free ports from 15000 on");
}

}  // namespace

// A process of its own that stops the stack when this one ends without having done so: killed,
// timed out, or gone in the middle of `up`. What it waits for is the end of our side of the pipe.
class Stack::Watchdog {
 public:
  explicit Watchdog(const std::string& folder) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) Die("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::setsid();
      ::dup2(ends[0], STDIN_FILENO);
      // An `up` that goes on without us holds the lock until it ends.
      static constexpr char kScript[] =
          "read -r -n 1 done && exit; for ((i = 0; i < 300; i++)); do "
          "deploy/local/down --var \"$1/var\" >/dev/null 2>&1 && break; sleep 1; done; rm -rf "
          "\"$1\"";
      ::execl("/bin/bash", "bash", "-c", kScript, "watchdog", folder.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[0]);
    end_ = ends[1];
  }
  ~Watchdog() {
    (void)!::write(end_, "x", 1);
    ::close(end_);
    ::waitpid(pid_, nullptr, 0);
  }

 private:
  int end_ = -1;
  pid_t pid_ = -1;
};

Stack::Stack(bool demo)
    : var_(directory_.path() + "/var"),
      port_base_(ChoosePortBase()),
      watchdog_(std::make_unique<Watchdog>(directory_.path())) {
  if (Deploy("up", Options(demo), &up_output_) != 0) {
    // The folder goes away with us, and `up` shows the end of its log only.
    std::ifstream install(var_ + "/mariadb/install.log");
    up_output_.append(std::istreambuf_iterator<char>(install), {});
    Die("deploy/local/up failed:\n" + up_output_);
  }
  ctl::Session::Options options;
  options.server.target = "127.0.0.1:" + std::to_string(port(43));
  options.server.ca_file = var_ + "/tls/ca.crt";
  options.server.retry_for = absl::Minutes(1);
  options.keys_directory = var_ + "/keys";
  auto session = ctl::Session::Open(options);
  if (!session.ok()) Die("no session: " + std::string(session.status().message()));
  session_ = *std::move(session);
}

Stack::~Stack() {
  std::string output;
  if (Deploy("down", "", &output) != 0)
    std::cerr << "deploy/local/down failed:\n" << output << std::endl;
  // Whatever the tests have sent it: nothing of it stands in a log.
  output.clear();
  if (Run("/usr/bin/python3 -B tests/checks/log_scan.py '" + var_ + "'", &output) != 0) {
    ADD_FAILURE() << "what no log may hold:\n" << output;
  }
}

std::string Stack::Options(bool demo) {
  return (demo ? DemoSize() : "--no-demo") + " --build-dir " THIDUA_BUILD_DIR;
}

Stack& Stack::WithDemo() {
  static Stack* const kStack = [] {
    auto* stack = new Stack(/*demo=*/true);
    ::testing::AddGlobalTestEnvironment(new StopAtEnd(stack));
    std::cout << stack->up_output_;
    stack->demo_digest_ = stack->Digest();
    stack->demo_state_ = stack->State();
    // Once more, before any test changes something.
    const std::string pids = stack->Pids();
    if (stack->Deploy("up", Options(true), &stack->second_up_output_) != 0) {
      Die("the second up failed:\n" + stack->second_up_output_);
    }
    stack->second_up_kept_all_ = pids == stack->Pids();
    return stack;
  }();
  return *kStack;
}

std::string Stack::Digest() {
  std::string output;
  if (Ctl("state digest --retry_for=60s", &output) != 0) ADD_FAILURE() << output;
  // Before it stands what was waited for.
  output.erase(output.find_last_not_of('\n') + 1);
  return output.substr(output.rfind('\n') + 1);
}

json Stack::State() {
  std::string output;
  if (Ctl("state show --json --retry_for=60s", &output) != 0) ADD_FAILURE() << output;
  return json::parse(output, nullptr, /*allow_exceptions=*/false);
}

std::string Stack::Pids() const {
  std::string pids;
  for (const char* process : {"mariadb", "smtp", "bearerbox", "smssink", "smsbox", "campaign",
                              "scoring", "awards", "notify", "gateway", "nginx"}) {
    pids += std::string(process) + " " + std::to_string(Pid(process)) + "\n";
  }
  return pids;
}

int Stack::Run(const std::string& command, std::string* output, const EachLine& each_line) const {
  const std::string line = "THIDUA_VAR='" + var_ +
                           "' THIDUA_PORT_BASE=" + std::to_string(port_base_) + " " + command +
                           " 2>&1 </dev/null";
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return -1;
  char* line_read = nullptr;
  size_t capacity = 0;
  while (::getline(&line_read, &capacity, pipe) > 0) {
    output->append(line_read);
    if (each_line) each_line(line_read);
  }
  std::free(line_read);
  const int status = ::pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int Stack::Shell(const std::string& command, std::string* output) const {
  std::string quoted = "'";
  for (const char c : command) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return Run("bash -c " + quoted + "'", output);
}

int Stack::Ctl(const std::string& arguments, std::string* output, const EachLine& each_line) {
  return Run(THIDUA_BUILD_DIR "/bin/thiduactl " + arguments, output, each_line);
}

int Stack::Deploy(const std::string& script, const std::string& arguments, std::string* output) {
  return Run("deploy/local/" + script + " --var '" + var_ + "' " +
                 (script == "up" ? "--port-base " + std::to_string(port_base_) + " " : "") +
                 arguments,
             output);
}

int Stack::Pid(const std::string& process) const {
  for (const std::string& file :
       {var_ + "/run/" + process + ".pid", var_ + "/" + process + "/pid"}) {
    std::ifstream in(file);
    int pid = 0;
    if (in >> pid) return pid;
  }
  return 0;
}

bool Stack::Lives(const std::string& process) const {
  const int pid = Pid(process);
  if (pid <= 0) return false;
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string stat;
  std::getline(in, stat);
  const size_t name_end = stat.rfind(')');
  return name_end != std::string::npos && stat.substr(name_end + 2, 1) != "Z";
}

void Stack::Signal(const std::string& process, int signal) const {
  const int pid = Pid(process);
  ASSERT_GT(pid, 0) << process;
  EXPECT_EQ(::kill(pid, signal), 0) << process;
}

void Stack::KillAndRestart(const std::vector<std::string>& processes) {
  std::string names;
  for (const std::string& process : processes) {
    Signal(process, SIGKILL);
    names += " " + process;
  }
  std::string output;
  EXPECT_EQ(Deploy("restart", names, &output), 0) << output;
}

json Stack::Get(const std::string& method, const json& request, const std::string& staff) {
  const absl::StatusOr<json> answer =
      staff.empty() ? session_->Call(method, request) : session_->CallAs(staff, method, request);
  if (answer.ok()) return *answer;
  ADD_FAILURE() << method << " " << request.dump() << ": " << ctl::ErrorLine(answer.status());
  return nullptr;
}

std::string Stack::Refusal(const std::string& method, const json& request,
                           const std::string& staff) {
  const absl::StatusOr<json> answer =
      staff.empty() ? session_->Call(method, request) : session_->CallAs(staff, method, request);
  if (answer.ok()) return "";
  const std::string reason = platform::ReasonOf(answer.status());
  return reason.empty() ? std::string(answer.status().message()) : reason;
}

std::string Stack::Token(const std::string& subject, std::vector<platform::Grant> grants) const {
  const auto key = platform::SigningKey::Load(var_ + "/keys/access.pem");
  if (!key.ok()) {
    ADD_FAILURE() << key.status();
    return "";
  }
  const auto token =
      platform::MintAccessToken(**key, {subject, std::move(grants)}, absl::Now(), absl::Hours(1));
  return token.ok() ? *token : "";
}

std::string Stack::TokenOfEveryRight(const std::string& subject, const std::string& unit) {
  return Token(subject, {{unit == "*" ? unit : IdIn(unit), {"*"}}});
}

std::string Stack::TokenOfNoRights() { return Token("person:00000000000000000000000001", {}); }

std::string Stack::RefusalWithEveryRight(const std::string& method, const json& request,
                                         const std::string& staff, const std::string& unit) {
  const std::string person = Person(staff);
  const std::string subject = "person:" + IdIn(person);
  const auto answer = session_->client().Call(method, request, TokenOfEveryRight(subject, unit));
  return answer.ok() ? "" : platform::ReasonOf(answer.status());
}

std::string Stack::Person(const std::string& staff) {
  const json found = Get("campaign.v1.DirectoryService/ListPeople", {{"staff_code", staff}});
  return found.is_null() || found["people"].empty() ? ""
                                                    : found["people"][0]["name"].get<std::string>();
}

std::string Stack::Upload(const std::string& service, const std::string& unit,
                          const std::string& act, const std::string& staff) {
  const std::string bytes = "%PDF-1.4\n% " + act + "\n%%EOF\n";
  const std::string files = service + ".v1.FilesService/";
  const json started = Get(files + "StartUpload",
                           {{"unit", unit},
                            {"file_name", "tep.pdf"},
                            {"media_type", "application/pdf"},
                            {"size_bytes", std::to_string(bytes.size())},
                            {"sha256", platform::Sha256Hex(bytes)},
                            {"request_id", act + "-start"}},
                           staff);
  if (started.is_null()) return "";
  Get(files + "UploadPart",
      {{"name", started["name"]},
       {"offset", "0"},
       {"data", ctl::Base64(bytes)},
       {"sha256", platform::Sha256Hex(bytes)}},
      staff);
  Get(files + "CompleteUpload", {{"name", started["name"]}, {"request_id", act + "-complete"}},
      staff);
  return started["name"].get<std::string>();
}

std::string Stack::Unit(const std::string& code) {
  const json found = Get("campaign.v1.DirectoryService/ListUnits", {{"code", code}});
  return found.is_null() || found["units"].empty() ? ""
                                                   : found["units"][0]["name"].get<std::string>();
}

namespace {
json FirstOf(const json& answer, const char* items, const char* field, const std::string& value) {
  if (answer.is_null()) return nullptr;
  for (const json& item : answer[items]) {
    if (item[field] == value) return item;
  }
  ADD_FAILURE() << "no item of " << items << " has " << field << " = " << value;
  return nullptr;
}
}  // namespace

std::string IdIn(const json& name) {
  const auto text = name.get<std::string>();
  return text.substr(text.find('/') + 1);
}

json Stack::ParentPlan() {
  return FirstOf(Get("campaign.v1.PlanService/ListPlans", {{"page_size", 100}}), "plans", "number",
                 "584");
}

json Stack::ChildPlan() {
  return FirstOf(Get("campaign.v1.PlanService/ListPlans", {{"page_size", 100}}), "plans", "number",
                 "999");
}

json Stack::Publication() {
  const json list =
      Get("scoring.v1.RankingService/ListPublications", {{"block", "xa"}, {"year", 2023}});
  if (list.is_null() || list["publications"].empty()) return nullptr;
  return Get("scoring.v1.RankingService/GetPublication",
             {{"name", list["publications"][0]["name"]}});
}

json Stack::Nomination() {
  const std::string unit = Unit("H00.20.11");
  const json list = Get("awards.v1.NominationService/ListNominations", {{"unit", unit}});
  if (list.is_null() || list["nominations"].empty()) return nullptr;
  return Get("awards.v1.NominationService/GetNomination",
             {{"name", list["nominations"][0]["name"]}});
}

json Stack::Certificate() {
  const json list =
      Get("awards.v1.CertificateService/ListCertificates", {{"unit", Unit("H00.20.11")}});
  return list.is_null() || list["certificates"].empty() ? json() : list["certificates"][0];
}

RestAnswer Rest(Stack& stack, const std::string& verb, const std::string& path,
                const std::string& body, const std::string& token,
                const std::string& content_type) {
  RestAnswer answer;
  CURL* curl = curl_easy_init();
  const std::string url = "https://localhost:" + std::to_string(stack.port(43)) + path;
  const std::string ca = stack.var() + "/tls/ca.crt";
  curl_slist* headers = nullptr;
  if (!token.empty())
    headers = curl_slist_append(headers, ("Authorization: Bearer " + token).c_str());
  if (!body.empty())
    headers = curl_slist_append(headers, ("Content-Type: " + content_type).c_str());
  headers = curl_slist_append(headers, "Expect:");
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CAINFO, ca.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, verb.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
  if (!body.empty() || verb != "GET") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  curl_easy_setopt(
      curl, CURLOPT_WRITEFUNCTION, +[](char* data, size_t size, size_t count, void* to) -> size_t {
        static_cast<std::string*>(to)->append(data, size * count);
        return size * count;
      });
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) ADD_FAILURE() << verb << " " << path << ": " << curl_easy_strerror(code);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) answer.content_type = type;
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return answer;
}

std::string ReasonIn(const json& body) {
  if (body.is_object()) {
    if (body.contains("reason") && body["reason"].is_string())
      return body["reason"].get<std::string>();
    for (const auto& [key, value] : body.items()) {
      if (std::string found = ReasonIn(value); !found.empty()) return found;
    }
  }
  if (body.is_array()) {
    for (const json& value : body) {
      if (std::string found = ReasonIn(value); !found.empty()) return found;
    }
  }
  return "";
}

}  // namespace thidua::e2e
