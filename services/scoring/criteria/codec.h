// A definition as RFC 8785 JSON with every number as a string: what is stored, hashed and put into
// snapshots. The form never changes; a new need is a new optional member.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "scoring/criteria/definition.h"

namespace thidua::scoring::criteria {

nlohmann::json ToJson(const Definition& definition);
// INTERNAL when the JSON is not what ToJson writes.
absl::StatusOr<Definition> DefinitionFromJson(const nlohmann::json& json);

// The stored text of a definition.
absl::StatusOr<std::string> Canonical(const Definition& definition);
absl::StatusOr<Definition> DefinitionFromText(std::string_view canonical);

// Names as stored and hashed.
std::string StageName(Stage stage);
std::string ModeName(numbers::RoundingMode mode);

}  // namespace thidua::scoring::criteria
