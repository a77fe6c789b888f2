#include "scoring/rankings/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::scoring::rankings {
namespace {

constexpr char kRankingColumns[] =
    "ranking_id, round_id, content, content_sha256, publication_id, computed_at, row_version";
constexpr char kColumns[] =
    "publication_id, ranking_id, round_id, unit_id, unit_name, plan_id, title, criteria_set_id, "
    "criteria_set_version, criteria_set_sha256, block, year, as_of, publish_date, "
    "snapshot_sha256, snapshot_size, corrects, correction_reason, correction_basis_number, "
    "correction_basis_date, correction_basis_issuer, correction_basis_subject, corrected_by, "
    "published_by, published_at";

RankingRow ReadRanking(const db::Row& row) {
  RankingRow ranking;
  ranking.id = row.Get<std::string>(0);
  ranking.round_id = row.Get<std::string>(1);
  ranking.content = row.Get<std::string>(2);
  ranking.content_sha256 = row.Get<std::string>(3);
  ranking.publication_id = row.Get<std::optional<std::string>>(4);
  ranking.computed_at = row.Get<absl::Time>(5);
  ranking.row_version = row.Get<int64_t>(6);
  return ranking;
}

PublicationRow Read(const db::Row& row) {
  PublicationRow p;
  p.id = row.Get<std::string>(0);
  p.ranking_id = row.Get<std::string>(1);
  p.round_id = row.Get<std::string>(2);
  p.unit_id = row.Get<std::string>(3);
  p.unit_name = row.Get<std::string>(4);
  p.plan_id = row.Get<std::string>(5);
  p.title = row.Get<std::string>(6);
  p.criteria_set_id = row.Get<std::string>(7);
  p.criteria_set_version = row.Get<int32_t>(8);
  p.criteria_set_sha256 = row.Get<std::string>(9);
  p.block = row.Get<std::string>(10);
  p.year = row.Get<int32_t>(11);
  p.as_of = row.Get<absl::CivilDay>(12);
  p.publish_date = row.Get<absl::CivilDay>(13);
  p.snapshot_sha256 = row.Get<std::string>(14);
  p.snapshot_size = row.Get<int64_t>(15);
  p.corrects = row.Get<std::optional<std::string>>(16);
  p.correction_reason = row.Get<std::string>(17);
  p.correction_basis_number = row.Get<std::string>(18);
  p.correction_basis_date = row.Get<std::optional<absl::CivilDay>>(19);
  p.correction_basis_issuer = row.Get<std::string>(20);
  p.correction_basis_subject = row.Get<std::string>(21);
  p.corrected_by = row.Get<std::optional<std::string>>(22);
  p.published_by = row.Get<std::string>(23);
  p.published_at = row.Get<absl::Time>(24);
  return p;
}

// One publication of a unit, block and year is current; the unique key on this text keeps it so.
std::string CurrentKey(const std::string& unit_id, const std::string& block, int32_t year) {
  return absl::StrCat(unit_id, "|", block, "|", year);
}

}  // namespace

absl::StatusOr<std::optional<RankingRow>> Store::GetRanking(db::Session& session,
                                                            const std::string& id) {
  return session.QueryOptional<RankingRow>(
      ReadRanking, absl::StrCat("SELECT ", kRankingColumns, " FROM rankings WHERE ranking_id = ?"),
      id);
}

absl::StatusOr<std::optional<RankingRow>> Store::LockRanking(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<RankingRow>(
      ReadRanking,
      absl::StrCat("SELECT ", kRankingColumns, " FROM rankings WHERE ranking_id = ? FOR UPDATE"),
      id);
}

absl::StatusOr<std::optional<RankingRow>> Store::LockRankingOfRound(db::Tx& tx,
                                                                    const std::string& round_id) {
  return tx.QueryOptional<RankingRow>(
      ReadRanking,
      absl::StrCat("SELECT ", kRankingColumns, " FROM rankings WHERE round_id = ? FOR UPDATE"),
      round_id);
}

