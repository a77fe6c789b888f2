// Whether ThreadSanitizer, as the preset "tsan" runs it, finds races of ours and nothing else:
//   race_proof plain|other_mutex|callback|guarded|notified|awaited
// The first three race and must be reported although the suppressions are active; the others do
// not.
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/arena.h"

namespace thidua {

int g_value = 0;

void Write() { ++g_value; }

void Both(const std::function<void()>& one, const std::function<void()>& other) {
  std::thread first(one);
  std::thread second(other);
  first.join();
  second.join();
}

int Run(const std::string& what) {
  absl::Mutex mutex;
  absl::Mutex other;
  if (what == "plain") {
    Both(Write, Write);
  } else if (what == "other_mutex") {
    Both(
        [&] {
          absl::MutexLock lock(&mutex);
          Write();
        },
        [&] {
          absl::MutexLock lock(&other);
          Write();
        });
  } else if (what == "callback") {
    // Called by code of a library that is not instrumented.
    const auto run = [] {
      google::protobuf::Arena arena;
      arena.OwnCustomDestructor(&g_value, [](void*) { Write(); });
    };
    Both(run, run);
  } else if (what == "guarded") {
    const auto run = [&] {
      absl::MutexLock lock(&mutex);
      Write();
    };
    Both(run, run);
  } else if (what == "notified") {
    absl::Notification done;
    Both(
        [&] {
          Write();
          done.Notify();
        },
        [&] {
          done.WaitForNotification();
          Write();
        });
  } else if (what == "awaited") {
    bool ready = false;
    Both(
        [&] {
          Write();
          absl::MutexLock lock(&mutex);
          ready = true;
        },
        [&] {
          mutex.LockWhen(absl::Condition(&ready));
          mutex.Unlock();
          Write();
        });
  } else {
    return 2;
  }
  std::printf("%s %d\n", what.c_str(), g_value);
  return g_value == 2 ? 0 : 1;
}

}  // namespace thidua

int main(int argc, char** argv) { return thidua::Run(argc == 2 ? argv[1] : ""); }
