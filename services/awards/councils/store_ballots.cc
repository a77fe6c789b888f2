#include "awards/councils/store_ballots.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

constexpr const char* kColumns =
    "SELECT ballot_id, council_id, unit_id, nomination_id, state, award_form, quorum_numerator, "
    "quorum_denominator, threshold_numerator, threshold_denominator, threshold_exclusive, "
    "written_counts_for_quorum, conflicts_left_out, secret, legal_basis, valid_from, valid_to, "
    "open_date, close_date, meeting_date, place, minutes_file_id, note, cancel_reason, "
    "row_version, "
    "initiative_id FROM ballots WHERE ";

BallotRow ReadRow(const db::Row& row) {
  BallotRow ballot;
  ballot.id = row.Get<std::string>(0);
  ballot.council_id = row.Get<std::string>(1);
  ballot.unit_id = row.Get<std::string>(2);
  ballot.nomination_id = row.Get<std::optional<std::string>>(3).value_or("");
  ballot.state = BallotStateNamed(row.Get<std::string>(4));
  ballot.rule.award_form = row.Get<std::string>(5);
  ballot.rule.quorum = {row.Get<int64_t>(6), row.Get<int64_t>(7)};
  ballot.rule.threshold = {row.Get<int64_t>(8), row.Get<int64_t>(9)};
  ballot.rule.threshold_exclusive = row.Get<bool>(10);
  ballot.rule.written_counts_for_quorum = row.Get<bool>(11);
  ballot.rule.conflicts_left_out = row.Get<bool>(12);
  ballot.rule.secret = row.Get<bool>(13);
  ballot.rule.legal_basis = row.Get<std::string>(14);
  ballot.rule.period.from = row.Get<absl::CivilDay>(15);
  ballot.rule.period.to = row.Get<std::optional<absl::CivilDay>>(16);
  ballot.open_date = row.Get<absl::CivilDay>(17);
  ballot.close_date = row.Get<std::optional<absl::CivilDay>>(18);
  ballot.meeting_date = row.Get<std::optional<absl::CivilDay>>(19);
  ballot.place = row.Get<std::string>(20);
  ballot.minutes_file_id = row.Get<std::string>(21);
  ballot.note = row.Get<std::string>(22);
  ballot.cancel_reason = row.Get<std::string>(23);
  ballot.row_version = row.Get<int64_t>(24);
  ballot.initiative_id = row.Get<std::optional<std::string>>(25).value_or("");
  return ballot;
}

std::optional<std::string> OrNull(const std::string& id) {
  return id.empty() ? std::optional<std::string>() : id;
}

absl::Status ReadRoster(db::Session& session, BallotRow& ballot) {
  return session.Query(
      [&](const db::Row& row) {
        RosterMember member;
        member.person_id = row.Get<std::string>(0);
        member.role = RoleNamed(row.Get<std::string>(1));
        member.conflict = row.Get<bool>(2);
        if (row.Get<bool>(3)) ballot.present.insert(member.person_id);
        ballot.roster.push_back(std::move(member));
        return absl::OkStatus();
      },
      "SELECT person_id, role, conflict, present FROM ballot_members WHERE ballot_id = ? "
      "ORDER BY ordinal",
      ballot.id);
}

absl::StatusOr<std::optional<BallotRow>> Read(db::Session& session, const std::string& id,
                                              const std::string& lock) {
  ASSIGN_OR_RETURN(std::optional<BallotRow> ballot,
                   session.QueryOptional<BallotRow>(
                       ReadRow, std::string(kColumns) + "ballot_id = ?" + lock, id));
  if (ballot) RETURN_IF_ERROR(ReadRoster(session, *ballot));
  return ballot;
}

}  // namespace

absl::Status InsertBallot(db::Tx& tx, const BallotRow& ballot) {
  const VotingRule& rule = ballot.rule;
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO ballots (ballot_id, council_id, unit_id, nomination_id, "
                 "open_nomination_id, initiative_id, open_initiative_id, state, award_form, "
                 "quorum_numerator, quorum_denominator, threshold_numerator, "
                 "threshold_denominator, threshold_exclusive, written_counts_for_quorum, "
                 "conflicts_left_out, secret, legal_basis, valid_from, valid_to, open_date, place, "
                 "minutes_file_id, note, cancel_reason, row_version) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', "
                 "'', '', ?)",
                 ballot.id, ballot.council_id, ballot.unit_id, OrNull(ballot.nomination_id),
                 OrNull(ballot.nomination_id), OrNull(ballot.initiative_id),
                 OrNull(ballot.initiative_id), NameOf(ballot.state), rule.award_form,
                 rule.quorum.numerator, rule.quorum.denominator, rule.threshold.numerator,
                 rule.threshold.denominator, rule.threshold_exclusive,
                 rule.written_counts_for_quorum, rule.conflicts_left_out, rule.secret,
                 rule.legal_basis, rule.period.from, rule.period.to, ballot.open_date,
                 ballot.row_version)
          .status());
  int ordinal = 0;
  for (const RosterMember& member : ballot.roster) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO ballot_members (ballot_id, ordinal, person_id, role, conflict, "
                   "present) VALUES (?, ?, ?, ?, ?, FALSE)",
                   ballot.id, ++ordinal, member.person_id, NameOf(member.role), member.conflict)
            .status());
  }
  return absl::OkStatus();
}

