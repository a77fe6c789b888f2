// Meetings; what changes them is in moves_meetings.cc.
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "awards/councils/moves_meetings.h"
#include "awards/councils/service.h"
#include "awards/councils/store_meetings.h"
#include "awards/errors.h"
#include "awards/people.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::councils {
namespace {

constexpr int kMostPeople = 200;
constexpr int kMostBallots = 200;

void ToProto(const MeetingRow& row, v1::Meeting* meeting) {
  meeting->set_name(platform::NameOf("meetings", row.id));
  meeting->set_council(platform::NameOf("councils", row.council_id));
  meeting->set_state(row.state == MeetingState::kScheduled ? v1::MEETING_STATE_SCHEDULED
                                                           : v1::MEETING_STATE_CANCELLED);
  meeting->set_begin(FormatMeetingTime(row.begin));
  meeting->set_place(row.place);
  meeting->set_agenda(row.agenda);
  for (const std::string& id : row.ballots) {
    meeting->add_ballots(platform::NameOf("ballots", id));
  }
  for (const std::string& id : row.summoned) {
    meeting->add_summoned(platform::NameOf("people", id));
  }
  meeting->set_cancel_reason(row.cancel_reason);
  *meeting->mutable_create_time() = platform::ToTimestamp(row.created_at);
  meeting->set_etag(platform::EtagOf(row.row_version));
}

// Ids of a list of names, none twice, at most so many.
template <class Names>
absl::StatusOr<std::vector<std::string>> IdsOf(const Names& names, const std::string& collection,
                                               const std::string& field, int most) {
  if (names.size() > most) {
    return platform::InvalidField(field, "COUNT_OUT_OF_RANGE",
                                  {absl::StrCat("Tối đa ", most, " mục."),
                                   absl::StrCat("There are at most ", most, " entries.")});
  }
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (int i = 0; i < names.size(); ++i) {
    const std::string at = absl::StrCat(field, "[", i, "]");
    ASSIGN_OR_RETURN(std::string id, platform::IdFromName(names.Get(i), collection, at));
    if (!seen.insert(id).second) {
      return platform::InvalidField(
          at, "LISTED_TWICE", {"Mục này đã có trong danh sách.", "This entry is there already."});
    }
    ids.push_back(std::move(id));
  }
  return ids;
}

absl::StatusOr<MeetingDraft> DraftOf(const v1::Meeting& meeting) {
  MeetingDraft draft;
  const std::optional<absl::Time> begin = ParseMeetingTime(meeting.begin());
  if (!begin) {
    return platform::InvalidField("meeting.begin", "MEETING_TIME_MALFORMED",
                                  {"Giờ họp viết dạng 2023-12-05T14:00:00+07:00.",
                                   "A meeting's time is written like 2023-12-05T14:00:00+07:00."});
  }
  draft.begin = *begin;
  RETURN_IF_ERROR(CheckText("meeting.place", meeting.place(), 300));
  draft.place = meeting.place();
  RETURN_IF_ERROR(CheckText("meeting.agenda", meeting.agenda(), 5000));
  draft.agenda = meeting.agenda();
  ASSIGN_OR_RETURN(draft.summoned,
                   IdsOf(meeting.summoned(), "people", "meeting.summoned", kMostPeople));
  ASSIGN_OR_RETURN(draft.ballots,
                   IdsOf(meeting.ballots(), "ballots", "meeting.ballots", kMostBallots));
  return draft;
}

}  // namespace

absl::StatusOr<MeetingRow> Service::FindMeetingAndRequire(const platform::Call& call,
                                                          const std::string& id) const {
  std::optional<MeetingRow> meeting;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(meeting, ReadMeeting(session, id));
    return absl::OkStatus();
  }));
  if (!meeting) return platform::NotFoundFor(call, MeetingNotFound(id));
  RETURN_IF_ERROR(call.Require(meeting->unit_id));
  return *std::move(meeting);
}

