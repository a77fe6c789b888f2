#include "campaign/issues/service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "campaign/issues/convert.h"
#include "campaign/plans/reading.h"
#include "campaign/plans/record.h"
#include "campaign/plans/rules_tasks.h"
#include "campaign/requests/attachments.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/rights.h"
#include "google/protobuf/repeated_field.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::issues {
namespace {

using platform::Call;

constexpr size_t kLongestTitle = 200;
constexpr size_t kLongestText = 5000;
constexpr size_t kLongestNumber = 100;

absl::Status UnknownIssue(const std::string& id) {
  return platform::NotFound("UNKNOWN_ISSUE", {"không có vướng mắc này", "there is no such issue"},
                            {{"issue", id}});
}

// The field of reform as it is stored; "" for none.
std::string FieldText(v1::ReformField field, Fields* fields) {
  if (field == v1::REFORM_FIELD_UNSPECIFIED) return "";
  if (!v1::ReformField_IsValid(field)) {
    fields->Refuse("field", "REFORM_FIELD",
                   {"không có lĩnh vực này", "there is no such field of reform"});
    return "";
  }
  return std::string(plans::TextOf(static_cast<plans::ReformField>(static_cast<int>(field) - 1)));
}

// Days of a step against today; told to those alone who may make it.
absl::Status CheckDays(const Call& call, const Step& step) {
  Fields fields;
  if (!MayBeDue(step.due, call.business_today())) {
    fields.Refuse("due_date", "DATE_PASSED",
                  {"hạn không được trước ngày hôm nay", "the due date has passed already"});
  }
  if (step.document_date && *step.document_date > call.business_today()) {
    fields.Refuse("document_date", "DATE_TO_COME",
                  {"ngày văn bản chưa đến", "the document's date is still to come"});
  }
  return fields.status();
}

void PutFiles(const google::protobuf::RepeatedPtrField<std::string>& files, Step* step) {
  step->files.assign(files.begin(), files.end());
}

absl::Status AppendIssue(db::Tx& tx, const Call& call, const Issue* before, const Issue& after) {
  const v1::PlanIssueRecorded payload = ToEvent(after);
  const v1::PlanIssueRecorded earlier =
      before == nullptr ? v1::PlanIssueRecorded() : ToEvent(*before);
  feed::Draft draft;
  draft.aggregate_type = "plan_issue";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &payload;
  if (before != nullptr) draft.before = &earlier;
  return feed::Append(tx, call, draft);
}

absl::Status CheckState(const Issue& issue, Move move) {
  if (MayMove(issue.state, move)) return absl::OkStatus();
  std::string legal;
  for (const std::string& one : LegalMoves(issue.state)) legal += (legal.empty() ? "" : ", ") + one;
  const std::string state(TextOf(issue.state));
  return platform::FailedPrecondition(
      "ISSUE_STATE",
      {"vướng mắc đang ở trạng thái “" + std::string(StateNameVi(issue.state)) +
           "”; thao tác hợp lệ: " + (legal.empty() ? "không còn" : legal),
       "the issue is " + state + "; legal moves: " + (legal.empty() ? "none" : legal)},
      {{"state", state}, {"legal_moves", legal}});
}

absl::Status CheckDecider(const Call& call, const Issue& issue) {
  std::vector<std::string> actors;
  for (const Step& step : issue.steps) {
    // Who decided before may decide again what came back.
    if (PartyOf(step.move) != Party::kIssuer) actors.push_back(step.actor);
  }
  if (MayDecide(actors, call.principal().subject)) return absl::OkStatus();
  return platform::FailedPrecondition(
      "OWN_ISSUE", {"người đã nêu hoặc đã chuyển vướng mắc không được quyết định vướng mắc đó",
                    "who raised or passed on an issue does not decide it"});
}

// Units whose files the move may attach.
std::vector<std::string> OwnersOfFiles(const Issue& issue, Move move) {
  std::vector<std::string> units = {UnitOf(issue, PartyOf(move))};
  if (units.front() != issue.unit_id) units.push_back(issue.unit_id);
  return units;
}

}  // namespace

