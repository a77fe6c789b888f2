#include "scoring/initiatives/events.h"

#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/initiatives/store.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::scoring::initiatives {
namespace {

// The event tells the initiative as it is, so taking it again changes nothing.
absl::Status Take(db::Tx& tx, const common::v1::Event& event) {
  ASSIGN_OR_RETURN(const auto payload, feed::PayloadOf<awards::v1::InitiativeChanged>(event));
  if (payload.initiative_id().empty()) return platform::Internal("an initiative without an id");
  Initiative initiative;
  initiative.year = payload.year();
  if (payload.recognised()) {
    ASSIGN_OR_RETURN(initiative.recognition,
                     platform::ParseDate(payload.recognition_date(), "recognition_date"));
  }
  return Store::Upsert(tx, payload.initiative_id(), payload.unit_id(), initiative);
}

}  // namespace

std::map<std::string, feed::Handler> AwardsHandlers() {
  return {{awards::v1::InitiativeChanged::descriptor()->full_name(), Take}};
}

absl::Status Reset(db::Tx& tx) { return Store::DeleteAll(tx); }

}  // namespace thidua::scoring::initiatives
