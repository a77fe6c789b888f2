// REST calls on one kept connection, as a portal makes them.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace thidua::chaos {

class RestClient {
 public:
  // `base`: "https://localhost:7443"; `ca_file` may be empty for plain HTTP.
  RestClient(std::string base, std::string ca_file, absl::Duration timeout);
  ~RestClient();
  RestClient(const RestClient&) = delete;
  RestClient& operator=(const RestClient&) = delete;
  // OK for 2xx; UNAVAILABLE for 502, 503 and when nobody answers; DEADLINE_EXCEEDED for 504 and for
  // an answer that does not come in time; UNKNOWN with the status for everything else. `body` may
  // be null; `data` empty makes it a GET.
  absl::Status Call(const std::string& path, const std::string& token = "",
                    const std::string& data = "", std::string* body = nullptr);

 private:
  const std::string base_;
  const std::string ca_file_;
  const absl::Duration timeout_;
  void* curl_;
};

}  // namespace thidua::chaos
