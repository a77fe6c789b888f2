// Errors of rules as callers see them, and what every area asks of a call.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/rules_refusal.h"
#include "platform/call.h"

namespace thidua::awards {

absl::Status ErrorOf(const Refusal& refusal);
// OK without a refusal.
absl::Status ErrorOf(const MaybeRefusal& refusal);

// NOT_FOUND with reason "<KIND>_NOT_FOUND" for a resource that is not there.
absl::Status ResourceNotFound(std::string_view kind, std::string_view name);

// The id of the person who calls; PERMISSION_DENIED PERSON_REQUIRED for systems and services.
absl::StatusOr<std::string> PersonOf(const platform::Call& call);

// Text that a person must give: trimmed by nobody, 1..longest characters (UTF-8 code points).
absl::Status CheckText(std::string_view field, std::string_view text, size_t longest);
// The same, but may be empty.
absl::Status CheckOptionalText(std::string_view field, std::string_view text, size_t longest);

}  // namespace thidua::awards
