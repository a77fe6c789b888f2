#include "scoring/assessments/metrics.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/report_rules.h"
#include "scoring/assessments/store_reports.h"
#include "scoring/dossiers/timeliness.h"
#include "scoring/figures/figure_rules.h"
#include "scoring/initiatives/store.h"
#include "scoring/registers/store.h"
#include "scoring/surveys/store.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Inputs;

absl::StatusOr<std::map<dossiers::Channel, dossiers::Counts>> ByChannel(db::Session& session,
                                                                        const MetricScope& scope) {
  const dossiers::Window window = {scope.period_start, scope.period_end,
                                   std::min(scope.period_end, scope.today)};
  return dossiers::ReadTimeliness(session, scope.unit_id, window, scope.today);
}

absl::StatusOr<Inputs> Dossiers(db::Session& session, const MetricScope& scope,
                                bool overdue_counts) {
  ASSIGN_OR_RETURN(const auto by_channel, ByChannel(session, scope));
  const dossiers::Counts counts = dossiers::Total(by_channel);
  const dossiers::Share ratio = dossiers::RatioOf(counts.closed);
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

// Finished late, and open past the due date.
absl::StatusOr<Inputs> DossiersLate(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const Inputs read, Dossiers(session, scope, /*overdue_counts=*/true));
  return Inputs{{"count", read.at("late") + read.at("overdue")},
                {"late", read.at("late")},
                {"overdue", read.at("overdue")},
                {"unclassifiable", read.at("unclassifiable")}};
}

// A share of the dossiers received, beside what it was made of.
absl::StatusOr<Inputs> Received(
    db::Session& session, const MetricScope& scope,
    dossiers::Share (*share_of)(const std::map<dossiers::Channel, dossiers::Counters>&)) {
  ASSIGN_OR_RETURN(const auto by_channel, ByChannel(session, scope));
  std::map<dossiers::Channel, dossiers::Counters> received;
  for (const auto& [channel, counts] : by_channel) received[channel] = counts.closed;
  const dossiers::Share share = share_of(received);
  return Inputs{{"numerator", share.numerator},
                {"denominator", share.denominator},
                {"direct", received[dossiers::Channel::kDirect].received},
                {"online", received[dossiers::Channel::kOnline].received},
                {"postal", received[dossiers::Channel::kPostal].received},
                {"excluded", dossiers::Total(by_channel).closed.excluded}};
}

absl::StatusOr<Inputs> DossiersOnline(db::Session& session, const MetricScope& scope) {
  return Received(session, scope, [](const auto& by_channel) {
    return dossiers::ShareOf(by_channel, dossiers::Channel::kOnline);
  });
}

absl::StatusOr<Inputs> DossiersPostal(db::Session& session, const MetricScope& scope) {
  return Received(session, scope, [](const auto& by_channel) {
    return dossiers::ShareOf(by_channel, dossiers::Channel::kPostal);
  });
}

absl::StatusOr<Inputs> FullServiceOnline(db::Session& session, const MetricScope& scope) {
  return Received(session, scope, [](const auto& by_channel) {
    return dossiers::OnlineShareOf(by_channel, dossiers::ServiceLevel::kFull);
  });
}

absl::StatusOr<Inputs> PartialServiceOnline(db::Session& session, const MetricScope& scope) {
  return Received(session, scope, [](const auto& by_channel) {
    return dossiers::OnlineShareOf(by_channel, dossiers::ServiceLevel::kPartial);
  });
}

absl::StatusOr<Inputs> InitiativesRecognised(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(
      const std::vector<initiatives::Initiative> all,
      initiatives::Store::Of(session, scope.unit_id, static_cast<int>(scope.period_start.year()),
                             static_cast<int>(scope.period_end.year())));
  const initiatives::Counts counts =
      initiatives::CountInitiatives(all, scope.period_start, scope.period_end, scope.today);
  return Inputs{{"count", counts.recognised}, {"registered", counts.registered}};
}

absl::StatusOr<ReportCounts> Reports(db::Session& session, const MetricScope& scope) {
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
  return CountReports(reports, scope.today);
}

absl::StatusOr<Inputs> ReportsOnTime(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const ReportCounts counts, Reports(session, scope));
  return Inputs{{"numerator", counts.on_time}, {"denominator", counts.due()},
                {"late", counts.late},         {"missing", counts.missing},
                {"pending", counts.pending},   {"undated", counts.undated}};
}

// Filed late, and not filed past the due date.
absl::StatusOr<Inputs> ReportsLate(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const ReportCounts counts, Reports(session, scope));
  return Inputs{
      {"count", counts.late + counts.missing}, {"late", counts.late}, {"missing", counts.missing}};
}

