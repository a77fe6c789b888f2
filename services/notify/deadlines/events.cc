#include "notify/deadlines/events.h"

#include "platform/clock.h"

namespace thidua::notify::deadlines {

v1::DeadlineChanged ToEvent(const Deadline& deadline) {
  v1::DeadlineChanged event;
  event.set_deadline_id(deadline.id);
  event.set_kind(deadline.kind);
  event.set_unit_id(deadline.unit_id);
  event.set_plan_id(deadline.plan_id);
  event.set_subject_id(deadline.subject_id);
  event.set_title(deadline.title);
  if (deadline.start.has_value()) event.set_start_date(platform::FormatDate(*deadline.start));
  event.set_due_date(platform::FormatDate(deadline.due));
  event.set_state(deadline.state);
  if (deadline.met_on.has_value()) event.set_met_date(platform::FormatDate(*deadline.met_on));
  return event;
}

absl::Status AppendChanged(db::Tx& tx, const feed::Origin& origin, const Deadline& deadline,
                           const std::optional<Deadline>& before) {
  const v1::DeadlineChanged event = ToEvent(deadline);
  const v1::DeadlineChanged earlier = before.has_value() ? ToEvent(*before) : v1::DeadlineChanged();
  return feed::Append(tx, origin,
                      {.aggregate_type = "deadline",
                       .aggregate_id = deadline.id,
                       .aggregate_version = deadline.row_version,
                       .unit_id = deadline.unit_id,
                       .payload = &event,
                       .before = before.has_value() ? &earlier : nullptr,
                       .reason = ""});
}

absl::Status AppendFired(db::Tx& tx, const feed::Origin& origin, const Deadline& deadline,
                         const Reminder& fired, const std::vector<std::string>& skipped) {
  v1::ReminderFired event;
  event.set_deadline_id(deadline.id);
  event.set_reminder_id(fired.id);
  event.set_code(fired.code);
  event.set_fire_date(platform::FormatDate(fired.day));
  event.set_notice_id(fired.notice_id.value_or(""));
  for (const std::string& code : skipped) event.add_skipped_codes(code);
  return feed::Append(tx, origin,
                      {.aggregate_type = "reminder",
                       .aggregate_id = fired.id,
                       .aggregate_version = 1,
                       .unit_id = deadline.unit_id,
                       .payload = &event,
                       .before = nullptr,
                       .reason = ""});
}

}  // namespace thidua::notify::deadlines
