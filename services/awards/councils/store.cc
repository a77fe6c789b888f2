#include "awards/councils/store.h"

#include "awards/councils/rules_names.h"
#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

constexpr const char* kColumns =
    "SELECT council_id, unit_id, kind, title, legal_basis, created_at, row_version FROM councils "
    "WHERE ";

CouncilRow ReadRow(const db::Row& row) {
  CouncilRow council;
  council.id = row.Get<std::string>(0);
  council.unit_id = row.Get<std::string>(1);
  council.kind = KindNamed(row.Get<std::string>(2));
  council.title = row.Get<std::string>(3);
  council.legal_basis = row.Get<std::string>(4);
  council.created_at = row.Get<absl::Time>(5);
  council.row_version = row.Get<int64_t>(6);
  return council;
}

Member ReadMember(const db::Row& row) {
  Member member;
  member.person_id = row.Get<std::string>(0);
  member.role = RoleNamed(row.Get<std::string>(1));
  member.unit_id = row.Get<std::string>(2);
  member.position = row.Get<std::string>(3);
  member.period.from = row.Get<absl::CivilDay>(4);
  member.period.to = row.Get<std::optional<absl::CivilDay>>(5);
  return member;
}

VotingRule ReadRule(const db::Row& row) {
  VotingRule rule;
  rule.award_form = row.Get<std::string>(0);
  rule.quorum = {row.Get<int64_t>(1), row.Get<int64_t>(2)};
  rule.threshold = {row.Get<int64_t>(3), row.Get<int64_t>(4)};
  rule.threshold_exclusive = row.Get<bool>(5);
  rule.written_counts_for_quorum = row.Get<bool>(6);
  rule.conflicts_left_out = row.Get<bool>(7);
  rule.secret = row.Get<bool>(8);
  rule.legal_basis = row.Get<std::string>(9);
  rule.period.from = row.Get<absl::CivilDay>(10);
  rule.period.to = row.Get<std::optional<absl::CivilDay>>(11);
  return rule;
}

absl::Status ReadLists(db::Session& session, CouncilRow& council) {
  ASSIGN_OR_RETURN(
      council.aliases,
      session.QueryAll<std::string>(
          [](const db::Row& row) { return row.Get<std::string>(0); },
          "SELECT alias FROM council_aliases WHERE council_id = ? ORDER BY ordinal", council.id));
  ASSIGN_OR_RETURN(
      council.members,
      session.QueryAll<Member>(ReadMember,
                               "SELECT person_id, role, unit_id, position, valid_from, valid_to "
                               "FROM council_members WHERE council_id = ? ORDER BY ordinal",
                               council.id));
  ASSIGN_OR_RETURN(
      council.rules,
      session.QueryAll<VotingRule>(
          ReadRule,
          "SELECT award_form, quorum_numerator, quorum_denominator, threshold_numerator, "
          "threshold_denominator, threshold_exclusive, written_counts_for_quorum, "
          "conflicts_left_out, secret, legal_basis, valid_from, valid_to FROM voting_rules "
          "WHERE council_id = ? ORDER BY ordinal",
          council.id));
  return absl::OkStatus();
}

absl::Status InsertLists(db::Tx& tx, const CouncilRow& council) {
  int ordinal = 0;
  for (const std::string& alias : council.aliases) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO council_aliases (council_id, ordinal, alias) VALUES (?, ?, ?)",
                   council.id, ++ordinal, alias)
            .status());
  }
  ordinal = 0;
  for (const Member& member : council.members) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO council_members (council_id, ordinal, person_id, role, unit_id, "
                   "position, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   council.id, ++ordinal, member.person_id, NameOf(member.role), member.unit_id,
                   member.position, member.period.from, member.period.to)
            .status());
  }
  ordinal = 0;
  for (const VotingRule& rule : council.rules) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO voting_rules (council_id, ordinal, award_form, quorum_numerator, "
                   "quorum_denominator, threshold_numerator, threshold_denominator, "
                   "threshold_exclusive, written_counts_for_quorum, conflicts_left_out, secret, "
                   "legal_basis, valid_from, valid_to) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   council.id, ++ordinal, rule.award_form, rule.quorum.numerator,
                   rule.quorum.denominator, rule.threshold.numerator, rule.threshold.denominator,
                   rule.threshold_exclusive, rule.written_counts_for_quorum,
                   rule.conflicts_left_out, rule.secret, rule.legal_basis, rule.period.from,
                   rule.period.to)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CouncilRow>> Read(db::Session& session, const std::string& id,
                                               const std::string& lock) {
  ASSIGN_OR_RETURN(std::optional<CouncilRow> council,
                   session.QueryOptional<CouncilRow>(
                       ReadRow, std::string(kColumns) + "council_id = ?" + lock, id));
  if (council) RETURN_IF_ERROR(ReadLists(session, *council));
  return council;
}

}  // namespace

absl::Status InsertCouncil(db::Tx& tx, const CouncilRow& council) {
  RETURN_IF_ERROR(tx.Execute("INSERT INTO councils (council_id, unit_id, kind, title, legal_basis, "
                             "created_at, row_version) VALUES (?, ?, ?, ?, ?, ?, ?)",
                             council.id, council.unit_id, NameOf(council.kind), council.title,
                             council.legal_basis, council.created_at, council.row_version)
                      .status());
  return InsertLists(tx, council);
}

absl::Status ReplaceCouncil(db::Tx& tx, const CouncilRow& council) {
  RETURN_IF_ERROR(tx.Execute("UPDATE councils SET title = ?, legal_basis = ?, row_version = ? "
                             "WHERE council_id = ?",
                             council.title, council.legal_basis, council.row_version, council.id)
                      .status());
  for (const char* sql : {"DELETE FROM council_aliases WHERE council_id = ?",
                          "DELETE FROM council_members WHERE council_id = ?",
                          "DELETE FROM voting_rules WHERE council_id = ?"}) {
    RETURN_IF_ERROR(tx.Execute(sql, council.id).status());
  }
  return InsertLists(tx, council);
}

absl::StatusOr<std::optional<CouncilRow>> LockCouncil(db::Tx& tx, const std::string& id) {
  return Read(tx, id, " FOR UPDATE");
}

absl::StatusOr<std::optional<CouncilRow>> ReadCouncil(db::Session& session, const std::string& id) {
  return Read(session, id, "");
}

absl::StatusOr<std::vector<CouncilRow>> ListCouncils(db::Session& session,
                                                     const platform::VisibleUnits& visible,
                                                     const std::string& unit_id,
                                                     const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!unit_id.empty()) query.And("unit_id = ?", unit_id);
  query.AndVisible(visible, {"unit_id"});
  query.AfterKey("council_id", page.after, page.size);
  std::vector<CouncilRow> councils;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        councils.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  for (CouncilRow& council : councils) RETURN_IF_ERROR(ReadLists(session, council));
  return councils;
}

absl::StatusOr<std::optional<std::string>> PostOf(db::Session& session,
                                                  const std::string& person_id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT unit_id FROM people WHERE person_id = ?", person_id);
}

absl::Status PutPost(db::Tx& tx, const std::string& person_id, const std::string& unit_id,
                     const std::string& name_key) {
  return tx
      .Execute(
          "INSERT INTO people (person_id, unit_id, name_sha256) VALUES (?, ?, ?) "
          "ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id), name_sha256 = VALUES(name_sha256)",
          person_id, unit_id, name_key)
      .status();
}

absl::Status ClearPosts(db::Tx& tx) { return tx.Execute("DELETE FROM people").status(); }

}  // namespace thidua::awards::councils
