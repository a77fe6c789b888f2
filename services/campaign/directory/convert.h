// Between contracts and plain values.
#pragma once

#include "absl/time/civil_time.h"
#include "campaign/directory/rules_people.h"
#include "campaign/directory/rules_units.h"
#include "campaign/requests/fields.h"
#include "thidua/campaign/v1/directory_service.pb.h"

namespace thidua::campaign::directory {

UnitType TypeFrom(v1::UnitType type);  // PROVINCE for what is not valid
v1::UnitType ToProto(UnitType type);

// The unit as of a date; a date after its end tells its last day, one before its start its first.
v1::Unit ToProto(const Unit& unit, absl::CivilDay as_of);
v1::Person ToProto(const Person& person);

// What a caller sends; refusals go into `fields` under `prefix` ("unit."). A date left out of a
// name, parent or code is the unit's own.
Unit UnitFrom(const v1::Unit& unit, const std::string& prefix, Fields* fields);
std::vector<DatedText> NamesFrom(const v1::Unit& unit, const Span& span, const std::string& prefix,
                                 Fields* fields);
std::vector<DatedParent> ParentsFrom(const v1::Unit& unit, const Span& span,
                                     const std::string& prefix, Fields* fields);
std::vector<DatedCode> CodesFrom(const v1::Unit& unit, const Span& span, const std::string& prefix,
                                 Fields* fields);
Person PersonFrom(const v1::Person& person, const std::string& prefix, Fields* fields);
std::vector<Post> PostsFrom(const v1::Person& person, const std::string& prefix, Fields* fields);
Category CategoryOf(v1::PersonCategory category);

}  // namespace thidua::campaign::directory
