// What notices say of a meeting.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "notify/inbox/notices.h"
#include "notify/meetings/store.h"
#include "platform/db/session.h"

namespace thidua::notify::meetings {

// A notice about the meeting without its key and kind, with the values that all kinds know.
absl::StatusOr<inbox::NoticeDraft> DraftAbout(db::Session& session, const Meeting& meeting,
                                              absl::CivilDay today);

// "14 giờ 00" and "05/12/2023", in Vietnam.
std::string TimeOf(absl::Time begin);
std::string DayOf(absl::Time begin);

}  // namespace thidua::notify::meetings
