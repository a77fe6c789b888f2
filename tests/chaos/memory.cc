#include "chaos/memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "absl/time/clock.h"

namespace thidua::chaos {
namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitizer = true;
#else
constexpr bool kSanitizer = false;
#endif
#else
constexpr bool kSanitizer = false;
#endif
// Stacks of threads, caches of connections: used once, kept.
constexpr int64_t kAsideKb = 4096;
constexpr absl::Duration kLook = absl::Seconds(1);
constexpr absl::Duration kSteady = absl::Seconds(3);
constexpr absl::Duration kSettles = absl::Minutes(1);

int64_t ResidentOf(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("VmRSS:", 0) == 0) return std::atoll(line.c_str() + 6);
  }
  return 0;
}

std::vector<int> ChildrenOf(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  std::vector<int> children;
  for (int child = 0; in >> child;) children.push_back(child);
  return children;
}

bool Agree(const std::map<std::string, int64_t>& before,
           const std::map<std::string, int64_t>& after) {
  return std::all_of(before.begin(), before.end(), [&](const auto& one) {
    return std::abs(after.at(one.first) - one.second) * 100 <= one.second;
  });
}

}  // namespace

std::map<std::string, int64_t> ResidentKb(const e2e::Stack& stack) {
  std::map<std::string, int64_t> resident;
  for (const char* name : {"campaign", "scoring", "awards", "notify", "gateway", "nginx"}) {
    const int pid = stack.Pid(name);
    resident[name] = ResidentOf(pid);
    for (const int child : ChildrenOf(pid)) resident[name] += ResidentOf(child);
  }
  return resident;
}

std::map<std::string, int64_t> SettledKb(const e2e::Stack& stack) {
  const absl::Time give_up = absl::Now() + kSettles;
  std::map<std::string, int64_t> first = ResidentKb(stack);
  std::map<std::string, int64_t> last = first;
  for (absl::Time since = absl::Now(); absl::Now() < give_up;) {
    absl::SleepFor(kLook);
    last = ResidentKb(stack);
    if (!Agree(first, last)) {
      first = last;
      since = absl::Now();
    } else if (absl::Now() - since >= kSteady) {
      return last;
    }
  }
  std::printf("memory has not come to rest within %s\n", absl::FormatDuration(kSettles).c_str());
  return last;
}

void ExpectNotGrown(const std::map<std::string, int64_t>& before,
                    const std::map<std::string, int64_t>& after, double most) {
  std::printf("memory (MB before → after):");
  for (const auto& [name, kb] : before) {
    const int64_t now = after.at(name);
    std::printf(" %s %.0f → %.0f", name.c_str(), static_cast<double>(kb) / 1024,
                static_cast<double>(now) / 1024);
    if (kSanitizer) continue;
    EXPECT_LE(static_cast<double>(now), static_cast<double>(kb) * most + kAsideKb) << name;
  }
  std::printf("\n");
}

}  // namespace thidua::chaos
