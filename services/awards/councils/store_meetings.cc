#include "awards/councils/store_meetings.h"

#include <utility>

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

constexpr const char* kColumns =
    "SELECT meeting_id, council_id, unit_id, state, begin_at, place, agenda, cancel_reason, "
    "set_at, created_at, row_version FROM meetings WHERE ";

MeetingRow ReadRow(const db::Row& row) {
  MeetingRow meeting;
  meeting.id = row.Get<std::string>(0);
  meeting.council_id = row.Get<std::string>(1);
  meeting.unit_id = row.Get<std::string>(2);
  meeting.state = MeetingStateNamed(row.Get<std::string>(3));
  meeting.begin = row.Get<absl::Time>(4);
  meeting.place = row.Get<std::string>(5);
  meeting.agenda = row.Get<std::string>(6);
  meeting.cancel_reason = row.Get<std::string>(7);
  meeting.set_at = row.Get<absl::Time>(8);
  meeting.created_at = row.Get<absl::Time>(9);
  meeting.row_version = row.Get<int64_t>(10);
  return meeting;
}

std::string FirstColumn(const db::Row& row) { return row.Get<std::string>(0); }

absl::Status ReadLists(db::Session& session, MeetingRow& meeting) {
  ASSIGN_OR_RETURN(
      meeting.summoned,
      session.QueryAll<std::string>(
          FirstColumn, "SELECT person_id FROM meeting_people WHERE meeting_id = ? ORDER BY ordinal",
          meeting.id));
  ASSIGN_OR_RETURN(meeting.ballots,
                   session.QueryAll<std::string>(
                       FirstColumn,
                       "SELECT ballot_id FROM meeting_ballots WHERE meeting_id = ? ORDER BY "
                       "ordinal",
                       meeting.id));
  return absl::OkStatus();
}

absl::Status InsertLists(db::Tx& tx, const MeetingRow& meeting) {
  int ordinal = 0;
  for (const std::string& person : meeting.summoned) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO meeting_people (meeting_id, ordinal, person_id) VALUES (?, ?, ?)",
                   meeting.id, ++ordinal, person)
            .status());
  }
  ordinal = 0;
  for (const std::string& ballot : meeting.ballots) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO meeting_ballots (meeting_id, ordinal, ballot_id) VALUES (?, ?, ?)",
                   meeting.id, ++ordinal, ballot)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<MeetingRow>> Read(db::Session& session, const std::string& id,
                                               const std::string& lock) {
  ASSIGN_OR_RETURN(std::optional<MeetingRow> meeting,
                   session.QueryOptional<MeetingRow>(
                       ReadRow, std::string(kColumns) + "meeting_id = ?" + lock, id));
  if (meeting) RETURN_IF_ERROR(ReadLists(session, *meeting));
  return meeting;
}

}  // namespace

absl::Status InsertMeeting(db::Tx& tx, const MeetingRow& m) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO meetings (meeting_id, council_id, unit_id, state, begin_at, place, "
                 "agenda, cancel_reason, set_at, created_at, row_version) VALUES (?, ?, ?, ?, ?, "
                 "?, ?, ?, ?, ?, ?)",
                 m.id, m.council_id, m.unit_id, NameOf(m.state), m.begin, m.place, m.agenda,
                 m.cancel_reason, m.set_at, m.created_at, m.row_version)
          .status());
  return InsertLists(tx, m);
}

absl::Status ReplaceMeeting(db::Tx& tx, const MeetingRow& m) {
  RETURN_IF_ERROR(tx.Execute("UPDATE meetings SET state = ?, begin_at = ?, place = ?, agenda = ?, "
                             "cancel_reason = ?, set_at = ?, row_version = ? WHERE meeting_id = ?",
                             NameOf(m.state), m.begin, m.place, m.agenda, m.cancel_reason, m.set_at,
                             m.row_version, m.id)
                      .status());
  for (const char* sql : {"DELETE FROM meeting_people WHERE meeting_id = ?",
                          "DELETE FROM meeting_ballots WHERE meeting_id = ?"}) {
    RETURN_IF_ERROR(tx.Execute(sql, m.id).status());
  }
  return InsertLists(tx, m);
}

absl::StatusOr<std::optional<MeetingRow>> LockMeeting(db::Tx& tx, const std::string& id) {
  return Read(tx, id, " FOR UPDATE");
}

absl::StatusOr<std::optional<MeetingRow>> ReadMeeting(db::Session& session, const std::string& id) {
  return Read(session, id, "");
}

absl::StatusOr<std::vector<MeetingRow>> ListMeetings(db::Session& session,
                                                     const platform::VisibleUnits& visible,
                                                     const MeetingFilter& filter,
                                                     const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!filter.council_id.empty()) query.And("council_id = ?", filter.council_id);
  if (filter.begin_at) query.And("begin_at >= ?", *filter.begin_at);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("meeting_id", page.after, page.size);
  std::vector<MeetingRow> meetings;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        meetings.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  for (MeetingRow& meeting : meetings) RETURN_IF_ERROR(ReadLists(session, meeting));
  return meetings;
}

}  // namespace thidua::awards::councils
