#include "platform/service_options.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:0", "gRPC address; loopback only");
ABSL_FLAG(std::string, metrics_listen, "127.0.0.1:0", "address of /metrics; empty for none");
ABSL_FLAG(std::string, profile, "production",
          "production, local or test; only local and test let business time be moved");
ABSL_FLAG(std::string, jwks_file, "", "trusted public keys (JWKS with thidua_use); required");
ABSL_FLAG(std::string, key_file, "", "this service's private key (PEM, Ed25519); required");
ABSL_FLAG(int, workers, 8, "threads that answer unary calls, 1..64");
ABSL_FLAG(int, queue_limit, 256, "unary calls that may wait for a thread");
ABSL_FLAG(int, snapshot_streams, 4,
          "streams at once that read a whole state (ExportSnapshot, ExportAuditLog); each holds a "
          "connection to the database; less than --db_connections");
ABSL_FLAG(int, watch_streams, 8,
          "WatchEvents at once; with --snapshot_streams less than the 16 stream workers, so that "
          "downloads find one");
ABSL_FLAG(std::string, db_socket, "", "unix socket of MariaDB; wins over --db_host");
ABSL_FLAG(std::string, db_host, "127.0.0.1", "host of MariaDB");
ABSL_FLAG(int, db_port, 3306, "port of MariaDB");
ABSL_FLAG(std::string, db_schema, "", "schema; default thidua_<service>");
ABSL_FLAG(std::string, db_user, "", "user; default thidua_<service>");
ABSL_FLAG(std::string, db_password_file, "", "file that holds the password; empty: no password");
ABSL_FLAG(std::string, db_tls_ca, "",
          "CA certificate (PEM); when set, TLS is enforced and verified");
ABSL_FLAG(int, db_connections, 16, "connections to the database, 1..200");
ABSL_FLAG(std::string, data_dir, "", "folder for files and copies of signed tree heads; required");
ABSL_FLAG(std::string, campaign, "", "address of the campaign service");
ABSL_FLAG(std::string, scoring, "", "address of the scoring service");
ABSL_FLAG(std::string, awards, "", "address of the awards service");
ABSL_FLAG(std::string, migrations, "services", "folder that holds <service>/migrations");

namespace thidua::platform {
namespace {

// THIDUA_DB_SOCKET=… sets --db_socket unless the command line does. An unknown THIDUA_ name that
// looks like a flag of ours would be a typing error; names used by scripts are listed.
void ReadEnvironment(std::vector<std::string>* problems) {
  for (auto& [name, flag] : absl::GetAllFlags()) {
    const std::string variable = "THIDUA_" + absl::AsciiStrToUpper(name);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) continue;
    std::string error;
    if (!flag->ParseFrom(value, &error)) problems->push_back(absl::StrCat(variable, ": ", error));
  }
}

std::string ReadPassword(const std::string& file, std::vector<std::string>* problems) {
  if (file.empty()) return "";
  std::ifstream in(file);
  if (!in) {
    problems->push_back("--db_password_file: cannot read " + file);
    return "";
  }
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

ServiceOptions ParseServiceOptionsOrExit(const std::string& service_name, int argc, char** argv) {
  std::vector<std::string> problems;
  absl::SetProgramUsageMessage(
      "Thi Đua, " + service_name +
      " service. Every flag may also be given as THIDUA_<FLAG> in the environment.");
  absl::FlagsUsageConfig usage;  // --help shows these flags and those of the program's main.cc
  usage.contains_help_flags = [](absl::string_view file) {
    return absl::EndsWith(file, "service_options.cc") || absl::EndsWith(file, "main.cc");
  };
  absl::SetFlagsUsageConfig(usage);
  ReadEnvironment(&problems);
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  for (size_t i = 1; i < rest.size(); ++i)
    problems.push_back(std::string("unexpected argument ") + rest[i]);

  ServiceOptions options;
  options.host.service_name = service_name;
  options.host.listen = absl::GetFlag(FLAGS_listen);
  options.host.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  options.host.profile = absl::GetFlag(FLAGS_profile);
  options.host.jwks_file = absl::GetFlag(FLAGS_jwks_file);
  options.host.workers = absl::GetFlag(FLAGS_workers);
  options.host.queue_limit = absl::GetFlag(FLAGS_queue_limit);
  options.host.snapshot_streams = absl::GetFlag(FLAGS_snapshot_streams);
  options.host.watch_streams = absl::GetFlag(FLAGS_watch_streams);
  options.database.socket = absl::GetFlag(FLAGS_db_socket);
  options.database.host = absl::GetFlag(FLAGS_db_host);
  options.database.port = absl::GetFlag(FLAGS_db_port);
  options.database.schema = absl::GetFlag(FLAGS_db_schema);
  if (options.database.schema.empty()) options.database.schema = "thidua_" + service_name;
  options.database.user = absl::GetFlag(FLAGS_db_user);
  if (options.database.user.empty()) options.database.user = "thidua_" + service_name;
  options.database.password = ReadPassword(absl::GetFlag(FLAGS_db_password_file), &problems);
  options.database.tls_ca_file = absl::GetFlag(FLAGS_db_tls_ca);
  options.database.connections = absl::GetFlag(FLAGS_db_connections);
  options.database.require_worker_thread = true;  // SQL that blocks a gRPC callback fails loudly
  options.key_file = absl::GetFlag(FLAGS_key_file);
  options.data_directory = absl::GetFlag(FLAGS_data_dir);
  options.campaign_peer = absl::GetFlag(FLAGS_campaign);
  options.scoring_peer = absl::GetFlag(FLAGS_scoring);
  options.awards_peer = absl::GetFlag(FLAGS_awards);
  options.migrations_root = absl::GetFlag(FLAGS_migrations);

  const auto require = [&](const std::string& value, const char* flag) {
    if (value.empty()) problems.push_back(std::string(flag) + " is required");
  };
  require(options.host.jwks_file, "--jwks_file");
  require(options.key_file, "--key_file");
  require(options.data_directory, "--data_dir");
  const std::string& profile = options.host.profile;
  if (profile != "production" && profile != "local" && profile != "test") {
    problems.push_back("--profile must be production, local or test, not " + profile);
  }
  if (options.host.workers < 1 || options.host.workers > 64)
    problems.push_back("--workers must be 1..64");
  if (options.host.queue_limit < 1) problems.push_back("--queue_limit must be at least 1");
  if (options.database.connections < 1 || options.database.connections > 200) {
    problems.push_back("--db_connections must be 1..200");
  }
  const HostOptions& host = options.host;
  if (host.snapshot_streams < 1 || host.snapshot_streams >= options.database.connections) {
    problems.push_back("--snapshot_streams must be at least 1 and less than --db_connections");
  }
  if (host.watch_streams < 1 || host.snapshot_streams + host.watch_streams >= host.stream_workers) {
    problems.push_back("--watch_streams must be at least 1 and with --snapshot_streams less than " +
                       std::to_string(host.stream_workers));
  }
  if (!problems.empty()) {
    for (const std::string& problem : problems) {
      std::fprintf(stderr, "thidua-%s: %s\n", service_name.c_str(), problem.c_str());
    }
    std::exit(2);
  }
  return options;
}

}  // namespace thidua::platform
