#include "awards/nominations/store.h"

#include "absl/strings/str_cat.h"
#include "awards/nominations/store_work.h"
#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

constexpr const char* kSelect =
    "SELECT nomination_id, plan_id, unit_id, coordinator_unit_id, publication_id, "
    "publication_sha256, ranking_year, ranking_rank, band, award_form, state, filing_deadline, "
    "appraiser, appraise_date, appraise_note, unknown_standards_reason, decision_id, "
    "certificate_id, created_at, row_version, person_id, person_name, person_position, summary, "
    "nominator, selector, not_selected_reason, state_date, reopened_until, answerer, answer_date, "
    "decline_reason, rejecter, reject_date, reject_reason, reject_check";
constexpr const char* kFrom = " FROM nominations WHERE ";
const std::string& Columns() {
  static const auto* const columns = new std::string(absl::StrCat(kSelect, kFrom));
  return *columns;
}

// What a nomination stands in beside itself: its open ballot and the draft that lists it. Both keys
// are unique, so there is at most one of each.
constexpr const char* kStandsIn =
    ", (SELECT ballot_id FROM ballots WHERE open_nomination_id = nominations.nomination_id)"
    ", (SELECT decision_id FROM decision_awards"
    " WHERE live_nomination_id = nominations.nomination_id)";

constexpr const char* kWaiting =
    " AND state IN ('NOMINATED', 'SHORTLISTED', 'INVITED', 'ACCEPTED', 'RETURNED', 'FILED', "
    "'APPRAISED', 'CARRIED')";

NominationRow ReadRow(const db::Row& row) {
  NominationRow nomination;
  nomination.id = row.Get<std::string>(0);
  nomination.plan_id = row.Get<std::string>(1);
  nomination.unit_id = row.Get<std::string>(2);
  nomination.coordinator_unit_id = row.Get<std::string>(3);
  nomination.publication_id = row.Get<std::string>(4);
  nomination.publication_sha256 = row.Get<std::string>(5);
  nomination.year = row.Get<int32_t>(6);
  nomination.rank = row.Get<int32_t>(7);
  nomination.band = row.Get<std::string>(8);
  nomination.award_form = row.Get<std::string>(9);
  nomination.state = StateNamed(row.Get<std::string>(10)).value_or(State::kShortlisted);
  nomination.filing_deadline = row.Get<std::optional<absl::CivilDay>>(11);
  nomination.appraiser = row.Get<std::string>(12);
  nomination.appraise_date = row.Get<std::optional<absl::CivilDay>>(13);
  nomination.appraise_note = row.Get<std::string>(14);
  nomination.unknown_standards_reason = row.Get<std::string>(15);
  nomination.decision_id = row.Get<std::string>(16);
  nomination.certificate_id = row.Get<std::string>(17);
  nomination.created_at = row.Get<absl::Time>(18);
  nomination.row_version = row.Get<int64_t>(19);
  nomination.person_id = row.Get<std::string>(20);
  nomination.person_name = row.Get<std::string>(21);
  nomination.person_position = row.Get<std::string>(22);
  nomination.summary = row.Get<std::string>(23);
  nomination.nominator = row.Get<std::string>(24);
  nomination.selector = row.Get<std::string>(25);
  nomination.not_selected_reason = row.Get<std::string>(26);
  nomination.state_date = row.Get<std::optional<absl::CivilDay>>(27);
  nomination.reopened_until = row.Get<std::optional<absl::CivilDay>>(28);
  nomination.answerer = row.Get<std::string>(29);
  nomination.answer_date = row.Get<std::optional<absl::CivilDay>>(30);
  nomination.decline_reason = row.Get<std::string>(31);
  nomination.rejecter = row.Get<std::string>(32);
  nomination.reject_date = row.Get<std::optional<absl::CivilDay>>(33);
  nomination.reject_reason = row.Get<std::string>(34);
  nomination.reject_check = row.Get<int32_t>(35);
  return nomination;
}

const std::string& SubjectOf(const NominationRow& row) {
  return row.individual() ? row.person_id : row.unit_id;
}

// R-AWD-39 as a condition.
void AndState(State state, absl::CivilDay today, ListQuery& query) {
  if (state == State::kMissed) {
    query.sql += " AND state IN ('INVITED', 'ACCEPTED')";
    query.And("COALESCE(reopened_until, filing_deadline) < ?", today);
    return;
  }
  query.And("state = ?", NameOf(state));
  if (state != State::kInvited && state != State::kAccepted) return;
  query.And("COALESCE(reopened_until, filing_deadline, DATE'9999-12-31') >= ?", today);
}

}  // namespace

