#include "awards/nominations/store_standards.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

constexpr std::array<std::string_view, 3> kStages = {"SUBMISSION", "APPRAISAL", "DECISION"};
constexpr std::array<std::string_view, 3> kResults = {"MET", "NOT_MET", "NOT_KNOWN"};
constexpr std::array<std::string_view, 7> kSources = {
    "", "RANKING", "REPORTS", "INITIATIVES", "CONFIRMATION", "TASKS", "CLASSIFICATION"};

template <class Enum, size_t N>
Enum Named(const std::array<std::string_view, N>& names, const std::string& name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(0);
}

CheckRow ReadCheck(const db::Row& row) {
  CheckRow check;
  check.number = row.Get<int32_t>(0);
  check.stage = Named<Stage>(kStages, row.Get<std::string>(1));
  check.as_of = row.Get<absl::CivilDay>(2);
  return check;
}

absl::Status ReadFindings(db::Session& session, const std::string& nomination_id, CheckRow& check) {
  ASSIGN_OR_RETURN(
      check.findings,
      session.QueryAll<Finding>(
          [](const db::Row& row) {
            Finding finding;
            finding.standard_id = row.Get<std::string>(0);
            finding.text = row.Get<std::string>(1);
            finding.result = Named<Result>(kResults, row.Get<std::string>(2));
            finding.source = Named<Source>(kSources, row.Get<std::string>(3));
            const auto refs = row.Get<std::string>(4);
            if (!refs.empty()) finding.refs = absl::StrSplit(refs, '\n');
            finding.explanation = row.Get<std::string>(5);
            return finding;
          },
          "SELECT standard_id, standard_text, result, source, source_refs, explanation FROM "
          "standard_findings WHERE nomination_id = ? AND check_number = ? ORDER BY ordinal",
          nomination_id, check.number));
  return absl::OkStatus();
}

constexpr char kConfirmations[] =
    "SELECT sequence, confirmation_id, standard_id, met, activity_count, confirmer, confirm_date, "
    "covers_until, file_id, note FROM standard_confirmations";

ConfirmationRow ConfirmationOf(const db::Row& row) {
  ConfirmationRow confirmation;
  confirmation.sequence = row.Get<int32_t>(0);
  confirmation.said.id = row.Get<std::string>(1);
  confirmation.said.standard_id = row.Get<std::string>(2);
  confirmation.said.met = row.Get<bool>(3);
  confirmation.said.activity_count = row.Get<std::optional<int32_t>>(4);
  confirmation.confirmer = row.Get<std::string>(5);
  confirmation.said.confirmed = row.Get<absl::CivilDay>(6);
  confirmation.said.covers_until = row.Get<absl::CivilDay>(7);
  confirmation.file_id = row.Get<std::string>(8);
  confirmation.said.note = row.Get<std::string>(9);
  return confirmation;
}

absl::StatusOr<int> NextNumber(db::Tx& tx, const char* sql, const std::string& nomination_id) {
  ASSIGN_OR_RETURN(const std::optional<int> last,
                   tx.QueryOptional<int>([](const db::Row& row) { return row.Get<int32_t>(0); },
                                         sql, nomination_id));
  return last.value_or(0) + 1;
}

}  // namespace

std::string_view NameOf(Stage stage) { return kStages[static_cast<size_t>(stage)]; }

absl::Status InsertCheck(db::Tx& tx, const std::string& nomination_id, CheckRow& check) {
  ASSIGN_OR_RETURN(check.number,
                   NextNumber(tx,
                              "SELECT COALESCE(MAX(check_number), 0) FROM standards_checks WHERE "
                              "nomination_id = ?",
                              nomination_id));
  RETURN_IF_ERROR(tx.Execute("INSERT INTO standards_checks (nomination_id, check_number, stage, "
                             "as_of_date) VALUES (?, ?, ?, ?)",
                             nomination_id, check.number, NameOf(check.stage), check.as_of)
                      .status());
  int ordinal = 0;
  for (const Finding& finding : check.findings) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO standard_findings (nomination_id, check_number, ordinal, "
                   "standard_id, standard_text, result, source, source_refs, explanation) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   nomination_id, check.number, ++ordinal, finding.standard_id, finding.text,
                   kResults[static_cast<size_t>(finding.result)],
                   kSources[static_cast<size_t>(finding.source)], absl::StrJoin(finding.refs, "\n"),
                   finding.explanation)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CheckRow>> NewestCheck(db::Session& session,
                                                    const std::string& nomination_id) {
  ASSIGN_OR_RETURN(std::vector<CheckRow> checks, ListChecks(session, nomination_id, 0, 1));
  if (checks.empty()) return std::nullopt;
  return std::move(checks.front());
}

absl::StatusOr<std::vector<CheckRow>> ListChecks(db::Session& session,
                                                 const std::string& nomination_id, int before,
                                                 int size) {
  ASSIGN_OR_RETURN(std::vector<CheckRow> checks,
                   session.QueryAll<CheckRow>(
                       ReadCheck,
                       "SELECT check_number, stage, as_of_date FROM standards_checks WHERE "
                       "nomination_id = ? AND (? = 0 OR check_number < ?) "
                       "ORDER BY check_number DESC LIMIT ?",
                       nomination_id, before, before, size + 1));
  for (CheckRow& check : checks) RETURN_IF_ERROR(ReadFindings(session, nomination_id, check));
  return checks;
}

absl::Status InsertConfirmation(db::Tx& tx, const std::string& nomination_id,
                                ConfirmationRow& row) {
  ASSIGN_OR_RETURN(row.sequence,
                   NextNumber(tx,
                              "SELECT COALESCE(MAX(sequence), 0) FROM standard_confirmations WHERE "
                              "nomination_id = ?",
                              nomination_id));
  return tx
      .Execute(
          "INSERT INTO standard_confirmations (nomination_id, sequence, confirmation_id, "
          "standard_id, met, activity_count, confirmer, confirm_date, covers_until, file_id, note) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          nomination_id, row.sequence, row.said.id, row.said.standard_id, row.said.met,
          row.said.activity_count, row.confirmer, row.said.confirmed, row.said.covers_until,
          row.file_id, row.said.note)
      .status();
}

absl::StatusOr<std::vector<ConfirmationRow>> ReadConfirmations(db::Session& session,
                                                               const std::string& nomination_id) {
  return session.QueryAll<ConfirmationRow>(
      ConfirmationOf, absl::StrCat(kConfirmations, " WHERE nomination_id = ? ORDER BY sequence"),
      nomination_id);
}

absl::StatusOr<std::vector<ConfirmationRow>> ListConfirmations(db::Session& session,
                                                               const std::string& nomination_id,
                                                               int before, int size) {
  return session.QueryAll<ConfirmationRow>(
      ConfirmationOf,
      absl::StrCat(kConfirmations,
                   " WHERE nomination_id = ? AND (? = 0 OR sequence < ?) "
                   "ORDER BY sequence DESC LIMIT ?"),
      nomination_id, before, before, size + 1);
}

}  // namespace thidua::awards::nominations
