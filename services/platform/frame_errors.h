// What the call frame itself refuses, before any handler is asked.
#pragma once

#include "absl/status/status.h"

namespace thidua::platform {

// Of one message, either way.
constexpr int kLargestMessage = 4 * 1024 * 1024;

// UNAVAILABLE TOO_MANY_STREAMS: as many streams of this kind run as may.
absl::Status TooManyStreams();
// UNAVAILABLE READER_TOO_SLOW: a message of a stream was not taken in time.
absl::Status ReaderTooSlow();
// UNAVAILABLE OVERLOADED: there is no room for the call.
absl::Status Overloaded();
// UNAVAILABLE NOT_READY: the process has not finished starting (its database may be away).
absl::Status NotReady();
// DEADLINE_EXCEEDED DEADLINE_TOO_SHORT.
absl::Status DeadlineTooShort();
// INVALID_ARGUMENT FRAME_MALFORMED: bytes that are no message of the rpc's request type.
absl::Status FrameMalformed();
// RESOURCE_EXHAUSTED FRAME_TOO_LARGE.
absl::Status FrameTooLarge();
// INVALID_ARGUMENT STREAM_EMPTY: a stream that ended before its first message.
absl::Status StreamEmpty();

}  // namespace thidua::platform
