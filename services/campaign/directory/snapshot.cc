#include "campaign/directory/snapshot.h"

#include "campaign/directory/events.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "campaign/snapshot_event.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {

feed::SnapshotSource UnitSnapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<Unit> units, LoadAllUnits(session));
    for (const Unit& unit : units) {
      ASSIGN_OR_RETURN(const common::v1::Event event,
                       SnapshotEvent(clock.Today(), "unit", unit.id, unit.row_version, unit.id,
                                     PayloadOf(unit)));
      RETURN_IF_ERROR(emit(event));
    }
    return absl::OkStatus();
  };
}

feed::SnapshotSource PersonSnapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    constexpr int kBatch = 500;
    std::string after;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<Person> people, LoadPeople(session, after, kBatch));
      for (const Person& person : people) {
        const absl::CivilDay today = clock.Today();
        const v1::PersonChanged payload = PayloadOf(person, today);
        ASSIGN_OR_RETURN(const common::v1::Event event,
                         SnapshotEvent(today, "person", person.id, person.row_version,
                                       payload.unit_id(), payload));
        RETURN_IF_ERROR(emit(event));
      }
      if (people.size() < kBatch) return absl::OkStatus();
      after = people.back().id;
    }
  };
}

}  // namespace thidua::campaign::directory
