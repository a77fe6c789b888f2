// Initiatives as the contract has them, both ways; what comes in is checked. Pure.
#pragma once

#include "absl/status/statusor.h"
#include "awards/initiatives/store.h"
#include "thidua/awards/v1/initiative_service.pb.h"

namespace thidua::awards::initiatives {

// All but id, registrar, created_at and row_version; without a recognition.
absl::StatusOr<InitiativeRow> InitiativeOf(const v1::Initiative& initiative);

// All but recorder.
absl::StatusOr<Recognition> RecognitionOf(const v1::Recognition& recognition);

void ToProto(const InitiativeRow& row, v1::Initiative* initiative);

}  // namespace thidua::awards::initiatives
