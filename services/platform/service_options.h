// Options that all domain services share, from flags, then environment (THIDUA_<FLAG>), then
// defaults.
#pragma once

#include <string>
#include <vector>

#include "platform/db/pool.h"
#include "platform/server_host.h"

namespace thidua::platform {

struct ServiceOptions {
  HostOptions host;
  db::Options database;
  std::string key_file;        // this service's private key (PEM): tree heads and its own tokens
  std::string data_directory;  // files and copies of tree heads live here
  std::string campaign_peer;  // host:port of the services whose feeds are read or which are called;
  std::string scoring_peer;   // empty when not needed
  std::string awards_peer;
  std::string migrations_root;  // folder that holds platform/ and the service's own migrations
};

// Reads the command line. Prints all problems at once and exits 2 when something is wrong; --help
// exits 0.
ServiceOptions ParseServiceOptionsOrExit(const std::string& service_name, int argc, char** argv);

}  // namespace thidua::platform
