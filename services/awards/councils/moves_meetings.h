// What can be done with a meeting: one function a move, inside the write's transaction. Each locks
// what it changes, judges, writes and appends its event.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/store_meetings.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::awards::councils {

absl::Status MeetingNotFound(const std::string& id);

// What a request says of a meeting.
struct MeetingDraft {
  absl::Time begin;
  std::string place;
  std::string agenda;
  std::vector<std::string> summoned;  // person ids; empty: all members of the day
  std::vector<std::string> ballots;   // ballot ids
};

absl::StatusOr<MeetingRow> Schedule(db::Tx& tx, const platform::Call& call,
                                    const std::string& council_id, const MeetingDraft& draft);
// With nothing changed the meeting stays at its version and no event is appended.
absl::StatusOr<MeetingRow> Reschedule(db::Tx& tx, const platform::Call& call,
                                      const std::string& meeting_id, const std::string& etag,
                                      const MeetingDraft& draft);
// `etag` may be empty.
absl::StatusOr<MeetingRow> CallOff(db::Tx& tx, const platform::Call& call,
                                   const std::string& meeting_id, const std::string& etag,
                                   const std::string& reason);

// For a new reader of the feed: every meeting, as CouncilMeetingScheduled or, when it was called
// off, as CouncilMeetingCancelled.
absl::Status EmitMeetings(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::awards::councils