grpc::ServerUnaryReactor* Service::ScheduleMeeting(grpc::CallbackServerContext* context,
                                                   const v1::ScheduleMeetingRequest* request,
                                                   v1::Meeting* response) {
  return runner_.Unary(
      "ScheduleMeeting", context, request, response,
      [this](const platform::Call& call, const v1::ScheduleMeetingRequest& req,
             v1::Meeting& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string council_id,
                         platform::IdFromName(req.council(), "councils", "council"));
        RETURN_IF_ERROR(FindAndRequire(call, council_id).status());
        ASSIGN_OR_RETURN(const MeetingDraft draft, DraftOf(req.meeting()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const MeetingRow meeting, Schedule(tx, call, council_id, draft));
          ToProto(meeting, &res);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::UpdateMeeting(grpc::CallbackServerContext* context,
                                                 const v1::UpdateMeetingRequest* request,
                                                 v1::Meeting* response) {
  return runner_.Unary(
      "UpdateMeeting", context, request, response,
      [this](const platform::Call& call, const v1::UpdateMeetingRequest& req,
             v1::Meeting& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.meeting().name(), "meetings", "meeting.name"));
        RETURN_IF_ERROR(FindMeetingAndRequire(call, id).status());
        ASSIGN_OR_RETURN(const MeetingDraft draft, DraftOf(req.meeting()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const MeetingRow meeting,
                           Reschedule(tx, call, id, req.meeting().etag(), draft));
          ToProto(meeting, &res);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::CancelMeeting(grpc::CallbackServerContext* context,
                                                 const v1::CancelMeetingRequest* request,
                                                 v1::Meeting* response) {
  return runner_.Unary("CancelMeeting", context, request, response,
                       [this](const platform::Call& call, const v1::CancelMeetingRequest& req,
                              v1::Meeting& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "meetings", "name"));
                         RETURN_IF_ERROR(FindMeetingAndRequire(call, id).status());
                         RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const MeetingRow meeting,
                                            CallOff(tx, call, id, req.etag(), req.reason()));
                           ToProto(meeting, &res);
                           return absl::OkStatus();
                         });
                       });
}

grpc::ServerUnaryReactor* Service::GetMeeting(grpc::CallbackServerContext* context,
                                              const v1::GetMeetingRequest* request,
                                              v1::Meeting* response) {
  return runner_.Unary("GetMeeting", context, request, response,
                       [this](const platform::Call& call, const v1::GetMeetingRequest& req,
                              v1::Meeting& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "meetings", "name"));
                         ASSIGN_OR_RETURN(const MeetingRow row, FindMeetingAndRequire(call, id));
                         ToProto(row, &res);
                         return TellShown(pool_, call, "GetMeeting", req, PeopleIn(res));
                       });
}

grpc::ServerUnaryReactor* Service::ListMeetings(grpc::CallbackServerContext* context,
                                                const v1::ListMeetingsRequest* request,
                                                v1::ListMeetingsResponse* response) {
  return runner_.Unary(
      "ListMeetings", context, request, response,
      [this](const platform::Call& call, const v1::ListMeetingsRequest& req,
             v1::ListMeetingsResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("meetings|", req.council(), "|", req.from_date());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        MeetingFilter filter;
        if (!req.council().empty()) {
          ASSIGN_OR_RETURN(filter.council_id,
                           platform::IdFromName(req.council(), "councils", "council"));
        }
        if (!req.from_date().empty()) {
          ASSIGN_OR_RETURN(const absl::CivilDay from,
                           platform::ParseDate(req.from_date(), "from_date"));
          filter.begin_at = absl::FromCivil(from, platform::VietnamTime());
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<MeetingRow> rows,
                           councils::ListMeetings(session, visible, filter, page));
          res.set_next_page_token(page.Cut(rows, &MeetingRow::id));
          for (const MeetingRow& row : rows) ToProto(row, res.add_meetings());
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "ListMeetings", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::councils
