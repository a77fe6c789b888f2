// What people of the demo do on the way to an award.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {

// Files an award dossier of an invited unit of the demo, as its officer.
void FileAwardDossier(Stack& stack, const json& nomination, const std::string& staff);
// The nomination of a unit itself; null when there is none.
json NominationOf(Stack& stack, const std::string& unit_code);
// Nominations of the demo of units, or of people.
std::vector<json> NominationsOf(Stack& stack, const char* subject);
// The one nomination of a person with this staff code; null when there is none.
json NominationOfPerson(Stack& stack, const std::string& staff);
// The findings of its newest check, by standard.
std::map<std::string, json> FindingsOf(const json& nomination);
// An invited unit of the demo whose way had ended in this state ("MISSED", "DECLINED"): taken up
// again, so that its officer may file. `officer` is told. For one test of each way, which goes on
// from there: the demo has one unit that declined and one that missed the deadline.
json ReopenedNomination(Stack& stack, const std::string& ended, std::string* officer);

}  // namespace thidua::e2e
