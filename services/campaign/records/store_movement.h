// The SQL of who has not filed and of the yearly report on a movement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "campaign/records/rules_movement.h"
#include "campaign/requests/due_order.h"
#include "platform/db/session.h"

namespace thidua::campaign::records {

struct Missing {
  std::string report_id;
  std::string unit_id;
  std::string unit_name;  // on the day of launch
  std::string period;
  std::optional<absl::CivilDay> due;
};
struct MissingFilter {
  std::string plan_id;
  std::string period;  // empty: all
  std::optional<absl::CivilDay> overdue_on;
  std::optional<DueKey> after;
  int limit = 0;
};
// By due date and id, without a due date last.
absl::StatusOr<std::vector<Missing>> ListMissing(db::Session& session, const MissingFilter& filter);
struct MissingCounts {
  int owed = 0;
  int missing = 0;
  int overdue = 0;
};
absl::StatusOr<MissingCounts> CountMissing(db::Session& session, const std::string& plan_id,
                                           const std::string& period, absl::CivilDay today);

absl::StatusOr<std::vector<ReportFact>> ReportFacts(db::Session& session,
                                                    const std::string& plan_id);
// Units that launched a plan below this one by a day.
absl::StatusOr<std::vector<std::string>> OwnPlanIssuers(db::Session& session,
                                                        const std::string& plan_id,
                                                        absl::CivilDay by);
// Tasks due within the span; `field` is the number of the field of reform in the contract.
absl::StatusOr<std::vector<TaskFact>> TaskFacts(db::Session& session, const std::string& plan_id,
                                                const Span& span);
struct IssueFigures {
  int raised = 0;
  int answered = 0;
};
absl::StatusOr<IssueFigures> IssuesRaised(db::Session& session, const std::string& plan_id,
                                          const Span& span);
struct ExemplarFigures {
  int collectives = 0;
  int individuals = 0;
  int published = 0;
  int publications = 0;  // dated within the span, whenever introduced
};
absl::StatusOr<ExemplarFigures> ExemplarsIntroduced(db::Session& session,
                                                    const std::string& plan_id, const Span& span);

}  // namespace thidua::campaign::records
