// Hostile clients at the edge: meanwhile others are served nearly as quickly as before, and nothing
// keeps memory afterwards. attack.py has the attacks.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "absl/time/clock.h"
#include "chaos/caller.h"
#include "chaos/latency.h"
#include "chaos/memory.h"
#include "chaos/rest_client.h"
#include "chaos/settings.h"

namespace thidua::chaos {
namespace {

constexpr int kCalls = 400;  // in a window: the limit for what needs no token is 200 a second
constexpr absl::Duration kPace = absl::Milliseconds(8);
constexpr absl::Duration kTimeout = absl::Seconds(10);
constexpr double kMostSlowdown = 2.0;
// What a connection may leave in the allocator of nginx once it is closed.
constexpr int64_t kMostKbEach = 8;

// attack.py in a process of its own, with less right to the processor: in earnest its machines
// would not be ours.
class Attack {
 public:
  Attack(e2e::Stack& stack, const std::string& kind, int count) {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) std::abort();
    const std::string port = std::to_string(stack.port(43));
    const std::string number = std::to_string(count);
    const std::string token =
        "ATTACK_TOKEN=" + stack.TokenOfEveryRight("person:00000000000000000000000005", "*");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execl("/usr/bin/env", "env", token.c_str(), "nice", "-n", "10", "python3",
              "tests/chaos/attack.py", kind.c_str(), port.c_str(), number.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = ::fdopen(out[0], "r");
    EXPECT_EQ(ReadLine(), "ready") << kind;
  }
  ~Attack() {
    if (pid_ > 0) End();
  }
  // Ends it; what it says that it did.
  std::string End() {
    ::close(in_);
    std::string did = ReadLine();
    std::fclose(out_);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    return did;
  }

 private:
  std::string ReadLine() {
    char* line = nullptr;
    size_t capacity = 0;
    std::string read;
    if (::getline(&line, &capacity, out_) > 0) read = line;
    std::free(line);
    while (!read.empty() && read.back() == '\n') read.pop_back();
    return read;
  }
  pid_t pid_ = -1;
  int in_ = -1;
  FILE* out_ = nullptr;
};

class Hostile : public ::testing::Test {
 protected:
  static e2e::Stack& stack() { return e2e::Stack::WithDemo(); }

  Hostile()
      : client_(Client(stack(), kTimeout)),
        edge_("https://localhost:" + std::to_string(stack().port(43))),
        ca_(stack().var() + "/tls/ca.crt"),
        rest_(edge_, ca_, kTimeout),
        token_(stack().TokenOfEveryRight("person:00000000000000000000000006", "*")),
        publication_(stack().Publication()["name"].get<std::string>()) {}

  // Half of the calls by gRPC, half by REST, every tenth by somebody who comes anew; p99 over all.
  Latency Window() {
    int number = 0;
    const Latency latency = Measure(kCalls, kPace, [&]() -> absl::Status {
      ++number;
      if (number % 10 == 0) return RestClient(edge_, ca_, kTimeout).Call("/v1/plans", token_);
      if (number % 2 == 0) return rest_.Call("/v1/plans", token_);
      return client_->Call("scoring.v1.RankingService/GetPublication", {{"name", publication_}}, "")
          .status();
    });
    EXPECT_EQ(latency.failed, 0) << "calls of others failed";
    return latency;
  }

  void Withstand(const std::string& kind, int count) {
    const int runs = Rounds(3);
    Window();  // warm
    const auto memory_untouched = SettledKb(stack());
    // What a crowd of this size takes once, the allocator keeps; nothing may grow with each crowd.
    Attack(stack(), kind, count).End();
    const auto memory_before = SettledKb(stack());
    std::vector<absl::Duration> calm, attacked, calm50, attacked50;
    const auto measure = [&](std::vector<absl::Duration>* p50, std::vector<absl::Duration>* p99) {
      for (int i = 0; i < runs; ++i) {
        const Latency latency = Window();
        p50->push_back(latency.p50);
        p99->push_back(latency.p99);
      }
    };
    measure(&calm50, &calm);
    std::string did;
    {
      Attack attack(stack(), kind, count);
      measure(&attacked50, &attacked);
      did = attack.End();
    }
    SettledKb(stack());  // connections are closed, memory is given back
    measure(&calm50, &calm);
    const auto memory_after = SettledKb(stack());
    const double ratio = absl::FDivDuration(MedianOf(attacked), MedianOf(calm));
    const auto ms = [](absl::Duration d) { return absl::ToDoubleMilliseconds(d); };
    std::printf("%-15s p50 %.1f → %.1f ms, p99 %.1f → %.1f ms: × %.2f\n  %s\n  ", kind.c_str(),
                ms(MedianOf(calm50)), ms(MedianOf(attacked50)), ms(MedianOf(calm)),
                ms(MedianOf(attacked)), ratio, did.c_str());
    EXPECT_LE(ratio, kMostSlowdown) << kind;
    std::printf("first wave: nginx %.0f → %.0f MB; after a second, longer one ",
                static_cast<double>(memory_untouched.at("nginx")) / 1024,
                static_cast<double>(memory_before.at("nginx")) / 1024);
    ExpectNotGrown(memory_before, memory_after, 1.2);
    EXPECT_LE(memory_before.at("nginx"),
              memory_untouched.at("nginx") + std::max(count, 1000) * kMostKbEach)
        << "even once it may not take what it likes";
    std::cout << std::flush;
  }

  const std::unique_ptr<ctl::RpcClient> client_;
  const std::string edge_;
  const std::string ca_;
  RestClient rest_;
  const std::string token_;
  const std::string publication_;
};

TEST_F(Hostile, ManyThatSayNothing) { Withstand("idle", 10000); }
TEST_F(Hostile, ManyThatDoNotEvenShakeHands) { Withstand("half_open", 10000); }
TEST_F(Hostile, SlowHeaders) { Withstand("slow_headers", 500); }
TEST_F(Hostile, BodiesWithoutEnd) { Withstand("endless_body", 20); }
TEST_F(Hostile, DeepJson) { Withstand("deep_json", 1); }
TEST_F(Hostile, WrongUtf8) { Withstand("wrong_utf8", 1); }
TEST_F(Hostile, StreamsResetAtOnce) { Withstand("rapid_reset", 1); }
TEST_F(Hostile, SettingsWithoutEnd) { Withstand("settings_flood", 1); }

}  // namespace
}  // namespace thidua::chaos
