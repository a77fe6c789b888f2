// Registers as the contract has them, both ways; what comes in is checked. Pure.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "scoring/registers/store.h"
#include "thidua/scoring/v1/register_service.pb.h"

namespace thidua::scoring::registers {

// The kind's name as stored, "VIOLATIONS"; "" for none.
std::string KindName(v1::RegisterKind kind);

// All but id, counts, hash and what the server makes.
absl::StatusOr<RegisterRow> RegisterOf(const v1::ImportRegisterRequest& request,
                                       absl::CivilDay today);
void ToProto(const RegisterRow& row, v1::Register& out);

}  // namespace thidua::scoring::registers
