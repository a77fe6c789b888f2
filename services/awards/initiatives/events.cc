#include "awards/initiatives/events.h"

#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"

namespace thidua::awards::initiatives {

v1::InitiativeChanged ChangedEvent(const InitiativeRow& row) {
  v1::InitiativeChanged changed;
  changed.set_initiative_id(row.id);
  changed.set_unit_id(row.unit_id);
  changed.set_year(row.year);
  if (row.recognition) {
    changed.set_recognised(true);
    changed.set_authority(row.recognition->authority);
    changed.set_recognition_date(platform::FormatDate(row.recognition->date));
  }
  changed.set_state(std::string(NameOf(row.state)));
  changed.set_ballot_id(row.ballot_id);
  return changed;
}

absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  platform::VisibleUnits all;
  all.all = true;
  platform::Page page;
  page.size = 500;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<InitiativeRow> rows,
                     ListInitiatives(session, all, "", 0, "", page));
    for (const InitiativeRow& row : rows) {
      if (!row.recognition) continue;
      const v1::InitiativeChanged changed = ChangedEvent(row);
      common::v1::Event event;
      event.set_type(changed.GetDescriptor()->full_name());
      event.set_aggregate_type("initiative");
      event.set_aggregate_id(row.id);
      event.set_aggregate_version(row.row_version);
      event.set_unit_id(row.unit_id);
      event.set_business_date(changed.recognition_date());
      ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(changed));
      RETURN_IF_ERROR(emit(event));
    }
    if (static_cast<int>(rows.size()) <= page.size) return absl::OkStatus();
    page.after = rows.back().id;
  }
}

}  // namespace thidua::awards::initiatives
