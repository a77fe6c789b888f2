// Template body of PayloadOf (see consumer.h).
#pragma once

#include "platform/json.h"

namespace thidua::feed {

template <class Payload>
absl::StatusOr<Payload> PayloadOf(const common::v1::Event& event) {
  Payload payload;
  absl::Status status = platform::FromJson(event.payload_json(), &payload);
  if (!status.ok()) return status;
  return payload;
}

}  // namespace thidua::feed
