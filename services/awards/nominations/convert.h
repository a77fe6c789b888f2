// Nominations as the contract has them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_standards.h"
#include "platform/db/session.h"
#include "thidua/awards/v1/nomination_service.pb.h"

namespace thidua::awards::nominations {

void ToProto(const NominationRow& row, const std::vector<FilingRow>& filings,
             const std::optional<CheckRow>& check, v1::Nomination* nomination);
void ToProto(const CheckRow& check, const std::string& nomination_id, v1::StandardsCheck* to);
void ToProto(const ConfirmationRow& row, const std::string& nomination_id,
             v1::StandardConfirmation* to);

// The nomination with its filings and its newest check, read here.
absl::Status Show(db::Session& session, const NominationRow& row, v1::Nomination* nomination);

// "MINUTES" and the contract's value.
std::string KindName(v1::DocumentKind kind);

}  // namespace thidua::awards::nominations
