#include "scoring/assessments/metrics.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/report_rules.h"
#include "scoring/assessments/store_reports.h"
#include "scoring/dossiers/timeliness.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Inputs;

absl::StatusOr<Inputs> Dossiers(db::Session& session, const MetricScope& scope,
                                bool overdue_counts) {
  const dossiers::Window window = {scope.period_start, scope.period_end,
                                   std::min(scope.period_end, scope.today)};
  ASSIGN_OR_RETURN(const auto by_channel,
                   dossiers::ReadTimeliness(session, scope.unit_id, window, scope.today));
  const dossiers::Counts counts = dossiers::Total(by_channel);
  const dossiers::OnTimeRatio ratio = dossiers::RatioOf(counts.closed);
  return Inputs{{"numerator", ratio.numerator},
                {"denominator", ratio.denominator + (overdue_counts ? counts.overdue : 0)},
                {"early", counts.closed.early},
                {"on_time", counts.closed.on_time},
                {"late", counts.closed.late},
                {"overdue", counts.overdue},
                {"unclassifiable", counts.closed.unclassifiable},
                {"received", counts.closed.received}};
}

absl::StatusOr<Inputs> DossiersOnTime(db::Session& session, const MetricScope& scope) {
  return Dossiers(session, scope, /*overdue_counts=*/false);
}

absl::StatusOr<Inputs> DossiersOnTimeWithOverdue(db::Session& session, const MetricScope& scope) {
  return Dossiers(session, scope, /*overdue_counts=*/true);
}

absl::StatusOr<Inputs> ReportsOnTime(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const std::vector<ReportRow> rows,
                   ReportStore::Of(session, scope.unit_id, scope.plan_id));
  std::vector<Report> reports;
  for (const ReportRow& row : rows) {
    const auto days = PeriodDays(row.period);
    if (!days.has_value() || days->first < scope.period_start || days->second > scope.period_end) {
      continue;
    }
    reports.push_back(row.report);
  }
  const ReportCounts counts = CountReports(reports, scope.today);
  return Inputs{{"numerator", counts.on_time}, {"denominator", counts.due()},
                {"late", counts.late},         {"missing", counts.missing},
                {"pending", counts.pending},   {"undated", counts.undated}};
}

using Reader = absl::StatusOr<Inputs> (*)(db::Session&, const MetricScope&);
const std::map<std::string, Reader>& Table() {
  static const auto& table = *new std::map<std::string, Reader>{
      {"DOSSIERS_ON_TIME", DossiersOnTime},
      {"DOSSIERS_ON_TIME_WITH_OVERDUE", DossiersOnTimeWithOverdue},
      {"REPORTS_ON_TIME", ReportsOnTime},
  };
  return table;
}

}  // namespace

absl::StatusOr<Inputs> ReadMetric(db::Session& session, const std::string& metric,
                                  const MetricScope& scope) {
  const auto reader = Table().find(metric);
  if (reader == Table().end()) return platform::Internal("there is no metric " + metric);
  return reader->second(session, scope);
}

bool IsMetric(const std::string& metric) { return Table().count(metric) > 0; }

}  // namespace thidua::scoring::assessments
