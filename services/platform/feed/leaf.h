// The bytes of an event that the audit log hashes.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// RFC 8785 JSON of the event without its position: every field by its proto name, empty ones too,
// all values strings (numbers in decimal, times as Rfc3339, payloads as the text that is stored).
// INVALID_ARGUMENT when a text is not UTF-8.
absl::StatusOr<std::string> LeafContent(const common::v1::Event& event);

// "2024-02-01T08:00:00.000000Z": always UTC, always microseconds, so that equal times are equal
// bytes.
std::string Rfc3339(absl::Time time);

}  // namespace thidua::feed
