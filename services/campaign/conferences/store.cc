#include "campaign/conferences/store.h"

#include <map>
#include <utility>

#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::conferences {
namespace {

constexpr char kColumns[] =
    "SELECT conference_id, plan_id, milestone_id, held_date, place, chair, attendee_count, "
    "conclusions, row_version FROM plan_conferences";

Conference ReadConference(const db::Row& row) {
  Conference out;
  out.id = row.Get<std::string>(0);
  out.plan_id = row.Get<std::string>(1);
  out.milestone_id = row.Get<std::string>(2);
  out.held = row.Get<absl::CivilDay>(3);
  out.place = row.Get<std::string>(4);
  out.chair = row.Get<std::string>(5);
  out.attendee_count = row.Get<int32_t>(6);
  out.conclusions = row.Get<std::string>(7);
  out.row_version = row.Get<int64_t>(8);
  return out;
}

absl::Status Recorded(absl::Status status, const Conference& conference) {
  if (platform::ReasonOf(status) != "DUPLICATE_KEY") return status;
  return platform::AlreadyExists(
      "CONFERENCE_RECORDED",
      {"hội nghị của mốc này trong ngày " + platform::FormatDateVi(conference.held) +
           " đã được ghi",
       "a conference of this milestone on " + platform::FormatDate(conference.held) +
           " is recorded already"},
      {{"milestone_id", conference.milestone_id},
       {"held_date", platform::FormatDate(conference.held)}});
}

absl::Status InsertFiles(db::Tx& tx, const Conference& conference) {
  for (size_t place = 0; place < conference.files.size(); ++place) {
    const std::string& file = conference.files[place];
    RETURN_IF_ERROR(tx.Execute("INSERT INTO plan_conference_files (conference_id, place, file_id) "
                               "VALUES (?, ?, ?)",
                               conference.id, place, file.substr(file.find('/') + 1))
                        .status());
  }
  return absl::OkStatus();
}

absl::Status AddFiles(db::Session& session, std::vector<Conference>& rows) {
  if (rows.empty()) return absl::OkStatus();
  std::map<std::string, Conference*> by_id;
  std::vector<db::Value> ids;
  for (Conference& row : rows) {
    by_id[row.id] = &row;
    ids.push_back(db::ToValue(row.id));
  }
  const std::string sql =
      "SELECT conference_id, file_id FROM plan_conference_files WHERE conference_id IN " +
      db::Placeholders(1, static_cast<int>(ids.size())) + " ORDER BY conference_id, place";
  return session.QueryValues(
      [&](const db::Row& row) {
        by_id.at(row.Get<std::string>(0))
            ->files.push_back(platform::NameOf("files", row.Get<std::string>(1)));
        return absl::OkStatus();
      },
      sql, std::move(ids));
}

}  // namespace

absl::Status InsertConference(db::Tx& tx, const Conference& conference, absl::Time now) {
  RETURN_IF_ERROR(Recorded(
      tx.Execute("INSERT INTO plan_conferences (conference_id, plan_id, milestone_id, held_date, "
                 "place, chair, attendee_count, conclusions, row_version, created_at, updated_at) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                 conference.id, conference.plan_id, conference.milestone_id, conference.held,
                 conference.place, conference.chair, conference.attendee_count,
                 conference.conclusions, now, now)
          .status(),
      conference));
  return InsertFiles(tx, conference);
}

absl::Status ReplaceConference(db::Tx& tx, const Conference& conference, absl::Time now) {
  RETURN_IF_ERROR(Recorded(
      tx.Execute("UPDATE plan_conferences SET held_date = ?, place = ?, chair = ?, "
                 "attendee_count = ?, conclusions = ?, row_version = ?, updated_at = ? WHERE "
                 "conference_id = ?",
                 conference.held, conference.place, conference.chair, conference.attendee_count,
                 conference.conclusions, conference.row_version, now, conference.id)
          .status(),
      conference));
  RETURN_IF_ERROR(
      tx.Execute("DELETE FROM plan_conference_files WHERE conference_id = ?", conference.id)
          .status());
  return InsertFiles(tx, conference);
}

absl::StatusOr<std::optional<std::string>> PlanOfConference(db::Session& session,
                                                            const std::string& id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT plan_id FROM plan_conferences WHERE conference_id = ?", id);
}

absl::StatusOr<std::optional<Conference>> LockConference(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(
      std::vector<Conference> rows,
      tx.QueryAll<Conference>(ReadConference,
                              std::string(kColumns) + " WHERE conference_id = ? FOR UPDATE", id));
  RETURN_IF_ERROR(AddFiles(tx, rows));
  if (rows.empty()) return std::optional<Conference>();
  return std::optional<Conference>(std::move(rows.front()));
}

absl::StatusOr<std::vector<Conference>> ListConferences(db::Session& session,
                                                        const std::string& plan_id,
                                                        const std::string& after, int limit) {
  ASSIGN_OR_RETURN(
      std::vector<Conference> rows,
      session.QueryAll<Conference>(
          ReadConference,
          std::string(kColumns) + " WHERE plan_id = ? AND conference_id > ? ORDER BY conference_id "
                                  "LIMIT ?",
          plan_id, after, limit));
  RETURN_IF_ERROR(AddFiles(session, rows));
  return rows;
}

absl::StatusOr<std::vector<Held>> HeldFor(db::Session& session, const std::string& plan_id) {
  return session.QueryAll<Held>(
      [](const db::Row& row) {
        return Held{row.Get<std::string>(0), row.Get<std::string>(1), row.Get<absl::CivilDay>(2),
                    row.Get<int32_t>(3)};
      },
      "SELECT conference_id, milestone_id, held_date, attendee_count FROM plan_conferences "
      "WHERE plan_id = ? ORDER BY held_date, conference_id",
      plan_id);
}

}  // namespace thidua::campaign::conferences
