// All SQL of issues.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/issues/rules_issues.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::issues {

struct Step {
  Move move = Move::kRaise;
  std::string text;
  std::string document_number;
  std::optional<absl::CivilDay> document_date;
  std::vector<std::string> files;  // "files/<id>"
  std::optional<absl::CivilDay> due;
  std::string actor;
  absl::CivilDay date;
};

struct Issue {
  std::string id;
  std::string plan_id;
  std::string unit_id;
  std::string coordinator_id;
  std::string issuer_id;
  std::string title;
  std::string field;  // "STEERING" and so on; empty for none
  State state = State::kRaised;
  std::optional<absl::CivilDay> due;
  absl::CivilDay raised;
  std::optional<absl::CivilDay> answered;
  int64_t row_version = 1;
  std::vector<Step> steps;  // empty when read in a list
};

// With its only step; row_version 1.
absl::Status InsertIssue(db::Tx& tx, const Issue& issue, absl::Time now);
// Stores state, due date and answer, and the last of the steps; row_version as it stands in
// `issue`.
absl::Status AdvanceIssue(db::Tx& tx, const Issue& issue, absl::Time now);
// With steps.
absl::StatusOr<std::optional<Issue>> FindIssue(db::Session& session, const std::string& id);
absl::StatusOr<std::optional<Issue>> LockIssue(db::Tx& tx, const std::string& id);

// What is empty does not filter.
struct IssueFilter {
  std::string plan_id;
  std::string unit_id;
  std::string state;
  std::string field;
  std::optional<absl::CivilDay> overdue_on;
  std::string after;
  int limit = 0;
};
// By id, without steps: those that visible units raised, coordinate or decide.
absl::StatusOr<std::vector<Issue>> ListIssues(db::Session& session, const IssueFilter& filter,
                                              const platform::VisibleUnits& visible);

}  // namespace thidua::campaign::issues