absl::Status Store::InsertRanking(db::Tx& tx, const RankingRow& row) {
  return tx
      .Execute(absl::StrCat("INSERT INTO rankings (", kRankingColumns, ") VALUES ",
                            db::Placeholders(1, 7)),
               row.id, row.round_id, row.content, row.content_sha256, row.publication_id,
               row.computed_at, row.row_version)
      .status();
}

absl::Status Store::UpdateRanking(db::Tx& tx, const RankingRow& row) {
  return tx
      .Execute(
          "UPDATE rankings SET content = ?, content_sha256 = ?, publication_id = ?, "
          "computed_at = ?, row_version = ? WHERE ranking_id = ?",
          row.content, row.content_sha256, row.publication_id, row.computed_at, row.row_version,
          row.id)
      .status();
}

absl::StatusOr<std::optional<PublicationRow>> Store::Get(db::Session& session,
                                                         const std::string& id) {
  return session.QueryOptional<PublicationRow>(
      Read, absl::StrCat("SELECT ", kColumns, " FROM publications WHERE publication_id = ?"), id);
}

absl::StatusOr<std::string> Store::Snapshot(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                   session.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT snapshot FROM publications WHERE publication_id = ?", id));
  return bytes.value_or("");
}

absl::StatusOr<std::optional<PublicationRow>> Store::Current(db::Session& session,
                                                             const std::string& unit_id,
                                                             const std::string& block,
                                                             int32_t year) {
  return session.QueryOptional<PublicationRow>(
      Read, absl::StrCat("SELECT ", kColumns, " FROM publications WHERE current_key = ?"),
      CurrentKey(unit_id, block, year));
}

absl::Status Store::Insert(db::Tx& tx, const PublicationRow& row, const std::string& snapshot) {
  return tx
      .Execute(absl::StrCat("INSERT INTO publications (", kColumns,
                            ", snapshot, current_key) VALUES ", db::Placeholders(1, 27)),
               row.id, row.ranking_id, row.round_id, row.unit_id, row.unit_name, row.plan_id,
               row.title, row.criteria_set_id, row.criteria_set_version, row.criteria_set_sha256,
               row.block, row.year, row.as_of, row.publish_date, row.snapshot_sha256,
               row.snapshot_size, row.corrects, row.correction_reason, row.correction_basis_number,
               row.correction_basis_date, row.correction_basis_issuer, row.correction_basis_subject,
               row.corrected_by, row.published_by, row.published_at, snapshot,
               CurrentKey(row.unit_id, row.block, row.year))
      .status();
}

absl::Status Store::SetCorrectedBy(db::Tx& tx, const std::string& id, const std::string& by) {
  return tx
      .Execute(
          "UPDATE publications SET corrected_by = ?, current_key = NULL WHERE publication_id = ?",
          by, id)
      .status();
}

absl::StatusOr<std::vector<PublicationRow>> Store::List(db::Session& session,
                                                        const Filter& filter) {
  std::string sql = absl::StrCat("SELECT ", kColumns, " FROM publications WHERE TRUE");
  std::vector<db::Value> values;
  const auto also = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    absl::StrAppend(&sql, " AND ", condition);
    values.push_back(db::ToValue(value));
  };
  also("unit_id = ?", filter.unit_id);
  also("block = ?", filter.block);
  also("year = ?", filter.year == 0 ? "" : absl::StrCat(filter.year));
  also("plan_id = ?", filter.plan_id);
  also("publication_id < ?", filter.before_id);
  if (filter.current_only) absl::StrAppend(&sql, " AND current_key IS NOT NULL");
  absl::StrAppend(&sql, " ORDER BY publication_id DESC LIMIT ", filter.limit);
  std::vector<PublicationRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(Read(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return rows;
}

absl::StatusOr<std::vector<std::string>> Store::CurrentIds(db::Session& session) {
  return session.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT publication_id FROM publications WHERE current_key IS NOT NULL "
      "ORDER BY publication_id");
}

}  // namespace thidua::scoring::rankings
