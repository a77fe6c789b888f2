// Decisions as the contract has them.
#pragma once

#include "absl/status/statusor.h"
#include "awards/decisions/store.h"
#include "thidua/awards/v1/decision_service.pb.h"

namespace thidua::awards::decisions {

void ToProto(const DecisionRow& row, v1::Decision* decision);

// The words of a request, checked for lengths and counts.
absl::StatusOr<Text> TextOf(const v1::DecisionText& text);

// The signature of a request, checked (R-AWD-52 and lengths).
absl::StatusOr<Signature> SignatureOf(const v1::Signature& signature);

}  // namespace thidua::awards::decisions
