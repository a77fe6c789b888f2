// One item of a snapshot: a state in the form of an event that never happened.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::campaign {

// `day`: that of the act which the payload tells of (a launch); for what only says how things stand
// the day of the snapshot.
absl::StatusOr<common::v1::Event> SnapshotEvent(absl::CivilDay day,
                                                const std::string& aggregate_type,
                                                const std::string& aggregate_id, int64_t version,
                                                const std::string& unit_id,
                                                const google::protobuf::Message& payload);

}  // namespace thidua::campaign
