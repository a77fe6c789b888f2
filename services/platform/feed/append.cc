#include "platform/feed/append.h"

#include <optional>

#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

// So that a page of one event always fits into a message of 4 MiB. Bulk data travels as one event a
// chunk that names its rows by a hash, never as the rows themselves.
constexpr size_t kLargestEvent = 1024 * 1024;

}  // namespace

absl::Status Append(db::Tx& tx, const platform::Call& call, const Draft& draft) {
  return Append(tx,
                Origin{.actor = call.principal().subject,
                       .request_id = call.call_id(),
                       .machine_now = call.machine_now(),
                       .business_today = call.business_today()},
                draft);
}

absl::Status Append(db::Tx& tx, const Origin& origin, const Draft& draft) {
  if (draft.payload == nullptr) return platform::Internal("an event without a payload");
  if (draft.aggregate_type.empty() || draft.aggregate_id.empty() || draft.aggregate_version < 1) {
    return platform::Internal("an event without an aggregate and its version");
  }
  const std::string type = draft.payload->GetDescriptor()->full_name();
  ASSIGN_OR_RETURN(const std::string payload, platform::ToJson(*draft.payload));
  std::optional<std::string> before;
  if (draft.before != nullptr) {
    ASSIGN_OR_RETURN(before, platform::ToJson(*draft.before));
  }
  if (payload.size() + before.value_or("").size() + draft.reason.size() > kLargestEvent) {
    return platform::Internal("an event of more than 1 MiB: " + type);
  }
  return tx
      .Execute(
          "INSERT INTO events (event_id, type, aggregate_type, aggregate_id, aggregate_version, "
          "unit_id, actor, occurred_at, business_date, payload, before_payload, reason, "
          "request_id) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          platform::NewId(origin.machine_now), type, draft.aggregate_type, draft.aggregate_id,
          draft.aggregate_version, draft.unit_id, origin.actor, origin.machine_now,
          origin.business_today, payload, before, draft.reason, origin.request_id)
      .status();
}

}  // namespace thidua::feed
