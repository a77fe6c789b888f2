// All SQL of plans.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/plans/rules_facts.h"
#include "campaign/plans/rules_lifecycle.h"
#include "platform/db/session.h"

namespace thidua::campaign::plans {

// A plan as stored: its document as JSON, and what is asked for in queries.
struct PlanRow {
  std::string id;
  std::string issuer_id;
  State state = State::kDraft;
  std::optional<std::string> number;
  std::optional<std::string> symbol;
  std::optional<int> issue_year;
  std::optional<absl::CivilDay> issue_date;
  std::optional<std::string> parent_plan_id;
  std::optional<absl::CivilDay> start_date;
  std::optional<absl::CivilDay> end_date;
  std::optional<absl::CivilDay> launch_date;
  std::string document;
  int64_t row_version = 0;
  int participant_count = 0;        // read only
  std::optional<int> person_count;  // people in scope at the launch
};

absl::StatusOr<std::optional<PlanRow>> FindPlan(db::Session& session, const std::string& id);
absl::StatusOr<std::optional<PlanRow>> LockPlan(db::Tx& tx, const std::string& id);
// PLAN_NUMBER_TAKEN (ALREADY_EXISTS). row_version becomes 1.
absl::Status InsertPlan(db::Tx& tx, const PlanRow& plan, absl::Time now);
// PLAN_NUMBER_TAKEN. row_version becomes plan.row_version + 1.
absl::Status ReplacePlan(db::Tx& tx, const PlanRow& plan, absl::Time now);

// What is empty does not filter.
struct PlanFilter {
  std::string issuer_id;
  std::string state;
  int year = 0;
  std::string number;
  std::string symbol;
  std::string parent_plan_id;
};
absl::StatusOr<std::vector<PlanRow>> ListPlans(db::Session& session, const PlanFilter& filter,
                                               const std::string& after, int limit);

struct Participant {
  std::string unit_id;
  std::string display_name;
  std::string type;
};
absl::Status InsertParticipant(db::Tx& tx, const std::string& plan_id,
                               const Participant& participant);
absl::StatusOr<std::vector<Participant>> Participants(db::Session& session,
                                                      const std::string& plan_id,
                                                      const std::string& after, int limit);

absl::StatusOr<bool> IsParticipant(db::Session& session, const std::string& plan_id,
                                   const std::string& unit_id);

struct Acknowledgement {
  std::string unit_id;
  absl::CivilDay date;
  std::string actor;
  std::string note;
};
// ACKNOWLEDGED (ALREADY_EXISTS).
absl::Status InsertAcknowledgement(db::Tx& tx, const std::string& plan_id,
                                   const Acknowledgement& one);
absl::StatusOr<std::vector<Acknowledgement>> Acknowledgements(db::Session& session,
                                                              const std::string& plan_id,
                                                              const std::string& after, int limit);

// A unit of the roster and whether it had acknowledged by a day.
struct Acknowledging {
  std::string unit_id;
  std::string display_name;
  std::optional<absl::CivilDay> date;
};
// By unit id; `acknowledged`: only those that had, or had not.
absl::StatusOr<std::vector<Acknowledging>> WhoAcknowledged(db::Session& session,
                                                           const std::string& plan_id,
                                                           absl::CivilDay as_of,
                                                           std::optional<bool> acknowledged,
                                                           const std::string& after, int limit);
absl::StatusOr<int64_t> CountAcknowledged(db::Session& session, const std::string& plan_id,
                                          absl::CivilDay as_of);

// Legal templates by code.
absl::StatusOr<std::map<std::string, Template>> LoadTemplates(db::Session& session);

}  // namespace thidua::campaign::plans
