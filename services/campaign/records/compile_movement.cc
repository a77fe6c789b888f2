#include "campaign/records/compile_movement.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "campaign/conferences/reviews.h"
#include "campaign/conferences/store.h"
#include "campaign/directory/convert.h"
#include "campaign/directory/store_units.h"
#include "campaign/plans/service.h"
#include "campaign/records/store_movement.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {
namespace {

void PutTasks(const TaskCounts& counts, v1::TaskCounts* out) {
  out->set_total(counts.total);
  out->set_done_on_time(counts.on_time);
  out->set_done_late(counts.late);
  out->set_overdue(counts.overdue);
  out->set_open(counts.open);
}

absl::Status PutParticipants(db::Session& session, const directory::Tree& tree,
                             const plans::Record& plan, const Span& span, absl::CivilDay today,
                             v1::MovementReport* out) {
  ASSIGN_OR_RETURN(const std::vector<plans::Participant> roster,
                   plans::AllParticipants(session, plan.row.id));
  ASSIGN_OR_RETURN(const std::vector<std::string> issuers,
                   OwnPlanIssuers(session, plan.row.id, span.last));
  const auto has_own = [&](const std::string& unit) {
    return std::binary_search(issuers.begin(), issuers.end(), unit);
  };
  int own_plans = 0;
  for (const plans::Participant& one : roster) {
    const std::vector<std::string> heirs = tree.HeirsOf(one.unit_id, today);
    if (has_own(one.unit_id) || std::any_of(heirs.begin(), heirs.end(), has_own)) ++own_plans;
  }
  ASSIGN_OR_RETURN(const int64_t acknowledged,
                   plans::CountAcknowledged(session, plan.row.id, span.last));
  out->set_participant_count(static_cast<int32_t>(roster.size()));
  out->set_own_plan_count(own_plans);
  out->set_acknowledged_count(static_cast<int32_t>(acknowledged));
  return absl::OkStatus();
}

absl::Status PutWork(db::Session& session, const plans::Record& plan, int year, const Span& span,
                     absl::CivilDay today, v1::MovementReport* out) {
  ASSIGN_OR_RETURN(const std::vector<TaskFact> tasks, TaskFacts(session, plan.row.id, span));
  PutTasks(CountTasks(tasks, today), out->mutable_tasks());
  for (int field = v1::ReformField_MIN + 1; field <= v1::ReformField_MAX; ++field) {
    std::vector<TaskFact> of_field;
    std::copy_if(tasks.begin(), tasks.end(), std::back_inserter(of_field),
                 [&](const TaskFact& task) { return task.field == field; });
    if (of_field.empty()) continue;
    v1::FieldTaskCounts* counts = out->add_task_fields();
    counts->set_field(static_cast<v1::ReformField>(field));
    PutTasks(CountTasks(of_field, today), counts->mutable_tasks());
  }
  ASSIGN_OR_RETURN(const std::vector<ReportFact> facts, ReportFacts(session, plan.row.id));
  const ReportCounts reports = CountReports(facts, year, today);
  out->mutable_reports()->set_total(reports.total);
  out->mutable_reports()->set_on_time(reports.on_time);
  out->mutable_reports()->set_late(reports.late);
  out->mutable_reports()->set_filed_without_due_date(reports.without_due_date);
  out->mutable_reports()->set_overdue(reports.overdue);
  out->mutable_reports()->set_due(reports.due);
  ASSIGN_OR_RETURN(const IssueFigures issues, IssuesRaised(session, plan.row.id, span));
  out->mutable_issues()->set_raised(issues.raised);
  out->mutable_issues()->set_answered(issues.answered);
  out->mutable_issues()->set_open(issues.raised - issues.answered);
  return absl::OkStatus();
}

absl::Status PutReviews(db::Session& session, const plans::Record& plan, const Span& span,
                        absl::CivilDay today, v1::MovementReport* out) {
  using conferences::ReviewState;
  ASSIGN_OR_RETURN(const std::vector<conferences::Held> held,
                   conferences::HeldFor(session, plan.row.id));
  v1::ReviewCounts* counts = out->mutable_reviews();
  for (const conferences::Review& review : conferences::ReviewsOf(plan.document)) {
    if (!review.days.last || *review.days.last < span.first || *review.days.last > span.last)
      continue;
    std::vector<absl::CivilDay> days;
    for (const conferences::Held& one : held) {
      if (one.milestone_id == review.milestone_id) days.push_back(one.date);
    }
    const ReviewState state = conferences::StateOf(review.days, days, today);
    counts->set_total(counts->total() + 1);
    if (!days.empty()) counts->set_held(counts->held() + 1);
    if (state == ReviewState::kOverdue) counts->set_overdue(counts->overdue() + 1);
  }
  for (const conferences::Held& one : held) {
    if (one.date >= span.first && one.date <= span.last)
      counts->set_attendee_count(counts->attendee_count() + one.attendee_count);
  }
  return absl::OkStatus();
}

absl::Status PutExemplars(db::Session& session, const plans::Record& plan, const Span& span,
                          v1::MovementReport* out) {
  ASSIGN_OR_RETURN(const ExemplarFigures figures, ExemplarsIntroduced(session, plan.row.id, span));
  out->mutable_exemplars()->set_collectives(figures.collectives);
  out->mutable_exemplars()->set_individuals(figures.individuals);
  out->mutable_exemplars()->set_published(figures.published);
  out->mutable_exemplars()->set_publication_count(figures.publications);
  return absl::OkStatus();
}

// Campaign reads no feed: what others keep is named, not copied.
void PutElsewhere(v1::MovementReport* out) {
  const auto add = [&](const char* title, const char* method) {
    v1::ReportElsewhere* one = out->add_elsewhere();
    one->set_title_vi(title);
    one->set_method(method);
  };
  add("Chỉ số và xếp hạng cải cách hành chính",
      "thidua.scoring.v1.RankingService/ListPublications");
  add("Sáng kiến được công nhận", "thidua.awards.v1.InitiativeService/ListInitiatives");
  add("Khen thưởng", "thidua.awards.v1.DecisionService/ListDecisions");
}

absl::StatusOr<Span> CheckedYear(const plans::Record& plan, int year, absl::CivilDay today) {
  if (!plan.row.launch_date) {
    return platform::FailedPrecondition(
        "PLAN_NOT_LAUNCHED", {"kế hoạch chưa được phát động", "the plan has not been launched yet"},
        {{"state", std::string(plans::TextOf(plan.row.state))}});
  }
  std::optional<Span> span;
  if (year >= 1900 && year <= 2200) span = YearOf(year, plan.row.start_date, plan.row.end_date);
  if (!span) {
    return platform::InvalidField(
        "year", "YEAR_OUTSIDE_MOVEMENT",
        {"năm báo cáo nằm ngoài thời gian của phong trào", "the year lies outside the movement"});
  }
  if (span->first > today) {
    return platform::InvalidField("year", "YEAR_TO_COME",
                                  {"năm báo cáo chưa đến", "the year is still to come"});
  }
  return *span;
}

}  // namespace

