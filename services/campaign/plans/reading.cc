#include "campaign/plans/reading.h"

#include "campaign/plans/service.h"
#include "campaign/plans/store.h"
#include "campaign/requests/rights.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {

absl::StatusOr<Record> ReadForReader(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "plans", field));
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  Record record;
  bool may = false;
  const absl::Status read =
      pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(record, ReadRecord(session, id));
        may = visible.Contains(record.row.issuer_id);
        if (!may) {
          ASSIGN_OR_RETURN(may, TakesPart(session, record, visible));
        }
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  if (!may) RETURN_IF_ERROR(call.Require(record.row.issuer_id));
  return record;
}

absl::StatusOr<Record> ReadForKeeper(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "plans", field));
  Record record;
  const absl::Status read =
      pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(record, ReadRecord(session, id));
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  RETURN_IF_ERROR(RequireAtOne(call, {record.row.issuer_id, CoordinatorOf(record)}));
  return record;
}

absl::StatusOr<PlanOfUnit> LockForUnit(db::Tx& tx, const platform::Call& call,
                                       const std::string& plan_id, const std::string& unit_id) {
  PlanOfUnit out;
  ASSIGN_OR_RETURN(out.record, LockRecord(tx, plan_id));
  ASSIGN_OR_RETURN(out.takes_part, IsParticipant(tx, plan_id, unit_id));
  if (out.takes_part) return out;
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, VisibleFor(call, "campaign.plans.read"));
  bool may = visible.Contains(out.record.row.issuer_id);
  if (!may) {
    ASSIGN_OR_RETURN(may, TakesPart(tx, out.record, visible));
  }
  if (!may) return UnknownPlan(plan_id);
  return out;
}

}  // namespace thidua::campaign::plans