absl::StatusOr<Inputs> SurveyIndex(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const std::vector<surveys::Found> all,
                   surveys::Store::About(session, scope.parameters.at("survey_kind"), scope.year,
                                         scope.unit_id));
  std::vector<std::string> organisers;
  organisers.reserve(all.size());
  for (const surveys::Found& one : all) organisers.push_back(one.organiser_id);
  const std::optional<size_t> picked = figures::PickSource(organisers, scope.organiser_id);
  if (!picked.has_value()) return Inputs{};
  const std::optional<numbers::Rational> index = numbers::ParseDecimal(all[*picked].index_percent);
  if (!index.has_value()) return platform::Internal("a survey's index is malformed");
  return Inputs{{"index_percent", *index}, {"respondents", all[*picked].respondents}};
}

absl::StatusOr<std::optional<registers::Found>> InRegister(db::Session& session,
                                                           const std::string& kind,
                                                           const MetricScope& scope) {
  ASSIGN_OR_RETURN(const std::vector<registers::Found> all,
                   registers::Store::About(session, kind, scope.year, scope.unit_id));
  std::vector<std::string> organisers;
  organisers.reserve(all.size());
  for (const registers::Found& one : all) organisers.push_back(one.organiser_id);
  const std::optional<size_t> picked = figures::PickSource(organisers, scope.organiser_id);
  if (!picked.has_value()) return std::optional<registers::Found>();
  return std::optional<registers::Found>(all[*picked]);
}

// What a register counts, as a count.
absl::StatusOr<Inputs> Counted(db::Session& session, const MetricScope& scope,
                               const std::string& kind) {
  ASSIGN_OR_RETURN(const std::optional<registers::Found> found, InRegister(session, kind, scope));
  if (!found.has_value()) return Inputs{};
  return Inputs{{"count", found->counted}, {"total", found->total}};
}

absl::StatusOr<Inputs> Violators(db::Session& session, const MetricScope& scope) {
  return Counted(session, scope, "VIOLATIONS");
}

absl::StatusOr<Inputs> PetitionsJustified(db::Session& session, const MetricScope& scope) {
  return Counted(session, scope, "PETITIONS");
}

absl::StatusOr<Inputs> DossiersWrong(db::Session& session, const MetricScope& scope) {
  return Counted(session, scope, "WRONG_DOSSIERS");
}

absl::StatusOr<Inputs> OfficialsWithoutViolation(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const std::optional<registers::Found> found,
                   InRegister(session, "VIOLATIONS", scope));
  if (!found.has_value()) return Inputs{};
  return Inputs{{"numerator", found->total - found->counted},
                {"denominator", found->total},
                {"violators", found->counted}};
}

absl::StatusOr<Inputs> ProceduresAtOneStop(db::Session& session, const MetricScope& scope) {
  ASSIGN_OR_RETURN(const std::optional<registers::Found> found,
                   InRegister(session, "ONE_STOP_PROCEDURES", scope));
  if (!found.has_value()) return Inputs{};
  return Inputs{{"numerator", found->counted}, {"denominator", found->total}};
}

using Reader = absl::StatusOr<Inputs> (*)(db::Session&, const MetricScope&);
const std::map<std::string, Reader>& Table() {
  static const auto& table = *new std::map<std::string, Reader>{
      {"DOSSIERS_LATE", DossiersLate},
      {"DOSSIERS_ON_TIME", DossiersOnTime},
      {"DOSSIERS_ON_TIME_WITH_OVERDUE", DossiersOnTimeWithOverdue},
      {"DOSSIERS_ONLINE", DossiersOnline},
      {"DOSSIERS_ONLINE_FULL_SERVICE", FullServiceOnline},
      {"DOSSIERS_ONLINE_PARTIAL_SERVICE", PartialServiceOnline},
      {"DOSSIERS_POSTAL", DossiersPostal},
      {"DOSSIERS_WRONG", DossiersWrong},
      {"INITIATIVES_RECOGNISED", InitiativesRecognised},
      {"OFFICIALS_WITHOUT_VIOLATION", OfficialsWithoutViolation},
      {"PETITIONS_JUSTIFIED", PetitionsJustified},
      {"PROCEDURES_AT_ONE_STOP", ProceduresAtOneStop},
      {"REPORTS_LATE", ReportsLate},
      {"REPORTS_ON_TIME", ReportsOnTime},
      {"SURVEY_INDEX", SurveyIndex},
      {"VIOLATORS", Violators},
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
