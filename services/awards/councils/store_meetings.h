// Meetings in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awards/councils/rules_meetings.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::councils {

struct MeetingRow {
  std::string id;
  std::string council_id;
  std::string unit_id;  // the council's
  MeetingState state = MeetingState::kScheduled;
  absl::Time begin;
  std::string place;
  std::string agenda;
  std::vector<std::string> summoned;  // person ids
  std::vector<std::string> ballots;   // ballot ids
  std::string cancel_reason;
  absl::Time set_at;  // business time of the newest call or change
  absl::Time created_at;
  int64_t row_version = 1;
};

absl::Status InsertMeeting(db::Tx& tx, const MeetingRow& meeting);
// Replaces all but council, unit and created_at; writes row_version as it is given.
absl::Status ReplaceMeeting(db::Tx& tx, const MeetingRow& meeting);
absl::StatusOr<std::optional<MeetingRow>> LockMeeting(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<MeetingRow>> ReadMeeting(db::Session& session, const std::string& id);

// Which meetings a list shows.
struct MeetingFilter {
  std::string council_id;              // "" means all
  std::optional<absl::Time> begin_at;  // only those that begin then or later
};
// In the order they were called; one more than the page's size when there is more.
absl::StatusOr<std::vector<MeetingRow>> ListMeetings(db::Session& session,
                                                     const platform::VisibleUnits& visible,
                                                     const MeetingFilter& filter,
                                                     const platform::Page& page);

}  // namespace thidua::awards::councils
