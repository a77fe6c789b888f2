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

// As it stands on `today`, without what is kept beside it: filings, reopenings, checks.
void ToProto(const NominationRow& row, absl::CivilDay today, v1::Nomination* nomination);
void ToProto(const CheckRow& check, const std::string& nomination_id, v1::StandardsCheck* to);
void ToProto(const ConfirmationRow& row, const std::string& nomination_id,
             v1::StandardConfirmation* to);

// The contract's value of a state or subject.
v1::NominationState StateOf(State state);
v1::AwardSubject SubjectOf(const NominationRow& row);

// The nomination with its filings, reopenings and newest check, read here.
absl::Status Show(db::Session& session, const NominationRow& row, absl::CivilDay today,
                  v1::Nomination* nomination);

// "MINUTES" and the contract's value.
std::string KindName(v1::DocumentKind kind);

}  // namespace thidua::awards::nominations
