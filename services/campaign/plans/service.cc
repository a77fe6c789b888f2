// Plans themselves: see service_roster.cc for those who take part, service_tasks.cc for tasks.
#include "campaign/plans/service.h"

#include <algorithm>
#include <set>

#include "campaign/plans/changes.h"
#include "campaign/plans/reading.h"
#include "campaign/plans/references.h"
#include "campaign/plans/roster.h"
#include "campaign/plans/validate.h"
#include "campaign/requests/fields.h"
#include "campaign/requests/mask.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

using platform::Call;

constexpr int kReason = 500;

const std::set<std::string>& Updatable() {
  static const auto* fields = new std::set<std::string>{
      "number",        "symbol",          "issue_place",         "issue_date",
      "title",         "source",          "parent_plan",         "legal_bases",
      "sections",      "programme_phase", "movement_period",     "milestones",
      "themes",        "content_items",   "participant_groups",  "standards",
      "award_forms",   "award_quotas",    "escalation",          "selection",
      "award_dossier", "roles",           "report_requirements", "recipients",
      "signer"};
  return *fields;
}

}  // namespace

absl::StatusOr<std::vector<Participant>> AllParticipants(db::Session& session,
                                                         const std::string& plan_id) {
  return Participants(session, plan_id, "", 1'000'000);
}

absl::StatusOr<bool> TakesPart(db::Session& session, const Record& record,
                               const platform::VisibleUnits& visible) {
  if (record.row.participant_count == 0) return false;
  ASSIGN_OR_RETURN(const std::vector<Participant> roster, AllParticipants(session, record.row.id));
  return std::any_of(roster.begin(), roster.end(),
                     [&](const Participant& one) { return visible.Contains(one.unit_id); });
}

absl::StatusOr<Record> PlanService::ReadForIssuer(const Call& call, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "plans", "name"));
  Record record;
  const absl::Status read =
      pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(record, ReadRecord(session, id));
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  RETURN_IF_ERROR(call.Require(record.row.issuer_id));
  return record;
}

absl::StatusOr<Record> PlanService::ReadForReader(const Call& call, const std::string& name) {
  return plans::ReadForReader(pool_, call, name, "name");
}

PlanService::Reactor* PlanService::CreatePlan(Ctx* ctx, const v1::CreatePlanRequest* req,
                                              v1::Plan* res) {
  return runner_.Unary(
      "CreatePlan", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        ValidatePlan(req.plan(), &fields);
        RETURN_IF_ERROR(fields.status());
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          // In here: a repeat gets the first answer, whatever the codes mean by then.
          v1::Plan resolved = req.plan();
          RETURN_IF_ERROR(ResolveReferences(tx, call.business_today(), &resolved));
          ASSIGN_OR_RETURN(
              const std::string issuer,
              platform::IdFromName(resolved.issuer().unit(), "units", "plan.issuer.unit"));
          RETURN_IF_ERROR(call.Require(issuer));
          ASSIGN_OR_RETURN(const Record made, plans::CreatePlan(tx, call, req.plan()));
          ASSIGN_OR_RETURN(res, Shown(tx, made));
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::GetPlan(Ctx* ctx, const v1::GetPlanRequest* req, v1::Plan* res) {
  return runner_.Unary("GetPlan", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
                         return pool_.ReadOnly(call.deadline(),
                                               [&](db::Session& session) -> absl::Status {
                                                 ASSIGN_OR_RETURN(res, Shown(session, record));
                                                 return absl::OkStatus();
                                               });
                       });
}

PlanService::Reactor* PlanService::ListPlans(Ctx* ctx, const v1::ListPlansRequest* req,
                                             v1::ListPlansResponse* res) {
  return runner_.Unary(
      "ListPlans", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        PlanFilter filter;
        filter.issuer_id = fields.MaybeId(req.issuer(), "units", "issuer");
        filter.parent_plan_id = fields.MaybeId(req.parent_plan(), "plans", "parent_plan");
        RETURN_IF_ERROR(fields.status());
        if (req.state() >= v1::PLAN_STATE_DRAFT && req.state() <= v1::PLAN_STATE_CLOSED) {
          filter.state = std::string(TextOf(static_cast<State>(static_cast<int>(req.state()) - 1)));
        }
        filter.year = req.year();
        filter.number = req.number().substr(0, req.number().find('/'));
        if (req.number().find('/') != std::string::npos)
          filter.symbol = req.number().substr(req.number().find('/') + 1);
        const std::string scope = "plans|" + req.issuer() + "|" + std::to_string(req.state()) +
                                  "|" + std::to_string(req.year()) + "|" + req.number() + "|" +
                                  req.parent_plan();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          size_t bytes = 0;  // of what is shown; a page that is full needs no more
          const auto read = [&](const std::string& after,
                                int limit) -> absl::StatusOr<std::vector<Record>> {
            std::vector<Record> records;
            if (bytes > platform::Page::kMostBytes) return records;
            ASSIGN_OR_RETURN(std::vector<PlanRow> rows,
                             plans::ListPlans(session, filter, after, limit));
            for (PlanRow& row : rows) {
              ASSIGN_OR_RETURN(records.emplace_back(), RecordOf(std::move(row)));
            }
            return records;
          };
          const auto shown = [&](const Record& record) -> absl::StatusOr<bool> {
            bool may = visible.Contains(record.row.issuer_id);
            if (!may) {
              ASSIGN_OR_RETURN(may, TakesPart(session, record, visible));
            }
            if (may) bytes += record.row.document.size();
            return may;
          };
          const auto id = [](const Record& record) { return record.row.id; };
          ASSIGN_OR_RETURN(std::vector<Record> records,
                           platform::ReadShown(page, read, id, shown, /*largest=*/20));
          res.set_next_page_token(page.CutToFit(
              records, id, [](const Record& record) { return record.row.document.size(); }));
          for (const Record& record : records) {
            ASSIGN_OR_RETURN(*res.add_plans(), Shown(session, record));
          }
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::UpdatePlan(Ctx* ctx, const v1::UpdatePlanRequest* req,
                                              v1::Plan* res) {
  return runner_.Unary("UpdatePlan", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         CheckMask(req.update_mask(), Updatable(), &fields);
                         fields.Text(req.reason(), 1, kReason, "reason");
                         RETURN_IF_ERROR(fields.status());
                         RETURN_IF_ERROR(ReadForIssuer(call, req.plan().name()).status());
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const Record changed, plans::UpdatePlan(tx, call, req));
                           ASSIGN_OR_RETURN(res, Shown(tx, changed));
                           return absl::OkStatus();
                         });
                       });
}