absl::Status InsertNomination(db::Tx& tx, const NominationRow& row) {
  return tx
      .Execute(
          "INSERT INTO nominations (nomination_id, plan_id, unit_id, coordinator_unit_id, "
          "publication_id, publication_sha256, ranking_year, ranking_rank, band, award_form, "
          "state, filing_deadline, appraiser, appraise_date, appraise_note, "
          "unknown_standards_reason, decision_id, certificate_id, created_at, row_version, "
          "subject_id, person_id, person_name, person_position, summary, nominator, state_date) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?)",
          row.id, row.plan_id, row.unit_id, row.coordinator_unit_id, row.publication_id,
          row.publication_sha256, row.year, row.rank, row.band, row.award_form, NameOf(row.state),
          row.filing_deadline, row.appraiser, row.appraise_date, row.appraise_note,
          row.unknown_standards_reason, row.decision_id, row.certificate_id, row.created_at,
          row.row_version, SubjectOf(row), row.person_id, row.person_name, row.person_position,
          row.summary, row.nominator, row.state_date)
      .status();
}

absl::Status UpdateNomination(db::Tx& tx, const NominationRow& row) {
  return tx
      .Execute(
          "UPDATE nominations SET state = ?, filing_deadline = ?, appraiser = ?, "
          "appraise_date = ?, appraise_note = ?, unknown_standards_reason = ?, "
          "decision_id = ?, certificate_id = ?, row_version = ?, selector = ?, "
          "not_selected_reason = ?, state_date = ?, reopened_until = ?, answerer = ?, "
          "answer_date = ?, decline_reason = ?, rejecter = ?, reject_date = ?, reject_reason = ?, "
          "reject_check = ? WHERE nomination_id = ?",
          NameOf(row.state), row.filing_deadline, row.appraiser, row.appraise_date,
          row.appraise_note, row.unknown_standards_reason, row.decision_id, row.certificate_id,
          row.row_version, row.selector, row.not_selected_reason, row.state_date,
          row.reopened_until, row.answerer, row.answer_date, row.decline_reason, row.rejecter,
          row.reject_date, row.reject_reason, row.reject_check, row.id)
      .status();
}

