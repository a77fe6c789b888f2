#include "campaign/plans/changes.h"

#include <algorithm>
#include <optional>

#include "campaign/plans/events.h"
#include "campaign/plans/references.h"
#include "campaign/plans/validate.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

absl::StatusOr<Record> LockFor(db::Tx& tx, const std::string& id, const std::string& etag,
                               Move move, std::string_view etag_field = "etag") {
  ASSIGN_OR_RETURN(Record record, LockRecord(tx, id));
  RETURN_IF_ERROR(platform::CheckEtag(etag, record.row.row_version, etag_field));
  RETURN_IF_ERROR(CheckMove(record, move));
  return record;
}

// Stores `after`, whose state the move has set.
absl::StatusOr<Record> Store(db::Tx& tx, const platform::Call& call, Record after) {
  ASSIGN_OR_RETURN(PlanRow row, RowOf(after));
  RETURN_IF_ERROR(ReplacePlan(tx, row, call.machine_now()));
  ++row.row_version;
  row.document.clear();
  after.row = std::move(row);
  return after;
}

absl::StatusOr<Record> StoreAndLog(db::Tx& tx, const platform::Call& call, const Record& before,
                                   Record after, const std::string& reason) {
  ASSIGN_OR_RETURN(const Record stored, Store(tx, call, std::move(after)));
  RETURN_IF_ERROR(AppendPlan(tx, call, &before, stored, reason));
  return stored;
}

std::string RootOf(const std::string& field) { return field.substr(0, field.find_first_of(".[")); }

template <class List, class Gone>
void Drop(List* list, Gone gone) {
  list->erase(std::remove_if(list->begin(), list->end(), gone), list->end());
}

// The field's new value is in place: what was decided or noted about the old one goes.
void Forget(const std::string& field, v1::Plan* plan) {
  Drop(plan->mutable_findings(),
       [&](const v1::Finding& one) { return RootOf(one.field()) == field; });
  Drop(plan->mutable_supplied_values(),
       [&](const v1::SuppliedValue& one) { return one.field() == field; });
}

void CopyField(const v1::Plan& from, const std::string& field, v1::Plan* to) {
  v1::Plan only = from;
  google::protobuf::Message* message = &only;
  std::vector<const google::protobuf::FieldDescriptor*> present;
  message->GetReflection()->ListFields(*message, &present);
  for (const auto* one : present) {
    if (one->name() != field) message->GetReflection()->ClearField(message, one);
  }
  to->GetReflection()->ClearField(to, to->GetDescriptor()->FindFieldByName(field));
  to->MergeFrom(only);
}

// Puts a decided day where the impossible one stood.
bool PutDay(const std::string& field, const std::string& day, v1::Plan* plan) {
  if (field == "movement_period.phrase") {
    plan->mutable_movement_period()->set_end_date(day);
    return true;
  }
  if (field == "issue_date.phrase") {
    plan->mutable_issue_date()->set_date(day);
    return true;
  }
  if (field == "award_dossier.preparation.phrase") {
    plan->mutable_award_dossier()->mutable_preparation()->set_end(day);
    return true;
  }
  for (int i = 0; i < plan->milestones_size(); ++i) {
    if (field != "milestones[" + std::to_string(i) + "].phrase") continue;
    plan->mutable_milestones(i)->set_end_date(day);
    return true;
  }
  for (int i = 0; i < plan->report_requirements_size(); ++i) {
    if (field != "report_requirements[" + std::to_string(i) + "].due.phrase") continue;
    plan->mutable_report_requirements(i)->mutable_due()->set_date(day);
    return true;
  }
  return false;
}

// The value that a decision takes; "" for none.
absl::StatusOr<std::string> DecidedValue(const v1::Finding& finding,
                                         const v1::ResolveFindingRequest& request) {
  const bool takes = request.decision() != v1::FINDING_DECISION_ACCEPT_AS_IS;
  if (takes && finding.code() != "INVALID_DATE") {
    return platform::InvalidField(
        "decision", "DECISION_NOT_POSSIBLE",
        {"chỉ có thể chấp nhận như văn bản; muốn đổi giá trị hãy dùng UpdatePlan",
         "it can only be accepted as it is; to change a value use UpdatePlan"});
  }
  if (!takes) return std::string();
  const bool proposal = request.decision() == v1::FINDING_DECISION_TAKE_PROPOSAL;
  if (proposal && finding.proposal().empty()) {
    return platform::InvalidField("decision", "NO_PROPOSAL",
                                  {"không có đề xuất để nhận", "there is no proposal to take"});
  }
  const std::string& value = proposal ? finding.proposal() : request.value();
  RETURN_IF_ERROR(platform::ParseDate(value, "value").status());
  return value;
}

}  // namespace

