#include "notify/meetings/events.h"

#include "absl/time/time.h"
#include "platform/clock.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::meetings {

absl::Status AppendFired(db::Tx& tx, const feed::Origin& origin, const Meeting& meeting,
                         const Reminder& fired, const std::vector<std::string>& skipped) {
  v1::MeetingReminderFired event;
  event.set_meeting_id(meeting.id);
  event.set_reminder_id(fired.id);
  event.set_code(fired.code);
  event.set_fire_time(
      absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", fired.fire_at, platform::VietnamTime()));
  event.set_notice_id(fired.notice_id.value_or(""));
  for (const std::string& code : skipped) event.add_skipped_codes(code);
  return feed::Append(tx, origin,
                      {.aggregate_type = "meeting_reminder",
                       .aggregate_id = fired.id,
                       .aggregate_version = 1,
                       .unit_id = meeting.unit_id,
                       .payload = &event,
                       .before = nullptr,
                       .reason = ""});
}

}  // namespace thidua::notify::meetings
