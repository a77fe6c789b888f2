#include "scoring/surveys/convert.h"

#include <algorithm>

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/figures/fields.h"

namespace thidua::scoring::surveys {

bool IsKind(std::string_view kind) {
  return !kind.empty() && kind.size() <= 40 && std::all_of(kind.begin(), kind.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

absl::StatusOr<SurveyRow> SurveyOf(const v1::Survey& survey, absl::CivilDay today) {
  SurveyRow row;
  figures::Fields fields("survey.", today);
  row.unit_id = fields.Id("unit", survey.unit(), "units", true);
  row.kind = survey.kind();
  if (!IsKind(survey.kind())) {
    fields.Add("kind", "CODE_MALFORMED", "Loại điều tra gồm 1–40 ký tự a–z, 0–9, gạch nối",
               "The kind is 1 to 40 characters a–z, 0–9, hyphen");
  }
  row.title = fields.Text("title", survey.title(), 1, 500);
  row.year = fields.Year(survey.year());
  const auto start = fields.PastDay("period_start", survey.period_start());
  const auto end = fields.PastDay("period_end", survey.period_end());
  if (start.has_value() && end.has_value() && *end < *start) {
    fields.Add("period_end", "DATES_REVERSED", "Ngày kết thúc trước ngày bắt đầu",
               "The last day is before the first");
  }
  row.period_start = start.value_or(absl::CivilDay());
  row.period_end = end.value_or(absl::CivilDay());
  row.scale = fields.Text("scale", survey.scale(), 1, 1000);
  const v1::LegalBasis& document = survey.source_document();
  row.document_number = fields.Text("source_document.number", document.number(), 1, 100);
  if (!document.issue_date().empty()) {
    row.document_date = fields.PastDay("source_document.issue_date", document.issue_date());
  }
  row.document_issuer = fields.Text("source_document.issuer", document.issuer(), 0, 300);
  row.document_subject = fields.Text("source_document.subject", document.subject(), 0, 1000);
  row.source_note = fields.Text("source_note", survey.source_note(), 0, 2000);
  const std::string corrects = fields.Id("corrects", survey.corrects(), "surveys", false);
  if (!corrects.empty()) row.corrects = corrects;
  row.correction_reason = fields.CorrectionReason(survey.corrects(), survey.correction_reason());
  RETURN_IF_ERROR(fields.Status());
  return row;
}

void ToProto(const SurveyRow& row, v1::Survey& out) {
  out.set_name(platform::NameOf("surveys", row.id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_kind(row.kind);
  out.set_title(row.title);
  out.set_year(row.year);
  out.set_period_start(platform::FormatDate(row.period_start));
  out.set_period_end(platform::FormatDate(row.period_end));
  out.set_scale(row.scale);
  v1::LegalBasis& document = *out.mutable_source_document();
  document.set_number(row.document_number);
  if (row.document_date) document.set_issue_date(platform::FormatDate(*row.document_date));
  document.set_issuer(row.document_issuer);
  document.set_subject(row.document_subject);
  out.set_source_note(row.source_note);
  out.set_state(row.state == "DRAFT"       ? v1::SURVEY_STATE_DRAFT
                : row.state == "PUBLISHED" ? v1::SURVEY_STATE_PUBLISHED
                                           : v1::SURVEY_STATE_SUPERSEDED);
  if (row.corrects) out.set_corrects(platform::NameOf("surveys", *row.corrects));
  out.set_correction_reason(row.correction_reason);
  if (row.superseded_by) out.set_superseded_by(platform::NameOf("surveys", *row.superseded_by));
  out.set_unit_count(row.unit_count);
  out.set_respondent_count(row.respondent_count);
  out.set_file_sha256(row.file_sha256);
  *out.mutable_create_time() = platform::ToTimestamp(row.created_at);
  if (row.publish_date) out.set_publish_date(platform::FormatDate(*row.publish_date));
  out.set_etag(platform::EtagOf(row.row_version));
}

}  // namespace thidua::scoring::surveys
