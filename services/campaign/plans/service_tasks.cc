// Tasks of plans.
#include <optional>

#include "campaign/intake/apply.h"
#include "campaign/plans/events.h"
#include "campaign/plans/import_tasks.h"
#include "campaign/plans/rules_tasks.h"
#include "campaign/plans/service.h"
#include "campaign/plans/store_tasks.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

using platform::Call;

constexpr int kLongestEvidence = 1000;

std::string DateOrEmpty(const std::optional<absl::CivilDay>& day) {
  return day ? platform::FormatDate(*day) : "";
}

v1::PlanTask ToProto(const Task& task, absl::CivilDay today) {
  v1::PlanTask out;
  out.set_name(platform::NameOf("planTasks", task.id));
  out.set_plan(platform::NameOf("plans", task.plan_id));
  out.set_code(task.code);
  out.set_title(task.title);
  out.set_field(static_cast<v1::ReformField>(static_cast<int>(task.field) + 1));
  out.set_lead_unit(platform::NameOf("units", task.lead_unit_id));
  out.set_due_date(DateOrEmpty(task.due));
  out.set_source_document(task.source_document);
  out.set_synthetic(task.synthetic);
  out.set_note(task.note);
  out.set_state(static_cast<v1::PlanTaskState>(static_cast<int>(StateOf(task, today)) + 1));
  out.set_done_date(DateOrEmpty(task.done));
  if (task.quality)
    out.set_quality(static_cast<v1::TaskQuality>(static_cast<int>(*task.quality) + 1));
  out.set_evidence_note(task.evidence_note);
  out.set_etag(platform::EtagOf(task.row_version));
  return out;
}

struct Said {
  std::string id;
  Completion completion;
};

absl::StatusOr<Said> ReadCompletion(const v1::CompletePlanTaskRequest& request) {
  Fields fields;
  Said said;
  said.id = fields.Id(request.name(), "planTasks", "name");
  said.completion.done = fields.Day(request.done_date(), "done_date");
  fields.Text(request.evidence_note(), 1, kLongestEvidence, "evidence_note");
  if (!v1::TaskQuality_IsValid(request.quality())) {
    fields.Refuse("quality", "TASK_QUALITY", {"mức chất lượng không hợp lệ", "not a valid grade"});
  } else if (request.quality() != v1::TASK_QUALITY_UNSPECIFIED) {
    said.completion.quality = static_cast<TaskQuality>(request.quality() - 1);
  }
  RETURN_IF_ERROR(fields.status());
  return said;
}

absl::Status UnknownTask(const std::string& id) {
  return platform::NotFound("UNKNOWN_TASK", {"không có nhiệm vụ này", "there is no such task"},
                            {{"task", id}});
}

absl::Status Refusal(CompletionProblem problem, const Task& task,
                     const std::optional<absl::CivilDay>& earliest, const absl::Status& at_issuer) {
  switch (problem) {
    case CompletionProblem::kNone:
      return absl::OkStatus();
    case CompletionProblem::kNotYet:
      return platform::InvalidField(
          "done_date", "DATE_TO_COME",
          {"ngày hoàn thành chưa đến", "the day on which it was done is still to come"});
    case CompletionProblem::kBeforeStart:
      return platform::InvalidField(
          "done_date", "DATE_BEFORE_PLAN",
          {"ngày hoàn thành trước ngày bắt đầu phong trào hoặc ngày ban hành kế hoạch (" +
               DateOrEmpty(earliest) + ")",
           "the day on which it was done is before the movement's start or the plan's issue (" +
               DateOrEmpty(earliest) + ")"});
    case CompletionProblem::kDoneAlready:
      return platform::FailedPrecondition(
          "TASK_DONE",
          {"nhiệm vụ đã được báo hoàn thành; chỉ cơ quan ban hành kế hoạch sửa được",
           "the task was said to be done already; only where the plan is made can this be changed"},
          {{"done_date", DateOrEmpty(task.done)}});
    case CompletionProblem::kOwnGrade:
      return at_issuer;
  }
  return absl::OkStatus();
}

}  // namespace

