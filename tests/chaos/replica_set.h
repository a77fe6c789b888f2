// A second process of each service and of the gateway, on the same schemas and data folders, with
// nginx sharing calls out between the two.
#pragma once

#include <sys/types.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "e2e/stack.h"

namespace thidua::chaos {

inline constexpr const char* kServices[] = {"campaign", "scoring", "awards", "notify"};

class ReplicaSet {
 public:
  // Begins with the stack as it is: its processes are the first replicas.
  explicit ReplicaSet(e2e::Stack& stack);
  // Ends the second ones.
  ~ReplicaSet();
  ReplicaSet(const ReplicaSet&) = delete;
  ReplicaSet& operator=(const ReplicaSet&) = delete;

  // Which of the two (0, 1) numbers the events of a service. Waits for one that lives; -1 when none
  // comes forward in time.
  int LeaseHolder(const std::string& service);
  // kill -9 of one of the two.
  void Kill(const std::string& name, int replica);
  // Starts the killed one again and waits until it is healthy.
  void Restart(const std::string& name, int replica);
  pid_t pid(const std::string& name, int replica) const;
  // "127.0.0.1:port" of its gRPC, or of the gateway's HTTP.
  std::string address(const std::string& name, int replica) const;

 private:
  // The command line of the first, moved to the ports of the second.
  std::vector<std::string> CommandOfSecond(const std::string& name) const;
  std::string Moved(std::string argument) const;
  void StartSecond(const std::string& name);
  void AwaitHealthy(const std::string& name, int replica);
  void ShareCallsOut();

  e2e::Stack& stack_;
  const std::string folder_;  // outside the stack's own, whose strays a restart ends
  std::map<std::string, pid_t> second_;
  // Lease holders have names of their own making: the first process is known because it was alone,
  // every other because only one of the two is still without a name.
  std::map<std::string, std::array<std::string, 2>> names_;
  std::map<std::string, int> down_;  // by service: which was killed and not yet started again
  std::set<std::string> dead_;       // names of killed ones
};

}  // namespace thidua::chaos
