// A plan in memory: its document and where it stands.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "campaign/plans/facts.h"
#include "campaign/plans/store.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::plans {

struct Record {
  PlanRow row;        // but for `document`
  v1::Plan document;  // normalised; holds decided findings only
};

absl::Status UnknownPlan(const std::string& id);
// UNKNOWN_PLAN when there is none.
absl::StatusOr<Record> ReadRecord(db::Session& session, const std::string& id);
absl::StatusOr<Record> LockRecord(db::Tx& tx, const std::string& id);
absl::StatusOr<Record> RecordOf(PlanRow row);

// The largest document, in bytes of the JSON that is kept. An event holds a plan before and after a
// change, or before its launch and most of it anew with the roster, and the reason: all within the
// 1 MiB of an event. What is left for a roster is room for more than 8 000 units.
inline constexpr size_t kLargestDocument = size_t{384} * 1024;

// The row's columns and document text from the document; the state and launch date stay.
// PLAN_TOO_LARGE (field "plan").
absl::StatusOr<PlanRow> RowOf(const Record& record);

absl::StatusOr<Surroundings> SurroundingsOf(db::Session& session, const Record& record);
// The plan as callers see it.
absl::StatusOr<v1::Plan> Shown(db::Session& session, const Record& record);

// The unit that the plan names as its coordinator; its issuer when it names none that we know.
std::string CoordinatorOf(const Record& record);

// PLAN_STATE unless the plan is launched and not closed.
absl::Status RequireLaunched(const Record& record);
// PLAN_STATE unless the plan is launched or closed.
absl::Status RequireLaunchedOrClosed(const Record& record);
// NOT_A_PARTICIPANT: the unit is not on the roster.
absl::Status NotAParticipant(const std::string& unit_id);

// PLAN_STATE unless the move is legal; names the legal ones.
absl::Status CheckMove(const Record& record, Move move);

}  // namespace thidua::campaign::plans
