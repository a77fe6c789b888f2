#include "notify/inbox/store_plans.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace thidua::notify::inbox {

absl::Status PutPlan(db::Tx& tx, const LaunchedPlan& plan) {
  return tx
      .Execute(
          "INSERT INTO launched_plans (plan_id, number, title, issuer_unit_id, "
          "coordinator_unit_id, required_documents, original_sets) VALUES (?, ?, ?, ?, ?, ?, ?) "
          "ON DUPLICATE KEY UPDATE number = VALUES(number), title = VALUES(title), issuer_unit_id "
          "= VALUES(issuer_unit_id), coordinator_unit_id = VALUES(coordinator_unit_id), "
          "required_documents = VALUES(required_documents), original_sets = VALUES(original_sets)",
          plan.id, plan.number, plan.title, plan.issuer_unit_id, plan.coordinator_unit_id,
          absl::StrJoin(plan.required_documents, ","), plan.original_sets)
      .status();
}

absl::StatusOr<std::optional<LaunchedPlan>> FindPlan(db::Session& session, const std::string& id) {
  return session.QueryOptional<LaunchedPlan>(
      [](const db::Row& row) {
        LaunchedPlan plan;
        plan.id = row.Get<std::string>(0);
        plan.number = row.Get<std::string>(1);
        plan.title = row.Get<std::string>(2);
        plan.issuer_unit_id = row.Get<std::string>(3);
        plan.coordinator_unit_id = row.Get<std::string>(4);
        plan.required_documents = absl::StrSplit(row.Get<std::string>(5), ',', absl::SkipEmpty());
        plan.original_sets = row.Get<int32_t>(6);
        return plan;
      },
      "SELECT plan_id, number, title, issuer_unit_id, coordinator_unit_id, required_documents, "
      "original_sets FROM launched_plans WHERE plan_id = ?",
      id);
}

absl::Status ClearPlans(db::Tx& tx) { return tx.Execute("DELETE FROM launched_plans").status(); }

}  // namespace thidua::notify::inbox
