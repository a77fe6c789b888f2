#include "scoring/surveys/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"

namespace thidua::scoring::surveys {
namespace {

constexpr char kSelect[] =
    "SELECT survey_id, unit_id, kind, year, title, period_start, period_end, scale, "
    "document_number, document_date, document_issuer, document_subject, source_note, state, "
    "corrects, correction_reason, superseded_by, unit_count, respondent_count, file_sha256, "
    "created_at, publish_date, row_version FROM surveys WHERE ";

SurveyRow Read(const db::Row& row) {
  SurveyRow survey;
  survey.id = row.Get<std::string>(0);
  survey.unit_id = row.Get<std::string>(1);
  survey.kind = row.Get<std::string>(2);
  survey.year = row.Get<int32_t>(3);
  survey.title = row.Get<std::string>(4);
  survey.period_start = row.Get<absl::CivilDay>(5);
  survey.period_end = row.Get<absl::CivilDay>(6);
  survey.scale = row.Get<std::string>(7);
  survey.document_number = row.Get<std::string>(8);
  survey.document_date = row.Get<std::optional<absl::CivilDay>>(9);
  survey.document_issuer = row.Get<std::string>(10);
  survey.document_subject = row.Get<std::string>(11);
  survey.source_note = row.Get<std::string>(12);
  survey.state = row.Get<std::string>(13);
  survey.corrects = row.Get<std::optional<std::string>>(14);
  survey.correction_reason = row.Get<std::string>(15);
  survey.superseded_by = row.Get<std::optional<std::string>>(16);
  survey.unit_count = row.Get<int32_t>(17);
  survey.respondent_count = row.Get<int64_t>(18);
  survey.file_sha256 = row.Get<std::string>(19);
  survey.created_at = row.Get<absl::Time>(20);
  survey.publish_date = row.Get<std::optional<absl::CivilDay>>(21);
  survey.row_version = row.Get<int64_t>(22);
  return survey;
}

std::string KeyOf(const SurveyRow& row) {
  return absl::StrCat(row.unit_id, "|", row.kind, "|", row.year);
}

}  // namespace

absl::Status Store::Insert(db::Tx& tx, const SurveyRow& row) {
  return tx
      .Execute(
          "INSERT INTO surveys (survey_id, unit_id, kind, year, title, period_start, period_end, "
          "scale, document_number, document_date, document_issuer, document_subject, source_note, "
          "state, corrects, correction_reason, unit_count, respondent_count, file_sha256, "
          "created_at, row_version) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id, row.unit_id, row.kind, row.year, row.title, row.period_start, row.period_end,
          row.scale, row.document_number, row.document_date, row.document_issuer,
          row.document_subject, row.source_note, row.state, row.corrects, row.correction_reason,
          row.unit_count, row.respondent_count, row.file_sha256, row.created_at, row.row_version)
      .status();
}

absl::Status Store::Update(db::Tx& tx, const SurveyRow& row) {
  std::optional<std::string> current;
  if (row.state == "PUBLISHED") current = KeyOf(row);
  return tx
      .Execute(
          "UPDATE surveys SET state = ?, superseded_by = ?, current_key = ?, unit_count = ?, "
          "respondent_count = ?, file_sha256 = ?, publish_date = ?, row_version = ? "
          "WHERE survey_id = ?",
          row.state, row.superseded_by, current, row.unit_count, row.respondent_count,
          row.file_sha256, row.publish_date, row.row_version, row.id)
      .status();
}

absl::StatusOr<std::optional<SurveyRow>> Store::Get(db::Session& session, const std::string& id) {
  return session.QueryOptional<SurveyRow>(Read, absl::StrCat(kSelect, "survey_id = ?"), id);
}

absl::StatusOr<std::optional<SurveyRow>> Store::Lock(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<SurveyRow>(Read, absl::StrCat(kSelect, "survey_id = ? FOR UPDATE"), id);
}

absl::StatusOr<std::optional<SurveyRow>> Store::LockCurrent(db::Tx& tx, const SurveyRow& like) {
  return tx.QueryOptional<SurveyRow>(Read, absl::StrCat(kSelect, "current_key = ? FOR UPDATE"),
                                     KeyOf(like));
}

absl::StatusOr<std::vector<SurveyRow>> Store::List(db::Session& session, const Filter& filter,
                                                   const std::string& before_id, int limit) {
  return session.QueryAll<SurveyRow>(
      Read,
      absl::StrCat(kSelect,
                   "(? = '' OR unit_id = ?) AND (? = '' OR kind = ?) AND (? = 0 OR year = ?) AND "
                   "(? = '' OR survey_id < ?) ORDER BY survey_id DESC LIMIT ",
                   limit),
      filter.unit_id, filter.unit_id, filter.kind, filter.kind, filter.year, filter.year, before_id,
      before_id);
}

absl::Status Store::ReplaceResults(db::Tx& tx, const std::string& survey_id,
                                   const std::vector<ResultRow>& results) {
  RETURN_IF_ERROR(tx.Execute("DELETE FROM survey_results WHERE survey_id = ?", survey_id).status());
  for (const ResultRow& result : results) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO survey_results (survey_id, unit_id, forms_sent, "
                               "respondents, index_percent) VALUES (?, ?, ?, ?, ?)",
                               survey_id, result.unit_id, result.forms_sent, result.respondents,
                               result.index_percent)
                        .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ResultRow>> Store::Results(db::Session& session,
                                                      const std::string& survey_id) {
  return session.QueryAll<ResultRow>(
      [](const db::Row& row) {
        return ResultRow{row.Get<std::string>(0), row.Get<int32_t>(1), row.Get<int32_t>(2),
                         row.Get<std::string>(3)};
      },
      "SELECT unit_id, forms_sent, respondents, index_percent FROM survey_results "
      "WHERE survey_id = ? ORDER BY unit_id",
      survey_id);
}

absl::StatusOr<std::vector<Found>> Store::About(db::Session& session, const std::string& kind,
                                                int32_t year, const std::string& unit_id) {
  return session.QueryAll<Found>(
      [](const db::Row& row) {
        return Found{row.Get<std::string>(0), row.Get<int32_t>(1), row.Get<std::string>(2)};
      },
      "SELECT s.unit_id, r.respondents, r.index_percent FROM surveys s "
      "JOIN survey_results r ON r.survey_id = s.survey_id "
      "WHERE s.kind = ? AND s.year = ? AND s.state = 'PUBLISHED' AND r.unit_id = ? "
      "ORDER BY s.survey_id",
      kind, year, unit_id);
}

}  // namespace thidua::scoring::surveys
