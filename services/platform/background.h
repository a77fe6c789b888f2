// Work that a process does beside answering calls: sequencing, reading feeds, sending mail.
#pragma once

#include <string>

namespace thidua::platform {

class BackgroundTask {
 public:
  virtual ~BackgroundTask() = default;
  // In thread names and metrics; at most 15 characters.
  virtual std::string name() const = 0;
  // Runs on a thread of its own (a worker in the sense of Executor::OnWorker) until Stop.
  virtual void Run() = 0;
  // Makes Run return soon. Called once, from another thread.
  virtual void Stop() = 0;
};

}  // namespace thidua::platform
