// A way to send SMS. One implementation speaks to Kannel; tests put their own in its place to break
// it on purpose.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "notify/channels/channel.h"
#include "notify/channels/sms.h"

namespace thidua::notify::channels {

class SmsChannel {
 public:
  virtual ~SmsChannel() = default;
  // Sends one SMS; blocks for a bounded time. Called by one thread at a time.
  virtual SendResult Send(const Sms& sms) = 0;
};

// The sendsms interface of a Kannel smsbox.
struct KannelOptions {
  std::string url;       // http://host:port/cgi-bin/sendsms or https://…
  std::string user;      // of a sendsms-user group
  std::string password;  // never logged
  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration send_timeout = absl::Seconds(15);  // of the whole exchange; less than a lease
};

// Checks the URL. http:// goes to loopback only, because the password and people's numbers go over
// it; certificates of https:// are verified.
absl::StatusOr<std::unique_ptr<SmsChannel>> NewKannelChannel(KannelOptions options);

}  // namespace thidua::notify::channels
