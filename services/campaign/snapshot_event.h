// One item of a snapshot: a state in the form of an event that never happened.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::campaign {

absl::StatusOr<common::v1::Event> SnapshotEvent(const std::string& aggregate_type,
                                                const std::string& aggregate_id, int64_t version,
                                                const std::string& unit_id,
                                                const google::protobuf::Message& payload);

}  // namespace thidua::campaign