absl::Status FinishBallot(db::Tx& tx, const BallotRow& ballot) {
  RETURN_IF_ERROR(tx.Execute("UPDATE ballots SET state = ?, open_nomination_id = NULL, "
                             "open_initiative_id = NULL, close_date = ?, meeting_date = ?, place = "
                             "?, minutes_file_id = ?, note = ?, cancel_reason = ?, "
                             "row_version = ? WHERE ballot_id = ?",
                             NameOf(ballot.state), ballot.close_date, ballot.meeting_date,
                             ballot.place, ballot.minutes_file_id, ballot.note,
                             ballot.cancel_reason, ballot.row_version, ballot.id)
                      .status());
  for (const std::string& person_id : ballot.present) {
    RETURN_IF_ERROR(tx.Execute("UPDATE ballot_members SET present = TRUE "
                               "WHERE ballot_id = ? AND person_id = ?",
                               ballot.id, person_id)
                        .status());
  }
  return absl::OkStatus();
}

absl::Status TouchBallot(db::Tx& tx, const BallotRow& ballot) {
  return tx
      .Execute("UPDATE ballots SET row_version = ? WHERE ballot_id = ?", ballot.row_version,
               ballot.id)
      .status();
}

absl::StatusOr<std::optional<BallotRow>> LockBallot(db::Tx& tx, const std::string& id) {
  return Read(tx, id, " FOR UPDATE");
}

absl::StatusOr<std::optional<BallotRow>> ReadBallot(db::Session& session, const std::string& id) {
  return Read(session, id, "");
}

absl::StatusOr<std::vector<BallotRow>> ListBallots(db::Session& session,
                                                   const platform::VisibleUnits& visible,
                                                   const std::string& council_id,
                                                   const std::string& nomination_id,
                                                   const std::string& initiative_id,
                                                   const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!council_id.empty()) query.And("council_id = ?", council_id);
  if (!nomination_id.empty()) query.And("nomination_id = ?", nomination_id);
  if (!initiative_id.empty()) query.And("initiative_id = ?", initiative_id);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("ballot_id", page.after, page.size);
  std::vector<BallotRow> ballots;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        ballots.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  for (BallotRow& ballot : ballots) RETURN_IF_ERROR(ReadRoster(session, ballot));
  return ballots;
}

absl::Status InsertVote(db::Tx& tx, const std::string& ballot_id, const VoteRow& row) {
  return tx
      .Execute(
          "INSERT INTO votes (ballot_id, person_id, sequence, choice, mode, file_id, "
          "recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          ballot_id, row.vote.person_id, row.sequence, NameOf(row.vote.choice),
          NameOf(row.vote.mode), row.file_id, row.recorded_by, row.recorded_at)
      .status();
}

absl::StatusOr<std::vector<VoteRow>> ReadVotes(db::Session& session, const std::string& ballot_id) {
  return session.QueryAll<VoteRow>(
      [](const db::Row& row) {
        VoteRow vote;
        vote.vote.person_id = row.Get<std::string>(0);
        vote.sequence = row.Get<int32_t>(1);
        vote.vote.choice = ChoiceNamed(row.Get<std::string>(2));
        vote.vote.mode = ModeNamed(row.Get<std::string>(3));
        vote.file_id = row.Get<std::string>(4);
        vote.recorded_by = row.Get<std::string>(5);
        vote.recorded_at = row.Get<absl::Time>(6);
        return vote;
      },
      "SELECT person_id, sequence, choice, mode, file_id, recorded_by, recorded_at FROM votes "
      "WHERE ballot_id = ? ORDER BY person_id, sequence",
      ballot_id);
}

absl::StatusOr<std::optional<absl::CivilDay>> CarriedOn(db::Session& session,
                                                        const std::string& nomination_id) {
  return session.QueryOptional<absl::CivilDay>(
      [](const db::Row& row) { return row.Get<absl::CivilDay>(0); },
      "SELECT close_date FROM ballots WHERE nomination_id = ? AND state = 'CLOSED' "
      "ORDER BY ballot_id DESC LIMIT 1",
      nomination_id);
}

}  // namespace thidua::awards::councils