PlanService::Reactor* PlanService::ResolveFinding(Ctx* ctx, const v1::ResolveFindingRequest* req,
                                                  v1::Plan* res) {
  return runner_.Unary(
      "ResolveFinding", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        fields.Text(req.reason(), 1, kReason, "reason");
        if (req.decision() == v1::FINDING_DECISION_UNSPECIFIED ||
            !v1::FindingDecision_IsValid(req.decision())) {
          fields.Refuse("decision", "DECISION", {"chưa nêu quyết định", "no decision is given"});
        }
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(ReadForIssuer(call, req.name()).status());
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const Record changed, plans::ResolveFinding(tx, call, req));
          ASSIGN_OR_RETURN(res, Shown(tx, changed));
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::IssuePlan(Ctx* ctx, const v1::IssuePlanRequest* req,
                                             v1::Plan* res) {
  return runner_.Unary("IssuePlan", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const Record record, ReadForIssuer(call, req.name()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const Record issued,
                                            plans::IssuePlan(tx, call, record.row.id, req.etag()));
                           ASSIGN_OR_RETURN(res, Shown(tx, issued));
                           return absl::OkStatus();
                         });
                       });
}

PlanService::Reactor* PlanService::LaunchPlan(Ctx* ctx, const v1::LaunchPlanRequest* req,
                                              v1::Plan* res) {
  return runner_.Unary(
      "LaunchPlan", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Record record, ReadForIssuer(call, req.name()));
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::vector<Participant> roster,
                           RosterOn(tx, *tree, record, call.business_today()));
          ASSIGN_OR_RETURN(const std::optional<int> person_count,
                           PersonCountOn(tx, *tree, record, call.business_today()));
          ASSIGN_OR_RETURN(
              const Record launched,
              plans::LaunchPlan(tx, call, record.row.id, req.etag(), roster, person_count));
          ASSIGN_OR_RETURN(res, Shown(tx, launched));
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::ClosePlan(Ctx* ctx, const v1::ClosePlanRequest* req,
                                             v1::Plan* res) {
  return runner_.Unary("ClosePlan", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         Fields fields;
                         fields.Text(req.reason(), 1, kReason, "reason");
                         RETURN_IF_ERROR(fields.status());
                         ASSIGN_OR_RETURN(const Record record, ReadForIssuer(call, req.name()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(
                               const Record closed,
                               plans::ClosePlan(tx, call, record.row.id, req.etag(), req.reason()));
                           ASSIGN_OR_RETURN(res, Shown(tx, closed));
                           return absl::OkStatus();
                         });
                       });
}

PlanService::Reactor* PlanService::SetPlanTheme(Ctx* ctx, const v1::SetPlanThemeRequest* req,
                                                v1::Plan* res) {
  return runner_.Unary("SetPlanTheme", ctx, req, res,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const Record record, ReadForIssuer(call, req.name()));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(
                               const Record changed,
                               SetTheme(tx, call, record.row.id, req.etag(), req.theme()));
                           ASSIGN_OR_RETURN(res, Shown(tx, changed));
                           return absl::OkStatus();
                         });
                       });
}

}  // namespace thidua::campaign::plans
