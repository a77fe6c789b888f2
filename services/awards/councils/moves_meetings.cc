#include "awards/councils/moves_meetings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/councils/store.h"
#include "awards/councils/store_ballots.h"
#include "awards/errors.h"
#include "google/protobuf/message.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::councils {
namespace {

using platform::Call;

constexpr int kAtOnce = 200;

v1::CouncilMeeting Told(const MeetingRow& meeting, const std::string& council_title) {
  v1::CouncilMeeting told;
  told.set_meeting_id(meeting.id);
  told.set_version(meeting.row_version);
  told.set_council_id(meeting.council_id);
  told.set_council_title(council_title);
  told.set_unit_id(meeting.unit_id);
  told.set_begin(FormatMeetingTime(meeting.begin));
  told.set_place(meeting.place);
  told.set_agenda(meeting.agenda);
  for (const std::string& person : meeting.summoned) told.add_person_ids(person);
  for (const std::string& ballot : meeting.ballots) told.add_ballot_ids(ballot);
  told.set_set_time(FormatMeetingTime(meeting.set_at));
  return told;
}

absl::Status AppendEvent(db::Tx& tx, const Call& call, const MeetingRow& meeting,
                         const google::protobuf::Message& payload,
                         const google::protobuf::Message* before, const std::string& reason) {
  feed::Draft draft;
  draft.aggregate_type = "meeting";
  draft.aggregate_id = meeting.id;
  draft.aggregate_version = meeting.row_version;
  draft.unit_id = meeting.unit_id;
  draft.payload = &payload;
  draft.before = before;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// R-AWD-14. `known` are those the meeting has already: they were asked when they were put on it.
absl::Status CheckBallots(db::Session& session, const std::string& council_id,
                          const std::vector<std::string>& known,
                          const std::vector<std::string>& ballots) {
  for (size_t i = 0; i < ballots.size(); ++i) {
    if (std::find(known.begin(), known.end(), ballots[i]) != known.end()) continue;
    ASSIGN_OR_RETURN(const std::optional<BallotRow> ballot, ReadBallot(session, ballots[i]));
    if (!ballot || ballot->council_id != council_id) {
      // One answer for both: who may call this council together need not see another's ballots.
      return platform::InvalidField(
          absl::StrCat("meeting.ballots[", i, "]"), "BALLOT_OF_OTHER_COUNCIL",
          {"Hội đồng này không có cuộc biểu quyết đó.", "This council has no such ballot."});
    }
    RETURN_IF_ERROR(ErrorOf(CheckOpen(ballot->state)));
  }
  return absl::OkStatus();
}

// Judges the draft and writes it into the row.
absl::Status Apply(db::Session& session, const Call& call, const CouncilRow& council,
                   const MeetingDraft& draft, MeetingRow& meeting) {
  RETURN_IF_ERROR(ErrorOf(CheckMeetingTime(draft.begin, call.business_now())));
  const std::vector<Member> members = MembersOn(council.members, MeetingDay(draft.begin));
  RETURN_IF_ERROR(ErrorOf(CheckSummoned(members, draft.summoned)));
  RETURN_IF_ERROR(CheckBallots(session, council.id, meeting.ballots, draft.ballots));
  meeting.begin = draft.begin;
  meeting.place = draft.place;
  meeting.agenda = draft.agenda;
  meeting.summoned = Summoned(members, draft.summoned);
  meeting.ballots = draft.ballots;
  return absl::OkStatus();
}

bool SameContent(const MeetingRow& a, const MeetingRow& b) {
  return a.begin == b.begin && a.place == b.place && a.agenda == b.agenda &&
         a.summoned == b.summoned && a.ballots == b.ballots;
}

absl::StatusOr<MeetingRow> LockKnown(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<MeetingRow> meeting, LockMeeting(tx, id));
  if (!meeting) return MeetingNotFound(id);
  return *std::move(meeting);
}

absl::StatusOr<CouncilRow> CouncilOfMeeting(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<CouncilRow> council, ReadCouncil(session, id));
  if (!council) return ResourceNotFound("COUNCIL", platform::NameOf("councils", id));
  return *std::move(council);
}

}  // namespace

absl::Status MeetingNotFound(const std::string& id) {
  return ResourceNotFound("MEETING", platform::NameOf("meetings", id));
}

absl::StatusOr<MeetingRow> Schedule(db::Tx& tx, const Call& call, const std::string& council_id,
                                    const MeetingDraft& draft) {
  ASSIGN_OR_RETURN(const CouncilRow council, CouncilOfMeeting(tx, council_id));
  MeetingRow meeting;
  meeting.id = platform::NewId(call.machine_now());
  meeting.council_id = council.id;
  meeting.unit_id = council.unit_id;
  meeting.created_at = call.machine_now();
  meeting.set_at = call.business_now();
  RETURN_IF_ERROR(Apply(tx, call, council, draft, meeting));
  RETURN_IF_ERROR(InsertMeeting(tx, meeting));
  v1::CouncilMeetingScheduled scheduled;
  *scheduled.mutable_meeting() = Told(meeting, council.title);
  RETURN_IF_ERROR(AppendEvent(tx, call, meeting, scheduled, nullptr, ""));
  return meeting;
}

