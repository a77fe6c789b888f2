// Requests of AccessService to values, or the fields that are wrong. Pure.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "campaign/access/store.h"
#include "thidua/campaign/v1/access_service.pb.h"

namespace thidua::campaign::access {

// The binding asked for; an empty valid_from is `today`.
absl::StatusOr<BindingRow> WantedBinding(const v1::RoleBinding& binding, absl::CivilDay today);
absl::StatusOr<BindingFilter> WantedFilter(const v1::ListRoleBindingsRequest& request);
// 1..200 characters of title, a unit. Answers the unit's id.
absl::StatusOr<std::string> UnitOfNewClient(const v1::Client& client);
// 1..500 characters.
absl::Status CheckReason(const std::string& reason);
// OK when the etag is that of the version.
absl::Status CheckEtag(const std::string& etag, int64_t row_version);

}  // namespace thidua::campaign::access
