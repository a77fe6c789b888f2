// What awards keeps of plans, reports, tasks and rankings from the feeds of campaign and scoring.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/rules_selection.h"
#include "awards/nominations/rules_standards.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::awards::nominations {

struct Plan {
  PlanTerms terms;
  std::string unit_id;
  std::string coordinator_unit_id;  // the issuing unit when the plan names no coordinator
  std::vector<Standard> standards;
};

absl::Status PutPlan(db::Tx& tx, const campaign::v1::PlanLaunched& plan);
absl::StatusOr<std::optional<Plan>> ReadPlan(db::Session& session, const std::string& plan_id);

// The same under the plan's lock, so that shortlists of one plan come one after another.
absl::StatusOr<std::optional<Plan>> LockPlan(db::Tx& tx, const std::string& plan_id);

absl::Status PutReport(db::Tx& tx, const campaign::v1::PeriodicReportRecorded& report);
absl::StatusOr<std::vector<Report>> ReadReports(db::Session& session, const std::string& plan_id,
                                                const std::string& unit_id);

absl::Status PutTask(db::Tx& tx, const campaign::v1::PlanTaskRecorded& task);
absl::Status PutTask(db::Tx& tx, const campaign::v1::PlanTaskCompleted& task);
// Those that the unit leads.
absl::StatusOr<std::vector<Task>> ReadTasks(db::Session& session, const std::string& plan_id,
                                            const std::string& unit_id);

absl::Status PutPublication(db::Tx& tx, const scoring::v1::RankingPublished& publication);
absl::StatusOr<std::optional<PublishedRanking>> ReadPublication(db::Session& session,
                                                                const std::string& publication_id);
// The publication, or the last one of the chain of its corrections.
absl::StatusOr<std::optional<PublishedRanking>> ReadNewestPublication(
    db::Session& session, const std::string& publication_id);

// Empty what comes from a feed whose epoch has changed.
absl::Status ClearCampaignInputs(db::Tx& tx);
absl::Status ClearScoringInputs(db::Tx& tx);

}  // namespace thidua::awards::nominations
