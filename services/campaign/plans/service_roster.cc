// Those who take part in a plan: roster, coverage, acknowledgements.
#include <map>

#include "campaign/plans/changes.h"
#include "campaign/plans/events.h"
#include "campaign/plans/reading.h"
#include "campaign/plans/service.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

using platform::Call;

v1::UnitType TypeOf(const std::string& type) {
  v1::UnitType out = v1::UNIT_TYPE_UNSPECIFIED;
  v1::UnitType_Parse("UNIT_TYPE_" + type, &out);
  return out;
}

v1::PlanAcknowledgement ToProto(const std::string& plan_id, const Acknowledgement& one) {
  v1::PlanAcknowledgement out;
  out.set_plan(platform::NameOf("plans", plan_id));
  out.set_unit(platform::NameOf("units", one.unit_id));
  out.set_acknowledge_date(platform::FormatDate(one.date));
  out.set_actor(one.actor);
  out.set_note(one.note);
  return out;
}

}  // namespace

PlanService::Reactor* PlanService::ListPlanParticipants(Ctx* ctx,
                                                        const v1::ListPlanParticipantsRequest* req,
                                                        v1::ListPlanParticipantsResponse* res) {
  return runner_.Unary(
      "ListPlanParticipants", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
        const std::string scope = "participants|" + req.name();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<Participant> roster,
                           Participants(session, record.row.id, page.after, page.size + 1));
          res.set_next_page_token(page.Cut(roster, &Participant::unit_id));
          for (const Participant& one : roster) {
            v1::PlanParticipant* out = res.add_participants();
            out->set_unit(platform::NameOf("units", one.unit_id));
            out->set_display_name(one.display_name);
            out->set_type(TypeOf(one.type));
            for (const std::string& heir : tree->HeirsOf(one.unit_id, call.business_today())) {
              if (heir != one.unit_id) out->add_successors(platform::NameOf("units", heir));
            }
          }
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::GetPlanCoverage(Ctx* ctx, const v1::GetPlanCoverageRequest* req,
                                                   v1::PlanCoverage* res) {
  return runner_.Unary(
      "GetPlanCoverage", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          PlanFilter filter;
          filter.parent_plan_id = record.row.id;
          std::map<std::string, PlanRow> furthest;  // by issuer
          std::string after;
          constexpr int kBatch = 200;
          while (true) {
            ASSIGN_OR_RETURN(const std::vector<PlanRow> children,
                             plans::ListPlans(session, filter, after, kBatch));
            for (const PlanRow& child : children) {
              const auto [at, fresh] = furthest.emplace(child.issuer_id, child);
              if (!fresh && child.state > at->second.state) at->second = child;
            }
            if (children.size() < kBatch) break;
            after = children.back().id;
          }
          ASSIGN_OR_RETURN(const std::vector<Participant> roster,
                           AllParticipants(session, record.row.id));
          for (const Participant& one : roster) {
            v1::UnitCoverage* out = res.add_units();
            out->set_unit(platform::NameOf("units", one.unit_id));
            out->set_display_name(one.display_name);
            // A plan of a unit that has taken its place counts for it.
            auto child = furthest.find(one.unit_id);
            if (child == furthest.end()) {
              for (const std::string& heir : tree->HeirsOf(one.unit_id, call.business_today())) {
                if (child == furthest.end()) child = furthest.find(heir);
              }
            }
            if (child == furthest.end()) continue;
            out->set_plan(platform::NameOf("plans", child->second.id));
            out->set_state(static_cast<v1::PlanState>(static_cast<int>(child->second.state) + 1));
            if (child->second.state >= State::kLaunched)
              res.set_launched_count(res.launched_count() + 1);
          }
          res.set_participant_count(static_cast<int>(roster.size()));
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::AcknowledgePlan(Ctx* ctx, const v1::AcknowledgePlanRequest* req,
                                                   v1::PlanAcknowledgement* res) {
  return runner_.Unary(
      "AcknowledgePlan", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const std::string plan_id = fields.Id(req.name(), "plans", "name");
        const std::string unit = fields.Id(req.unit(), "units", "unit");
        fields.Text(req.note(), 0, 1000, "note");
        RETURN_IF_ERROR(fields.status());
        RETURN_IF_ERROR(call.Require(unit));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const PlanOfUnit about, LockForUnit(tx, call, plan_id, unit));
          const Record& record = about.record;
          if (record.row.state != State::kLaunched) {
            return platform::FailedPrecondition(
                "PLAN_STATE",
                {"chỉ xác nhận quán triệt kế hoạch đang triển khai",
                 "only a launched plan can be acknowledged"},
                {{"state", std::string(TextOf(record.row.state))}, {"legal_moves", ""}});
          }
          if (!about.takes_part) return NotAParticipant(unit);
          const Acknowledgement one{unit, call.business_today(), call.principal().subject,
                                    req.note()};
          RETURN_IF_ERROR(InsertAcknowledgement(tx, plan_id, one));
          RETURN_IF_ERROR(AppendAcknowledgement(tx, call, plan_id, record.row.row_version, one));
          res = ToProto(plan_id, one);
          return absl::OkStatus();
        });
      });
}

PlanService::Reactor* PlanService::ListPlanAcknowledgements(
    Ctx* ctx, const v1::ListPlanAcknowledgementsRequest* req,
    v1::ListPlanAcknowledgementsResponse* res) {
  return runner_.Unary(
      "ListPlanAcknowledgements", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
        const std::string scope = "acknowledgements|" + req.name();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<Acknowledgement> found,
                           Acknowledgements(session, record.row.id, page.after, page.size + 1));
          res.set_next_page_token(page.Cut(found, &Acknowledgement::unit_id));
          for (const Acknowledgement& one : found)
            *res.add_acknowledgements() = ToProto(record.row.id, one);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::plans
