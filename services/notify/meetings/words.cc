#include "notify/meetings/words.h"

#include "notify/inbox/units.h"
#include "notify/wording.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify::meetings {

std::string TimeOf(absl::Time begin) {
  const absl::CivilMinute minute = absl::ToCivilMinute(begin, platform::VietnamTime());
  return TimeOfDay(minute.hour(), minute.minute());
}

std::string DayOf(absl::Time begin) {
  return platform::FormatDateVi(absl::ToCivilDay(begin, platform::VietnamTime()));
}

absl::StatusOr<inbox::NoticeDraft> DraftAbout(db::Session& session, const Meeting& meeting,
                                              absl::CivilDay today) {
  ASSIGN_OR_RETURN(const std::string unit, inbox::UnitName(session, meeting.unit_id, today));
  const absl::CivilDay day = absl::ToCivilDay(meeting.begin, platform::VietnamTime());
  inbox::NoticeDraft draft;
  draft.unit_id = meeting.unit_id;
  draft.date = today;
  draft.link = platform::NameOf("meetings", meeting.id);
  draft.values = {{"unit_name", unit},
                  {"council_name", meeting.council_title},
                  {"meeting_time", TimeOf(meeting.begin)},
                  {"meeting_date", DayOf(meeting.begin)},
                  {"weekday", WeekdayName(static_cast<int>(absl::GetWeekday(day)))},
                  {"place", meeting.place},
                  {"agenda", meeting.agenda}};
  return draft;
}

}  // namespace thidua::notify::meetings
