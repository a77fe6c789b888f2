// The commands of thiduactl: one row of the table in commands.cc for each.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "thiduactl/session.h"

namespace thidua::ctl {

// A flag as help shows it: --name=VALUE.
struct Flag {
  std::string name;
  std::string value;  // empty: a switch
  std::string help;   // one line, Vietnamese
};

struct Command {
  std::vector<std::string> words;  // "rankings", "why"
  std::string arguments;           // as shown in help
  std::string help;                // one line, Vietnamese
  // `rest` are the words after the command's own.
  absl::Status (*run)(Session& session, const std::vector<std::string>& rest);
  std::vector<Flag> flags = {};  // its own; all commands have CommonFlags()
  bool needs_server = true;      // false: `session` has no client
};

const std::vector<Command>& Commands();
const std::vector<Flag>& CommonFlags();

// Prints JSON with --json, else calls `human`.
absl::Status Show(Session& session, const json& value, absl::FunctionRef<void(const json&)> human);
absl::Status WrongArguments(const std::string& expected);
absl::StatusOr<std::string> ReadFile(const std::string& path);

// What is left of an enum's name without the enum's own: ("UNIT_TYPE_COMMUNE", "UNIT_TYPE_") gives
// "COMMUNE". A name that does not begin so, an empty one too, stays as it is.
std::string ShortName(const std::string& name, const std::string& prefix);

// help.cc
absl::Status PrintHelp(Session&, const std::vector<std::string>&);
// commands_access.cc
absl::Status KeysGenerate(Session&, const std::vector<std::string>&);
absl::Status PrintToken(Session&, const std::vector<std::string>&);
// commands_platform.cc
absl::Status Health(Session&, const std::vector<std::string>&);
absl::Status CallMethod(Session&, const std::vector<std::string>&);
absl::Status ClockShow(Session&, const std::vector<std::string>&);
absl::Status ClockSet(Session&, const std::vector<std::string>&);
absl::Status FeedsWait(Session&, const std::vector<std::string>&);
// For steps that go on from there (rest.h): everything is at rest.
absl::Status WaitForRest(Session& session);
absl::Status Demo(Session&, const std::vector<std::string>&);
// audit_verify.cc
absl::Status AuditVerify(Session&, const std::vector<std::string>&);
// commands_campaign.cc
absl::Status UnitsList(Session&, const std::vector<std::string>&);
absl::Status UnitsShow(Session&, const std::vector<std::string>&);
absl::Status UnitsImport(Session&, const std::vector<std::string>&);
absl::Status PeopleImport(Session&, const std::vector<std::string>&);
absl::Status RolesImport(Session&, const std::vector<std::string>&);
absl::Status PlansList(Session&, const std::vector<std::string>&);
absl::Status PlansShow(Session&, const std::vector<std::string>&);
absl::Status TasksImport(Session&, const std::vector<std::string>&);
absl::Status UnitsTemplate(Session&, const std::vector<std::string>&);
absl::Status PeopleTemplate(Session&, const std::vector<std::string>&);
absl::Status RolesTemplate(Session&, const std::vector<std::string>&);
absl::Status TasksTemplate(Session&, const std::vector<std::string>&);
// commands_movement.cc
absl::Status PlansAcknowledgements(Session&, const std::vector<std::string>&);
absl::Status PlansReviews(Session&, const std::vector<std::string>&);
absl::Status ReportsMissing(Session&, const std::vector<std::string>&);
absl::Status WorkList(Session&, const std::vector<std::string>&);
absl::Status IssuesList(Session&, const std::vector<std::string>&);
absl::Status IssuesShow(Session&, const std::vector<std::string>&);
absl::Status ExemplarsList(Session&, const std::vector<std::string>&);
// report_movement.cc
absl::Status ReportMovement(Session&, const std::vector<std::string>&);
// commands_scoring.cc
absl::Status DossiersPush(Session&, const std::vector<std::string>&);
absl::Status RankingsList(Session&, const std::vector<std::string>&);
absl::Status RankingsShow(Session&, const std::vector<std::string>&);
absl::Status RankingsWhy(Session&, const std::vector<std::string>&);
absl::Status RankingsReplay(Session&, const std::vector<std::string>&);
// commands_awards.cc
absl::Status CertificatesVerify(Session&, const std::vector<std::string>&);
absl::Status DecisionsDownload(Session&, const std::vector<std::string>&);
// state_digest.cc
absl::Status StateDigest(Session&, const std::vector<std::string>&);
absl::Status StateShow(Session&, const std::vector<std::string>&);
// demo/demo.cc
absl::Status RunDemo(Session&, const std::vector<std::string>&);

}  // namespace thidua::ctl