absl::StatusOr<Record> CreatePlan(db::Tx& tx, const platform::Call& call, v1::Plan document) {
  Record record;
  document.clear_findings();
  RETURN_IF_ERROR(ResolveReferences(tx, call.business_today(), &document));
  for (v1::SuppliedValue& one : *document.mutable_supplied_values()) {
    one.set_supplier(call.principal().subject);
    one.set_supply_date(platform::FormatDate(call.business_today()));
  }
  Normalise(&document);
  record.document = std::move(document);
  record.row.id = platform::NewId(call.machine_now());
  ASSIGN_OR_RETURN(const PlanRow row, RowOf(record));
  RETURN_IF_ERROR(InsertPlan(tx, row, call.machine_now()));
  record.row = row;
  record.row.document.clear();
  record.row.row_version = 1;
  RETURN_IF_ERROR(AppendPlan(tx, call, nullptr, record, ""));
  return record;
}

absl::StatusOr<Record> UpdatePlan(db::Tx& tx, const platform::Call& call,
                                  const v1::UpdatePlanRequest& request) {
  ASSIGN_OR_RETURN(const std::string id,
                   platform::IdFromName(request.plan().name(), "plans", "plan.name"));
  ASSIGN_OR_RETURN(const Record before,
                   LockFor(tx, id, request.plan().etag(), Move::kUpdate, "plan.etag"));
  Record after = before;
  for (const std::string& field : request.update_mask().paths()) {
    CopyField(request.plan(), field, &after.document);
    Forget(field, &after.document);
    if (request.origin() != v1::VALUE_ORIGIN_SUPPLIED) continue;
    v1::SuppliedValue* supplied = after.document.add_supplied_values();
    supplied->set_field(field);
    supplied->set_note(request.reason());
    supplied->set_supplier(call.principal().subject);
    supplied->set_supply_date(platform::FormatDate(call.business_today()));
  }
  Fields fields;
  ValidatePlan(after.document, &fields);
  RETURN_IF_ERROR(fields.status());
  RETURN_IF_ERROR(ResolveReferences(tx, call.business_today(), &after.document));
  Normalise(&after.document);
  return StoreAndLog(tx, call, before, std::move(after), request.reason());
}

absl::StatusOr<Record> ResolveFinding(db::Tx& tx, const platform::Call& call,
                                      const v1::ResolveFindingRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(request.name(), "plans", "name"));
  ASSIGN_OR_RETURN(const Record before, LockFor(tx, id, request.etag(), Move::kResolveFinding));
  ASSIGN_OR_RETURN(const Surroundings surroundings, SurroundingsOf(tx, before));
  std::vector<v1::Finding> standing =
      StandingFindings(FactsOf(before.document, surroundings), before.document);
  const auto found = std::find_if(standing.begin(), standing.end(), [&](const v1::Finding& one) {
    return one.id() == request.finding_id();
  });
  if (found == standing.end()) {
    return platform::NotFound("UNKNOWN_FINDING",
                              {"không có phát hiện này", "there is no such finding"},
                              {{"finding", request.finding_id()}});
  }
  ASSIGN_OR_RETURN(const std::string value, DecidedValue(*found, request));
  v1::FindingResolution* resolution = found->mutable_resolution();
  resolution->set_decision(request.decision());
  resolution->set_value(value);
  resolution->set_reason(request.reason());
  resolution->set_actor(call.principal().subject);
  resolution->set_decision_date(platform::FormatDate(call.business_today()));
  Record after = before;
  if (!value.empty() && !PutDay(found->field(), value, &after.document)) {
    return platform::Internal("a finding about an unknown field");
  }
  Drop(after.document.mutable_findings(),
       [&](const v1::Finding& one) { return one.id() == found->id(); });
  *after.document.add_findings() = *found;
  Fields fields;
  ValidatePlan(after.document, &fields);
  RETURN_IF_ERROR(fields.status());
  Normalise(&after.document);
  return StoreAndLog(tx, call, before, std::move(after), request.reason());
}

