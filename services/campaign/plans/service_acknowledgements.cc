// Who has spread a plan among their people, and who has not.
#include <optional>

#include "campaign/plans/rules_roster.h"
#include "campaign/plans/service.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

using platform::Call;

std::optional<bool> Acknowledged(v1::AcknowledgementFilter filter) {
  if (filter == v1::ACKNOWLEDGEMENT_FILTER_ACKNOWLEDGED) return true;
  if (filter == v1::ACKNOWLEDGEMENT_FILTER_MISSING) return false;
  return std::nullopt;
}

}  // namespace

PlanService::Reactor* PlanService::ListAcknowledgementStates(
    Ctx* ctx, const v1::ListAcknowledgementStatesRequest* req,
    v1::ListAcknowledgementStatesResponse* res) {
  return runner_.Unary(
      "ListAcknowledgementStates", ctx, req, res,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        Fields fields;
        const absl::CivilDay as_of =
            fields.MaybeDay(req.as_of(), "as_of").value_or(call.business_today());
        RETURN_IF_ERROR(fields.status());
        ASSIGN_OR_RETURN(const Record record, ReadForReader(call, req.name()));
        const std::string scope = "acknowledgementStates|" + req.name() + "|" +
                                  std::to_string(req.filter()) + "|" + req.as_of();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                         tree_.Current(call.deadline()));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Acknowledging> units,
                           WhoAcknowledged(session, record.row.id, as_of,
                                           Acknowledged(req.filter()), page.after, page.size + 1));
          res.set_next_page_token(page.Cut(units, &Acknowledging::unit_id));
          for (const Acknowledging& one : units) {
            v1::AcknowledgementState* out = res.add_units();
            out->set_unit(platform::NameOf("units", one.unit_id));
            out->set_display_name(one.display_name);
            if (one.date) out->set_acknowledge_date(platform::FormatDate(*one.date));
            if (record.row.launch_date)
              out->set_days(DaysWaited(*record.row.launch_date, one.date, as_of));
            for (const std::string& heir : tree->HeirsOf(one.unit_id, call.business_today())) {
              if (heir != one.unit_id) out->add_successors(platform::NameOf("units", heir));
            }
          }
          res.set_participant_count(record.row.participant_count);
          ASSIGN_OR_RETURN(const int64_t acknowledged,
                           CountAcknowledged(session, record.row.id, as_of));
          res.set_acknowledged_count(static_cast<int32_t>(acknowledged));
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::plans