absl::StatusOr<MeetingRow> Reschedule(db::Tx& tx, const Call& call, const std::string& meeting_id,
                                      const std::string& etag, const MeetingDraft& draft) {
  ASSIGN_OR_RETURN(const MeetingRow before, LockKnown(tx, meeting_id));
  RETURN_IF_ERROR(platform::CheckEtag(etag, before.row_version, "meeting.etag"));
  RETURN_IF_ERROR(ErrorOf(CheckMeetingOpen(before.state, before.begin, call.business_now())));
  ASSIGN_OR_RETURN(const CouncilRow council, CouncilOfMeeting(tx, before.council_id));
  MeetingRow meeting = before;
  RETURN_IF_ERROR(Apply(tx, call, council, draft, meeting));
  if (SameContent(meeting, before)) return before;
  meeting.set_at = call.business_now();
  meeting.row_version = before.row_version + 1;
  RETURN_IF_ERROR(ReplaceMeeting(tx, meeting));
  v1::CouncilMeetingChanged changed, earlier;
  *changed.mutable_meeting() = Told(meeting, council.title);
  *earlier.mutable_meeting() = Told(before, council.title);
  RETURN_IF_ERROR(AppendEvent(tx, call, meeting, changed, &earlier, ""));
  return meeting;
}

absl::StatusOr<MeetingRow> CallOff(db::Tx& tx, const Call& call, const std::string& meeting_id,
                                   const std::string& etag, const std::string& reason) {
  ASSIGN_OR_RETURN(MeetingRow meeting, LockKnown(tx, meeting_id));
  if (!etag.empty()) RETURN_IF_ERROR(platform::CheckEtag(etag, meeting.row_version));
  RETURN_IF_ERROR(ErrorOf(CheckMeetingOpen(meeting.state, meeting.begin, call.business_now())));
  ASSIGN_OR_RETURN(const CouncilRow council, CouncilOfMeeting(tx, meeting.council_id));
  meeting.state = MeetingState::kCancelled;
  meeting.cancel_reason = reason;
  meeting.set_at = call.business_now();
  ++meeting.row_version;
  RETURN_IF_ERROR(ReplaceMeeting(tx, meeting));
  v1::CouncilMeetingCancelled cancelled;
  *cancelled.mutable_meeting() = Told(meeting, council.title);
  cancelled.set_reason(reason);
  RETURN_IF_ERROR(AppendEvent(tx, call, meeting, cancelled, nullptr, reason));
  return meeting;
}

namespace {

absl::StatusOr<common::v1::Event> ItemOf(const MeetingRow& row,
                                         const google::protobuf::Message& payload) {
  common::v1::Event event;
  event.set_type(payload.GetDescriptor()->full_name());
  event.set_aggregate_type("meeting");
  event.set_aggregate_id(row.id);
  event.set_aggregate_version(row.row_version);
  event.set_actor("service:awards");
  event.set_unit_id(row.unit_id);
  *event.mutable_occur_time() = platform::ToTimestamp(row.created_at);
  event.set_business_date(
      platform::FormatDate(absl::ToCivilDay(row.set_at, platform::VietnamTime())));
  ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(payload));
  return event;
}

absl::StatusOr<common::v1::Event> ItemOf(const MeetingRow& row, const std::string& council_title) {
  if (row.state == MeetingState::kCancelled) {
    v1::CouncilMeetingCancelled cancelled;
    *cancelled.mutable_meeting() = Told(row, council_title);
    cancelled.set_reason(row.cancel_reason);
    return ItemOf(row, cancelled);
  }
  v1::CouncilMeetingScheduled scheduled;
  *scheduled.mutable_meeting() = Told(row, council_title);
  return ItemOf(row, scheduled);
}

}  // namespace

absl::Status EmitMeetings(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  platform::VisibleUnits all;
  all.all = true;
  platform::Page page;
  page.size = kAtOnce;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<MeetingRow> rows, ListMeetings(session, all, {}, page));
    for (const MeetingRow& row : rows) {
      ASSIGN_OR_RETURN(const CouncilRow council, CouncilOfMeeting(session, row.council_id));
      ASSIGN_OR_RETURN(const common::v1::Event item, ItemOf(row, council.title));
      RETURN_IF_ERROR(emit(item));
    }
    if (static_cast<int>(rows.size()) <= page.size) return absl::OkStatus();
    page.after = rows.back().id;
  }
}

}  // namespace thidua::awards::councils