absl::StatusOr<std::optional<NominationRow>> LockNomination(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<NominationRow>(ReadRow, Columns() + "nomination_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::optional<NominationRow>> ReadNomination(db::Session& session,
                                                            const std::string& id) {
  return session.QueryOptional<NominationRow>(ReadRow, Columns() + "nomination_id = ?", id);
}

absl::StatusOr<std::optional<NominationRow>> FindNomination(db::Session& session,
                                                            const NominationRow& like) {
  return session.QueryOptional<NominationRow>(
      ReadRow, Columns() + "plan_id = ? AND ranking_year = ? AND award_form = ? AND subject_id = ?",
      like.plan_id, like.year, like.award_form, SubjectOf(like));
}

absl::StatusOr<std::vector<NominationRow>> ListNominations(db::Session& session,
                                                           const platform::VisibleUnits& visible,
                                                           const NominationFilter& filter,
                                                           const platform::Page& page) {
  ListQuery query;
  query.sql = Columns() + "1 = 1";
  if (!filter.plan_id.empty()) query.And("plan_id = ?", filter.plan_id);
  if (!filter.unit_id.empty()) query.And("unit_id = ?", filter.unit_id);
  if (filter.individual) {
    query.sql += *filter.individual ? " AND person_id <> ''" : " AND person_id = ''";
  }
  if (filter.state) AndState(*filter.state, filter.today, query);
  query.AndVisible(visible, {"unit_id", "coordinator_unit_id"});
  query.AfterKey("nomination_id", page.after, page.size);
  std::vector<NominationRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  return rows;
}

absl::StatusOr<std::vector<WorkRow>> ReadWork(db::Session& session,
                                              const platform::VisibleUnits& visible,
                                              const std::string& plan_id, const std::string& after,
                                              int limit) {
  ListQuery query;
  query.sql = absl::StrCat(kSelect, kStandsIn, kFrom, "1 = 1", kWaiting);
  if (!plan_id.empty()) query.And("plan_id = ?", plan_id);
  query.AndVisible(visible, {"unit_id", "coordinator_unit_id"});
  query.AfterKey("nomination_id", after, limit - 1);
  std::vector<WorkRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back({ReadRow(row), row.Get<std::optional<std::string>>(36).value_or(""),
                        row.Get<std::optional<std::string>>(37).value_or("")});
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  return rows;
}

absl::Status InsertReopening(db::Tx& tx, const std::string& nomination_id, ReopeningRow& row) {
  ASSIGN_OR_RETURN(const std::vector<ReopeningRow> earlier, ReadReopenings(tx, nomination_id));
  row.number = static_cast<int>(earlier.size()) + 1;
  return tx
      .Execute(
          "INSERT INTO nomination_reopenings (nomination_id, reopening_number, reopener, "
          "reopen_date, reason, from_state, reopened_until, earlier_reason, earlier_judge) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          nomination_id, row.number, row.reopener, row.date, row.reason, NameOf(row.from),
          row.until, row.earlier_reason, row.earlier_judge)
      .status();
}

absl::StatusOr<std::vector<ReopeningRow>> ReadReopenings(db::Session& session,
                                                         const std::string& nomination_id) {
  return session.QueryAll<ReopeningRow>(
      [](const db::Row& row) {
        ReopeningRow reopening;
        reopening.number = row.Get<int32_t>(0);
        reopening.reopener = row.Get<std::string>(1);
        reopening.date = row.Get<absl::CivilDay>(2);
        reopening.reason = row.Get<std::string>(3);
        reopening.from = StateNamed(row.Get<std::string>(4)).value_or(State::kMissed);
        reopening.until = row.Get<std::optional<absl::CivilDay>>(5);
        reopening.earlier_reason = row.Get<std::string>(6);
        reopening.earlier_judge = row.Get<std::string>(7);
        return reopening;
      },
      "SELECT reopening_number, reopener, reopen_date, reason, from_state, reopened_until, "
      "earlier_reason, earlier_judge FROM nomination_reopenings WHERE nomination_id = ? "
      "ORDER BY reopening_number",
      nomination_id);
}

absl::Status InsertFiling(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO filings (nomination_id, filing_number, filer, file_date, late, "
                 "original_sets, return_reason, returner) VALUES (?, ?, ?, ?, ?, ?, '', '')",
                 nomination_id, filing.number, filing.filer, filing.file_date, filing.late,
                 filing.original_sets)
          .status());
  int ordinal = 0;
  for (const Document& document : filing.documents) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO filing_documents (nomination_id, filing_number, ordinal, kind, "
                   "file_id) VALUES (?, ?, ?, ?, ?)",
                   nomination_id, filing.number, ++ordinal, document.kind, document.file_id)
            .status());
  }
  return absl::OkStatus();
}

absl::Status SetReturned(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing) {
  return tx
      .Execute(
          "UPDATE filings SET return_reason = ?, returner = ?, return_date = ? "
          "WHERE nomination_id = ? AND filing_number = ?",
          filing.return_reason, filing.returner, filing.return_date, nomination_id, filing.number)
      .status();
}

absl::StatusOr<std::vector<FilingRow>> ReadFilings(db::Session& session,
                                                   const std::string& nomination_id) {
  ASSIGN_OR_RETURN(
      std::vector<FilingRow> filings,
      session.QueryAll<FilingRow>(
          [](const db::Row& row) {
            FilingRow filing;
            filing.number = row.Get<int32_t>(0);
            filing.filer = row.Get<std::string>(1);
            filing.file_date = row.Get<absl::CivilDay>(2);
            filing.late = row.Get<bool>(3);
            filing.original_sets = row.Get<int32_t>(4);
            filing.return_reason = row.Get<std::string>(5);
            filing.returner = row.Get<std::string>(6);
            filing.return_date = row.Get<std::optional<absl::CivilDay>>(7);
            return filing;
          },
          "SELECT filing_number, filer, file_date, late, original_sets, return_reason, returner, "
          "return_date FROM filings WHERE nomination_id = ? ORDER BY filing_number",
          nomination_id));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        const auto number = row.Get<int32_t>(0);
        for (FilingRow& filing : filings) {
          if (filing.number != number) continue;
          filing.documents.push_back({row.Get<std::string>(1), row.Get<std::string>(2)});
        }
        return absl::OkStatus();
      },
      "SELECT filing_number, kind, file_id FROM filing_documents WHERE nomination_id = ? "
      "ORDER BY filing_number, ordinal",
      nomination_id));
  return filings;
}

}  // namespace thidua::awards::nominations