absl::StatusOr<Record> IssuePlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                 const std::string& etag) {
  ASSIGN_OR_RETURN(const Record before, LockFor(tx, id, etag, Move::kIssue));
  ASSIGN_OR_RETURN(const Surroundings surroundings, SurroundingsOf(tx, before));
  v1::Plan judged = before.document;
  PutJudgement(FactsOf(judged, surroundings), &judged);
  platform::ErrorSpec refusal;
  refusal.code = absl::StatusCode::kFailedPrecondition;
  std::string names;
  for (const v1::MissingItem& one : judged.missing()) {
    if (!one.blocks_issue()) continue;
    refusal.fields.push_back({one.field(), "MISSING", {one.text_vi(), one.text_en()}});
    names += (names.empty() ? "" : ", ") + one.field();
  }
  if (!refusal.fields.empty()) {
    refusal.reason = "PLAN_INCOMPLETE";
    refusal.text = {"kế hoạch chưa đủ để ban hành, còn thiếu: " + names,
                    "the plan cannot be issued, missing: " + names};
    refusal.metadata = {{"fields", names}, {"legal_moves", "UpdatePlan"}};
    return platform::MakeError(refusal);
  }
  for (const v1::Finding& one : judged.findings()) {
    if (!one.blocks_issue() || one.has_resolution()) continue;
    refusal.fields.push_back({one.field(), one.code(), {one.text_vi(), one.text_en()}});
    names += (names.empty() ? "" : ", ") + one.id();
  }
  if (!refusal.fields.empty()) {
    refusal.reason = "PLAN_UNRESOLVED";
    refusal.text = {"còn điểm cần người quyết định: " + names,
                    "a person has to decide first: " + names};
    refusal.metadata = {{"findings", names}, {"legal_moves", "ResolveFinding, UpdatePlan"}};
    return platform::MakeError(refusal);
  }
  Record after = before;
  after.row.state = After(before.row.state, Move::kIssue);
  return StoreAndLog(tx, call, before, std::move(after), "");
}

absl::StatusOr<Record> LaunchPlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                  const std::string& etag, const std::vector<Participant>& roster,
                                  std::optional<int> person_count) {
  ASSIGN_OR_RETURN(const Record before, LockFor(tx, id, etag, Move::kLaunch));
  if (before.row.issue_date && call.business_today() < *before.row.issue_date) {
    return platform::FailedPrecondition(
        "PLAN_NOT_BEGUN", {"chưa đến ngày ban hành", "the day of issue is still to come"},
        {{"issue_date", platform::FormatDate(*before.row.issue_date)},
         {"today", platform::FormatDate(call.business_today())}});
  }
  if (roster.empty()) {
    return platform::FailedPrecondition("PLAN_NO_PARTICIPANTS",
                                        {"không có đơn vị nào thuộc đối tượng thi đua vào hôm nay",
                                         "no unit is among those who take part today"});
  }
  Record after = before;
  after.row.state = After(before.row.state, Move::kLaunch);
  after.row.launch_date = call.business_today();
  after.row.person_count = person_count;
  ASSIGN_OR_RETURN(Record stored, Store(tx, call, std::move(after)));
  for (const Participant& one : roster) RETURN_IF_ERROR(InsertParticipant(tx, id, one));
  stored.row.participant_count = static_cast<int>(roster.size());
  RETURN_IF_ERROR(AppendLaunch(tx, call, before, stored, roster));
  return stored;
}

absl::StatusOr<Record> ClosePlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                 const std::string& etag, const std::string& reason) {
  ASSIGN_OR_RETURN(const Record before, LockFor(tx, id, etag, Move::kClose));
  Record after = before;
  after.row.state = After(before.row.state, Move::kClose);
  return StoreAndLog(tx, call, before, std::move(after), reason);
}

absl::StatusOr<Record> SetTheme(db::Tx& tx, const platform::Call& call, const std::string& id,
                                const std::string& etag, const v1::Theme& theme) {
  ASSIGN_OR_RETURN(const Record before, LockFor(tx, id, etag, Move::kSetTheme));
  Record after = before;
  Drop(after.document.mutable_themes(),
       [&](const v1::Theme& one) { return one.year() == theme.year(); });
  *after.document.add_themes() = theme;
  Fields fields;
  ValidatePlan(after.document, &fields);
  RETURN_IF_ERROR(fields.status());
  return StoreAndLog(tx, call, before, std::move(after), "");
}

}  // namespace thidua::campaign::plans