IssueService::Reactor* IssueService::RaiseIssue(Ctx* ctx, const v1::RaiseIssueRequest* req,
                                                v1::PlanIssue* res) {
  return runner_.Unary(
      "RaiseIssue", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        Issue issue;
        issue.plan_id = fields.Id(req.plan(), "plans", "plan");
        issue.unit_id = fields.Id(req.unit(), "units", "unit");
        fields.Text(req.title(), 1, kLongestTitle, "title");
        fields.Text(req.text(), 1, kLongestText, "text");
        issue.field = FieldText(req.field(), &fields);
        issue.due = fields.MaybeDay(req.due_date(), "due_date");
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(issue.unit_id));
        issue.title = req.title();
        issue.raised = call.business_today();
        Step step;
        step.text = req.text();
        step.due = issue.due;
        step.actor = call.principal().subject;
        step.date = issue.raised;
        PutFiles(req.files(), &step);
        issue.steps.push_back(std::move(step));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // In here: a repeat gets the first answer, whatever day it has become.
          RETURN_IF_ERROR(CheckDays(call, issue.steps.front()));
          ASSIGN_OR_RETURN(const plans::PlanOfUnit about,
                           plans::LockForUnit(tx, call, issue.plan_id, issue.unit_id));
          const plans::Record& plan = about.record;
          if (!MayRaise(plan.row.state == plans::State::kLaunched, about.takes_part)) {
            RETURN_IF_ERROR(plans::RequireLaunched(plan));
            return plans::NotAParticipant(issue.unit_id);
          }
          RETURN_IF_ERROR(
              CheckAttachments(tx, issue.steps.front().files, {issue.unit_id}, "files"));
          Issue made = issue;
          made.id = platform::NewId(call.machine_now());
          made.issuer_id = plan.row.issuer_id;
          made.coordinator_id = plans::CoordinatorOf(plan);
          RETURN_IF_ERROR(InsertIssue(tx, made, call.machine_now()));
          RETURN_IF_ERROR(AppendIssue(tx, call, nullptr, made));
          res = ToProto(made, call.business_today());
          return absl::OkStatus();
        });
      });
}

absl::Status IssueService::Advance(const Call& call, const google::protobuf::Message& request,
                                   v1::PlanIssue* response, const Said& said) {
  const Move move = said.step.move;
  return db::Write(pool_, call, request, *response, [&](db::Tx& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<Issue> found, LockIssue(tx, said.id));
    if (!found) return platform::NotFoundFor(call, UnknownIssue(said.id));
    RETURN_IF_ERROR(call.Require(UnitOf(*found, PartyOf(move))));
    RETURN_IF_ERROR(CheckDays(call, said.step));
    RETURN_IF_ERROR(platform::CheckEtag(said.etag, found->row_version));
    RETURN_IF_ERROR(CheckState(*found, move));
    if (PartyOf(move) == Party::kIssuer) RETURN_IF_ERROR(CheckDecider(call, *found));
    RETURN_IF_ERROR(CheckAttachments(tx, said.step.files, OwnersOfFiles(*found, move), "files"));
    Issue after = *found;
    after.steps.push_back(said.step);
    after.steps.back().actor = call.principal().subject;
    after.steps.back().date = call.business_today();
    after.state = After(move);
    after.due = said.step.due;
    if (after.state == State::kAnswered) after.answered = call.business_today();
    ++after.row_version;
    RETURN_IF_ERROR(AdvanceIssue(tx, after, call.machine_now()));
    RETURN_IF_ERROR(AppendIssue(tx, call, &*found, after));
    *response = ToProto(after, call.business_today());
    return absl::OkStatus();
  });
}

IssueService::Reactor* IssueService::SupplementIssue(Ctx* ctx,
                                                     const v1::SupplementIssueRequest* req,
                                                     v1::PlanIssue* res) {
  return runner_.Unary("SupplementIssue", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         Said said;
                         said.id = fields.Id(req.name(), "planIssues", "name");
                         fields.Text(req.text(), 1, kLongestText, "text");
                         said.step.due = fields.MaybeDay(req.due_date(), "due_date");
                         RETURN_IF_ERROR(fields.status());
                         said.step.move = Move::kSupplement;
                         said.step.text = req.text();
                         PutFiles(req.files(), &said.step);
                         said.etag = req.etag();
                         return Advance(call, req, &res, said);
                       });
}

