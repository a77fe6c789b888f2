// What people of the demo do on the way to an award.
#pragma once

#include <string>

#include "e2e/stack.h"

namespace thidua::e2e {

// "plans/<id>" -> "<id>".
std::string IdIn(const json& name);
// Files an award dossier of an invited unit of the demo, as its officer.
void FileAwardDossier(Stack& stack, const json& nomination, const std::string& staff);
// The nomination of a unit; null when there is none.
json NominationOf(Stack& stack, const std::string& unit_code);

}  // namespace thidua::e2e