PlanService::Reactor* PlanService::ImportPlanTasks(Ctx* ctx, const v1::ImportPlanTasksRequest* req,
                                                   v1::ImportReport* res) {
  return runner_.Unary(
      "ImportPlanTasks", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Record read, ReadForIssuer(call, req.name()));
        ASSIGN_OR_RETURN(const intake::Table table,
                         intake::Table::Read(req.content(), kTaskColumns));
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return intake::WriteImport(
            pool_, call, req, res, [&](db::Tx& tx) -> absl::StatusOr<v1::ImportReport> {
              ASSIGN_OR_RETURN(const Record plan, LockRecord(tx, read.row.id));
              RETURN_IF_ERROR(CheckMove(plan, Move::kImportTasks));
              ASSIGN_OR_RETURN(v1::ImportReport report,
                               ImportTasks(tx, call, *tree, plan, table, req.validate_only()));
              if (report.error_count() == 0 &&
                  report.created_count() + report.updated_count() > 0) {
                RETURN_IF_ERROR(AppendTaskImport(tx, call, plan, report,
                                                 platform::Sha256Hex(req.content().data())));
              }
              return report;
            });
      });
}

PlanService::Reactor* PlanService::ListPlanTasks(Ctx* ctx, const v1::ListPlanTasksRequest* req,
                                                 v1::ListPlanTasksResponse* res) {
  return runner_.Unary(
      "ListPlanTasks", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        TaskFilter filter;
        filter.plan_id = fields.MaybeId(req.plan(), "plans", "plan");
        filter.lead_unit_id = fields.MaybeId(req.lead_unit(), "units", "lead_unit");
        RETURN_IF_ERROR(fields.status());
        const std::string scope = "planTasks|" + req.plan() + "|" + req.lead_unit();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after = page.after;
        filter.limit = page.size + 1;
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Task> tasks, ListTasks(session, filter, visible));
          res.set_next_page_token(page.Cut(tasks, &Task::id));
          for (const Task& task : tasks) *res.add_tasks() = ToProto(task, call.business_today());
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::CompletePlanTask(Ctx* ctx,
                                                    const v1::CompletePlanTaskRequest* req,
                                                    v1::PlanTask* res) {
  return runner_.Unary(
      "CompletePlanTask", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Said said, ReadCompletion(req));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // The plan before its task, as everybody locks them: nobody closes it meanwhile.
          ASSIGN_OR_RETURN(const std::optional<std::string> plan_id, PlanOfTask(tx, said.id));
          if (!plan_id) return platform::NotFoundFor(call, UnknownTask(said.id));
          ASSIGN_OR_RETURN(const Record plan, LockRecord(tx, *plan_id));
          ASSIGN_OR_RETURN(const std::optional<Task> found, LockTask(tx, said.id));
          if (!found) return platform::NotFoundFor(call, UnknownTask(said.id));
          RETURN_IF_ERROR(call.Require(found->lead_unit_id));
          RETURN_IF_ERROR(platform::CheckEtag(req.etag(), found->row_version));
          if (plan.row.state != State::kLaunched) {
            return platform::FailedPrecondition(
                "PLAN_STATE",
                {"chỉ báo hoàn thành nhiệm vụ của kế hoạch đang triển khai",
                 "only tasks of a launched plan are done"},
                {{"state", std::string(TextOf(plan.row.state))}, {"legal_moves", ""}});
          }
          const absl::Status at_issuer =
              call.RequirePermission("campaign.plans.write", plan.row.issuer_id);
          const std::optional<absl::CivilDay> earliest =
              EarliestDone(plan.row.start_date, plan.row.issue_date);
          RETURN_IF_ERROR(Refusal(CheckCompletion(*found, said.completion, earliest,
                                                  call.business_today(), at_issuer.ok()),
                                  *found, earliest, at_issuer));
          Task done = *found;
          done.done = said.completion.done;
          if (said.completion.quality) done.quality = said.completion.quality;
          done.evidence_note = req.evidence_note();
          RETURN_IF_ERROR(ReplaceTask(tx, done, call.machine_now()));
          ++done.row_version;
          RETURN_IF_ERROR(AppendTaskCompletion(tx, call, *found, done));
          res = ToProto(done, call.business_today());
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::plans
