// Putting a record into the register, with its event.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "awards/classifications/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/awards/v1/classification_service.pb.h"

namespace thidua::awards::classifications {

enum class Change { kCreated, kUpdated, kNone };

struct Put {
  ClassificationRow row;
  Change change = Change::kNone;
};
// Records what is said, which was checked; `unit_id` is the unit of the person's post. What is
// recorded already stays as it is.
absl::StatusOr<Put> PutRecord(db::Tx& tx, const platform::Call& call, const Record& said,
                              const std::string& unit_id);

void ToProto(const ClassificationRow& row, v1::Classification* to);

}  // namespace thidua::awards::classifications
