#include "campaign/issues/convert.h"

#include "campaign/plans/rules_tasks.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"

namespace thidua::campaign::issues {
namespace {

std::string DateOrEmpty(const std::optional<absl::CivilDay>& day) {
  return day ? platform::FormatDate(*day) : "";
}

v1::ReformField FieldOf(const std::string& text) {
  const std::optional<plans::ReformField> field = plans::ReformFieldFrom(text);
  return field ? static_cast<v1::ReformField>(static_cast<int>(*field) + 1)
               : v1::REFORM_FIELD_UNSPECIFIED;
}

v1::PlanIssueMove ToProto(Move move) {
  switch (move) {
    case Move::kRaise:
      return v1::PLAN_ISSUE_MOVE_RAISE;
    case Move::kForward:
      return v1::PLAN_ISSUE_MOVE_FORWARD;
    case Move::kReturn:
    case Move::kSendBack:
      return v1::PLAN_ISSUE_MOVE_RETURN;
    case Move::kSupplement:
      return v1::PLAN_ISSUE_MOVE_SUPPLEMENT;
    case Move::kAnswer:
      return v1::PLAN_ISSUE_MOVE_ANSWER;
  }
  return v1::PLAN_ISSUE_MOVE_UNSPECIFIED;
}

v1::PlanIssueStep ToProto(const Step& step) {
  v1::PlanIssueStep out;
  out.set_move(ToProto(step.move));
  out.set_text(step.text);
  out.set_document_number(step.document_number);
  out.set_document_date(DateOrEmpty(step.document_date));
  for (const std::string& file : step.files) out.add_files(file);
  out.set_due_date(DateOrEmpty(step.due));
  out.set_actor(step.actor);
  out.set_step_date(platform::FormatDate(step.date));
  return out;
}

}  // namespace

std::string UnitOf(const Issue& issue, Party party) {
  switch (party) {
    case Party::kUnit:
      return issue.unit_id;
    case Party::kCoordinator:
      return issue.coordinator_id;
    case Party::kIssuer:
      return issue.issuer_id;
  }
  return issue.issuer_id;
}

std::string WaitsFor(const Issue& issue) {
  const std::optional<Party> turn = TurnOf(issue.state);
  return turn ? UnitOf(issue, *turn) : "";
}

v1::PlanIssue ToProto(const Issue& issue, absl::CivilDay today) {
  v1::PlanIssue out;
  out.set_name(platform::NameOf("planIssues", issue.id));
  out.set_plan(platform::NameOf("plans", issue.plan_id));
  out.set_unit(platform::NameOf("units", issue.unit_id));
  out.set_coordinator(platform::NameOf("units", issue.coordinator_id));
  out.set_issuer(platform::NameOf("units", issue.issuer_id));
  out.set_title(issue.title);
  out.set_field(FieldOf(issue.field));
  out.set_state(static_cast<v1::PlanIssueState>(static_cast<int>(issue.state) + 1));
  out.set_due_date(DateOrEmpty(issue.due));
  out.set_overdue(IsOverdue(issue.state, issue.due, today));
  out.set_raise_date(platform::FormatDate(issue.raised));
  out.set_answer_date(DateOrEmpty(issue.answered));
  for (const Step& step : issue.steps) *out.add_steps() = ToProto(step);
  for (const std::string& move : LegalMoves(issue.state)) out.add_legal_moves(move);
  out.set_etag(platform::EtagOf(issue.row_version));
  return out;
}

v1::PlanIssueRecorded ToEvent(const Issue& issue) {
  v1::PlanIssueRecorded out;
  out.set_issue_id(issue.id);
  out.set_plan_id(issue.plan_id);
  out.set_unit_id(issue.unit_id);
  out.set_coordinator_id(issue.coordinator_id);
  out.set_issuer_id(issue.issuer_id);
  out.set_state(std::string(TextOf(issue.state)));
  out.set_title(issue.title);
  out.set_field(issue.field);
  out.set_due_date(DateOrEmpty(issue.due));
  out.set_waits_for_unit_id(WaitsFor(issue));
  const Step& last = issue.steps.back();
  out.set_move(
      std::string(last.move == Move::kSendBack ? TextOf(Move::kReturn) : TextOf(last.move)));
  out.set_text(last.text);
  out.set_document_number(last.document_number);
  out.set_raise_date(platform::FormatDate(issue.raised));
  out.set_answer_date(DateOrEmpty(issue.answered));
  return out;
}

}  // namespace thidua::campaign::issues
