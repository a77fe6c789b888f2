// thidua-migrate: brings one schema to the version of this build.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/db/deadline.h"
#include "platform/db/migrate.h"
#include "platform/db/pool.h"
#include "platform/feed/sequencer.h"
#include "platform/status.h"

ABSL_FLAG(
    std::string, service, "",
    "campaign, scoring, awards or notify: all series of its schema, found under --migrations");
ABSL_FLAG(std::string, migrations, "services", "folder that holds platform/ and <service>/");
ABSL_FLAG(std::vector<std::string>, series, {},
          "instead of --service: name=folder,… in the order of applying");
ABSL_FLAG(std::string, db_socket, "", "unix socket of MariaDB; wins over --db_host");
ABSL_FLAG(std::string, db_host, "127.0.0.1", "host of MariaDB");
ABSL_FLAG(int, db_port, 3306, "port of MariaDB");
ABSL_FLAG(std::string, db_schema, "", "schema; default thidua_<service>");
ABSL_FLAG(std::string, db_user, "", "user with DDL rights; default thidua_<service>_ddl");
ABSL_FLAG(std::string, db_password_file, "", "file that holds the password; empty: no password");
ABSL_FLAG(std::string, db_tls_ca, "",
          "CA certificate (PEM); when set, TLS is enforced and verified");
ABSL_FLAG(absl::Duration, lock_wait, absl::Seconds(15),
          "how long to wait, four times, for another migration or for a table in use");
ABSL_FLAG(absl::Duration, statement_time, absl::Hours(2), "how long one statement may take");
ABSL_FLAG(bool, dry_run, false, "say what would be applied and change nothing");
ABSL_FLAG(
    std::string, resolve, "",
    "<series>/<NNNN_name>=applied|undone: what a person found of a migration that was cut off");
ABSL_FLAG(bool, new_epoch, false,
          "apply nothing; begin a new epoch of the schema's feed, so that its readers start again "
          "from a snapshot: once after a restore, before anything is served");

namespace thidua::db {
namespace {

constexpr char kUsage[] =
    "Applies what is missing of the migrations of a schema, in order, each once; checks that what "
    "is applied has not changed. Every flag may also be given as THIDUA_<FLAG> in the environment. "
    "Exit status: 0 the schema is at the version of these files, 1 it is not, 2 wrong usage.\n\n"
    "  thidua-migrate --service=campaign --db_socket=var/mariadb/socket "
    "--db_password_file=var/secrets/campaign_ddl.password";

void ReadEnvironment(std::vector<std::string>* problems) {
  for (auto& [name, flag] : absl::GetAllFlags()) {
    const std::string variable = "THIDUA_" + absl::AsciiStrToUpper(name);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) continue;
    std::string error;
    if (!flag->ParseFrom(value, &error)) {
      problems->push_back(absl::StrCat(variable, ": ", error));
    }
  }
}

Options ReadConnection(const std::string& service, std::vector<std::string>* problems) {
  Options options;
  options.socket = absl::GetFlag(FLAGS_db_socket);
  options.host = absl::GetFlag(FLAGS_db_host);
  options.port = absl::GetFlag(FLAGS_db_port);
  options.schema = absl::GetFlag(FLAGS_db_schema);
  options.user = absl::GetFlag(FLAGS_db_user);
  if (!service.empty() && options.schema.empty()) options.schema = "thidua_" + service;
  if (!service.empty() && options.user.empty()) options.user = "thidua_" + service + "_ddl";
  options.tls_ca_file = absl::GetFlag(FLAGS_db_tls_ca);
  options.connections = 2;  // one holds the lock, one works
  options.lock_wait = absl::GetFlag(FLAGS_lock_wait);
  options.io_timeout = absl::GetFlag(FLAGS_statement_time);
  const std::string password_file = absl::GetFlag(FLAGS_db_password_file);
  if (!password_file.empty()) {
    std::ifstream in(password_file);
    if (!std::getline(in, options.password)) {
      problems->push_back("--db_password_file: cannot read " + password_file);
    }
  }
  return options;
}

std::vector<MigrationSeries> ReadSeriesFlags(const std::string& service,
                                             std::vector<std::string>* problems) {
  const std::vector<std::string> given = absl::GetFlag(FLAGS_series);
  if (service.empty() == given.empty()) {
    problems->push_back("give either --service or --series");
    return {};
  }
  if (!service.empty()) return SeriesOfService(absl::GetFlag(FLAGS_migrations), service);
  std::vector<MigrationSeries> series;
  for (const std::string& one : given) {
    const size_t equals = one.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == one.size()) {
      problems->push_back("--series: «" + one + "» is not name=folder");
      continue;
    }
    series.push_back({one.substr(0, equals), one.substr(equals + 1)});
  }
  return series;
}

