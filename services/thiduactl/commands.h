// The commands of thiduactl: one row of the table in commands.cc for each.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "thiduactl/session.h"

namespace thidua::ctl {

struct Command {
  std::vector<std::string> words;  // "rankings", "why"
  std::string arguments;           // as shown in --help
  std::string help;                // one line, Vietnamese
  // `rest` are the words after the command's own.
  absl::Status (*run)(Session& session, const std::vector<std::string>& rest);
};

const std::vector<Command>& Commands();

// Prints JSON with --json, else calls `human`.
absl::Status Show(Session& session, const json& value, absl::FunctionRef<void(const json&)> human);
absl::Status WrongArguments(const std::string& expected);
absl::StatusOr<std::string> ReadFile(const std::string& path);

// commands_access.cc
absl::Status KeysGenerate(Session&, const std::vector<std::string>&);
absl::Status PrintToken(Session&, const std::vector<std::string>&);
// commands_platform.cc
absl::Status Health(Session&, const std::vector<std::string>&);
absl::Status CallMethod(Session&, const std::vector<std::string>&);
absl::Status ClockShow(Session&, const std::vector<std::string>&);
absl::Status ClockSet(Session&, const std::vector<std::string>&);
absl::Status FeedsWait(Session&, const std::vector<std::string>&);
absl::Status WaitForFeeds(Session& session);
absl::Status AuditVerify(Session&, const std::vector<std::string>&);
// commands_campaign.cc
absl::Status UnitsList(Session&, const std::vector<std::string>&);
absl::Status UnitsShow(Session&, const std::vector<std::string>&);
absl::Status UnitsImport(Session&, const std::vector<std::string>&);
absl::Status PeopleImport(Session&, const std::vector<std::string>&);
absl::Status RolesImport(Session&, const std::vector<std::string>&);
absl::Status PlansList(Session&, const std::vector<std::string>&);
absl::Status PlansShow(Session&, const std::vector<std::string>&);
// commands_scoring.cc
absl::Status DossiersPush(Session&, const std::vector<std::string>&);
absl::Status RankingsList(Session&, const std::vector<std::string>&);
absl::Status RankingsShow(Session&, const std::vector<std::string>&);
absl::Status RankingsWhy(Session&, const std::vector<std::string>&);
absl::Status RankingsReplay(Session&, const std::vector<std::string>&);
// commands_awards.cc
absl::Status CertificatesVerify(Session&, const std::vector<std::string>&);
// state_digest.cc
absl::Status StateDigest(Session&, const std::vector<std::string>&);
// demo/demo.cc
absl::Status RunDemo(Session&, const std::vector<std::string>&);

}  // namespace thidua::ctl
