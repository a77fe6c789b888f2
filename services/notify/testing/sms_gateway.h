// A real SMS gateway for tests: Kannel's bearerbox and smsbox with its fake centre, and a sink that
// is the centre. On free ports of 127.0.0.1; numbers that begin with +8499 are refused.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace thidua::notify::testing {

// A message that reached the centre.
struct ReceivedSms {
  std::string from;
  std::string to;
  std::string text;
};

class SmsGateway {
 public:
  // Ends the test program when the gateway cannot be started.
  SmsGateway();
  ~SmsGateway();
  SmsGateway(const SmsGateway&) = delete;
  SmsGateway& operator=(const SmsGateway&) = delete;

  std::string url() const;
  static std::string user() { return "thidua"; }
  static std::string password() { return "test-password"; }

  // Out of order, and back again. What it has taken over outlives it.
  void Stop();
  void Start();
  // smsbox takes connections and reads nothing any more, as if it hung …
  void Freeze();
  // … until a whole request of `bytes` or more waits there unread …
  void AwaitRequest(int bytes) const;
  // … and then dies.
  void KillFrozen();

  // All messages that reached the centre so far, in order; waits until there are `least` of them.
  std::vector<ReceivedSms> Messages(size_t least = 0) const;
  // What the boxes wrote to their logs.
  std::string Logs() const;

 private:
  enum Port { kAdmin, kBox, kCentre, kSendsms, kPorts };
  void Spawn(const std::string& name, std::vector<std::string> command);
  void Kill(const std::string& name, int signal);
  bool Listens(Port port) const;
  // Whether smsbox has made itself known to bearerbox.
  bool Joined() const;

  std::string directory_;
  std::string programs_;
  int ports_[kPorts] = {};
  std::map<std::string, pid_t> processes_;
};

}  // namespace thidua::notify::testing