int Fail(const absl::Status& status) {
  const std::string reason = platform::ReasonOf(status);
  std::fprintf(stderr, "LỖI: %s\nERROR: %s%s%s\n", platform::TextOf(status, "vi").c_str(),
               platform::TextOf(status, "en").c_str(), reason.empty() ? "" : " · ", reason.c_str());
  const std::string code = platform::MetadataOf(status, "sql_code");
  if (!code.empty()) std::fprintf(stderr, "MariaDB: %s\n", code.c_str());
  return 1;
}

int Resolve(Pool& pool, const std::vector<MigrationSeries>& series, const std::string& order) {
  const size_t equals = order.rfind('=');
  const std::string how = equals == std::string::npos ? "" : order.substr(equals + 1);
  if (how != "applied" && how != "undone") {
    std::fprintf(stderr, "--resolve: «%s» is not <series>/<NNNN_name>=applied|undone\n",
                 order.c_str());
    return 2;
  }
  const absl::Status status =
      ResolveMigration(pool, series, order.substr(0, equals),
                       how == "applied" ? Resolution::kApplied : Resolution::kUndone);
  if (!status.ok()) return Fail(status);
  std::printf("%s\n", order.c_str());
  return 0;
}

int DryRun(Pool& pool, const std::vector<MigrationSeries>& series) {
  const absl::StatusOr<std::vector<std::string>> pending = PendingMigrations(pool, series);
  if (!pending.ok()) return Fail(pending.status());
  for (const std::string& name : *pending) std::printf("%s\n", name.c_str());
  std::printf("%zu to apply\n", pending->size());
  return 0;
}

int NewEpoch(Pool& pool) {
  const absl::StatusOr<std::string> epoch =
      feed::StartNewEpoch(pool, absl::Now(), DeadlineIn(absl::Minutes(1)));
  if (!epoch.ok()) return Fail(epoch.status());
  std::printf("epoch %s\n", epoch->c_str());
  return 0;
}

int Run(int argc, char** argv) {
  absl::SetProgramUsageMessage(kUsage);
  absl::FlagsUsageConfig usage;  // --help shows the flags of this file
  usage.contains_help_flags = [](absl::string_view file) {
    return absl::EndsWith(file, "migrate_main.cc");
  };
  absl::SetFlagsUsageConfig(usage);
  std::vector<std::string> problems;
  ReadEnvironment(&problems);
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  for (size_t i = 1; i < rest.size(); ++i) {
    problems.push_back(absl::StrCat("unexpected argument ", rest[i]));
  }
  const std::string service = absl::GetFlag(FLAGS_service);
  const std::vector<MigrationSeries> series = ReadSeriesFlags(service, &problems);
  const Options options = ReadConnection(service, &problems);
  absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(options);
  for (const platform::FieldViolation& wrong : platform::FieldsOf(pool.status())) {
    problems.push_back(absl::StrCat("--db_", wrong.field, ": ", wrong.text.en));
  }
  if (!problems.empty()) {
    for (const std::string& problem : problems) std::fprintf(stderr, "%s\n", problem.c_str());
    std::fprintf(stderr, "See --help.\n");
    return 2;
  }
  if (!pool.ok()) return Fail(pool.status());
  if (const std::string order = absl::GetFlag(FLAGS_resolve); !order.empty()) {
    return Resolve(**pool, series, order);
  }
  if (absl::GetFlag(FLAGS_new_epoch)) return NewEpoch(**pool);
  if (absl::GetFlag(FLAGS_dry_run)) return DryRun(**pool, series);
  const absl::StatusOr<MigrationReport> report =
      Migrate(**pool, series, [](const std::string& name, absl::Duration took) {
        std::printf("%-48s %8lld ms\n", name.c_str(),
                    static_cast<long long>(absl::ToInt64Milliseconds(took)));
        std::fflush(stdout);
      });
  if (!report.ok()) return Fail(report.status());
  std::printf("%s: %zu applied, %d already there\n", options.schema.c_str(), report->applied.size(),
              report->already_applied);
  return 0;
}

}  // namespace
}  // namespace thidua::db

int main(int argc, char** argv) { return thidua::db::Run(argc, argv); }
