// The command line of thidua-gateway: flags, then environment (THIDUA_<FLAG>), then defaults.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/headers.h"
#include "gateway/openapi.h"
#include "gateway/session.h"
#include "gateway/upstreams.h"

namespace thidua::gateway {

struct GatewayOptions {
  std::string listen = "127.0.0.1:7400";
  std::string metrics_listen = "127.0.0.1:7410";  // empty: none
  std::string descriptors;
  std::vector<UpstreamAddress> upstreams;
  HttpLimits http;
  TimeLimits time;
  int threads = 2;
  absl::Duration drain = absl::Seconds(20);
  ApiInfo api{"Thi Đua API", "0"};
};

struct CommandLine {
  GatewayOptions options;
  bool help = false;
  bool openapi = false;  // print the document and leave
  std::vector<std::string> problems;
};

// `environment` gives the value of a variable, or nothing.
CommandLine ParseCommandLine(
    const std::vector<std::string>& arguments,
    const std::function<std::optional<std::string>(const std::string&)>& environment);

std::string HelpText();

}  // namespace thidua::gateway