IssueService::Reactor* IssueService::ForwardIssue(Ctx* ctx, const v1::ForwardIssueRequest* req,
                                                  v1::PlanIssue* res) {
  return runner_.Unary("ForwardIssue", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         Said said;
                         said.id = fields.Id(req.name(), "planIssues", "name");
                         fields.Text(req.opinion(), 1, kLongestText, "opinion");
                         said.step.due = fields.MaybeDay(req.due_date(), "due_date");
                         RETURN_IF_ERROR(fields.status());
                         said.step.move = Move::kForward;
                         said.step.text = req.opinion();
                         PutFiles(req.files(), &said.step);
                         said.etag = req.etag();
                         return Advance(call, req, &res, said);
                       });
}

IssueService::Reactor* IssueService::ReturnIssue(Ctx* ctx, const v1::ReturnIssueRequest* req,
                                                 v1::PlanIssue* res) {
  return runner_.Unary("ReturnIssue", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         Said said;
                         said.id = fields.Id(req.name(), "planIssues", "name");
                         fields.Text(req.reason(), 1, kLongestText, "reason");
                         said.step.due = fields.MaybeDay(req.due_date(), "due_date");
                         RETURN_IF_ERROR(fields.status());
                         said.step.move = Move::kReturn;
                         said.step.text = req.reason();
                         said.etag = req.etag();
                         return Advance(call, req, &res, said);
                       });
}

IssueService::Reactor* IssueService::DecideIssue(Ctx* ctx, const v1::DecideIssueRequest* req,
                                                 v1::PlanIssue* res) {
  return runner_.Unary(
      "DecideIssue", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        Said said;
        said.id = fields.Id(req.name(), "planIssues", "name");
        if (req.decision() == v1::ISSUE_DECISION_ANSWER) {
          said.step.move = Move::kAnswer;
        } else if (req.decision() == v1::ISSUE_DECISION_RETURN) {
          said.step.move = Move::kSendBack;
        } else {
          fields.Refuse("decision", "DECISION", {"chưa nêu quyết định", "no decision is given"});
        }
        fields.Text(req.text(), 1, kLongestText, "text");
        fields.Text(req.document_number(), 0, kLongestNumber, "document_number");
        said.step.document_date = fields.MaybeDay(req.document_date(), "document_date");
        // An answer leaves nobody with anything to do.
        if (said.step.move == Move::kSendBack)
          said.step.due = fields.MaybeDay(req.due_date(), "due_date");
        RETURN_IF_ERROR(fields.status());
        said.step.text = req.text();
        said.step.document_number = req.document_number();
        PutFiles(req.files(), &said.step);
        said.etag = req.etag();
        return Advance(call, req, &res, said);
      });
}

IssueService::Reactor* IssueService::GetIssue(Ctx* ctx, const v1::GetIssueRequest* req,
                                              v1::PlanIssue* res) {
  return runner_.Unary(
      "GetIssue", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "planIssues", "name"));
        std::optional<Issue> issue;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(issue, FindIssue(session, id));
          return absl::OkStatus();
        }));
        if (!issue) return platform::NotFoundFor(call, UnknownIssue(id));
        RETURN_IF_ERROR(
            RequireAtOne(call, {issue->unit_id, issue->coordinator_id, issue->issuer_id}));
        res = ToProto(*issue, call.business_today());
        return absl::OkStatus();
      });
}

IssueService::Reactor* IssueService::ListIssues(Ctx* ctx, const v1::ListIssuesRequest* req,
                                                v1::ListIssuesResponse* res) {
  return runner_.Unary(
      "ListIssues", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        IssueFilter filter;
        filter.plan_id = fields.MaybeId(req.plan(), "plans", "plan");
        filter.unit_id = fields.MaybeId(req.unit(), "units", "unit");
        filter.field = FieldText(req.field(), &fields);
        RETURN_IF_ERROR(fields.status());
        if (req.state() >= v1::PLAN_ISSUE_STATE_RAISED &&
            req.state() <= v1::PLAN_ISSUE_STATE_ANSWERED) {
          filter.state = std::string(TextOf(static_cast<State>(static_cast<int>(req.state()) - 1)));
        }
        if (req.overdue_only()) filter.overdue_on = call.business_today();
        const std::string scope = "planIssues|" + req.plan() + "|" + req.unit() + "|" +
                                  filter.state + "|" + filter.field + "|" +
                                  (req.overdue_only() ? "overdue" : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after = page.after;
        filter.limit = page.size + 1;
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Issue> issues, issues::ListIssues(session, filter, visible));
          res.set_next_page_token(page.Cut(issues, &Issue::id));
          for (const Issue& issue : issues)
            *res.add_issues() = ToProto(issue, call.business_today());
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::issues