absl::StatusOr<v1::MovementReport> CompileReport(db::Session& session, const directory::Tree& tree,
                                                 const plans::Record& plan, int year,
                                                 absl::CivilDay today) {
  ASSIGN_OR_RETURN(const Span span, CheckedYear(plan, year, today));
  v1::MovementReport out;
  out.set_plan(platform::NameOf("plans", plan.row.id));
  out.set_year(year);
  out.set_start_date(platform::FormatDate(span.first));
  out.set_end_date(platform::FormatDate(span.last));
  out.set_as_of(platform::FormatDate(today));
  out.set_plan_number(plan.document.number() + "/" + plan.document.symbol());
  out.set_plan_title(plan.document.title());
  for (const v1::Theme& theme : plan.document.themes()) {
    if (theme.year() == year) out.set_theme(theme.text());
  }
  ASSIGN_OR_RETURN(const std::optional<directory::Unit> issuer,
                   directory::FindUnit(session, plan.row.issuer_id));
  if (issuer) out.set_issuer_name(directory::ToProto(*issuer, span.last).display_name());
  RETURN_IF_ERROR(PutParticipants(session, tree, plan, span, today, &out));
  RETURN_IF_ERROR(PutWork(session, plan, year, span, today, &out));
  RETURN_IF_ERROR(PutReviews(session, plan, span, today, &out));
  RETURN_IF_ERROR(PutExemplars(session, plan, span, &out));
  PutElsewhere(&out);
  return out;
}

}  // namespace thidua::campaign::records
