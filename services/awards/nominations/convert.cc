#include "awards/nominations/convert.h"

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::nominations {
namespace {

// The contract's enums have UNSPECIFIED before our first value.
template <class Proto, class Enum>
Proto EnumOf(Enum value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

v1::DocumentKind KindOf(const std::string& name) {
  v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED;
  v1::DocumentKind_Parse("DOCUMENT_KIND_" + name, &kind);
  return kind;
}

void SetFiling(const FilingRow& from, v1::AwardDossierFiling* to) {
  to->set_filing_number(from.number);
  to->set_filer(from.filer);
  to->set_file_date(platform::FormatDate(from.file_date));
  to->set_late(from.late);
  to->set_original_sets(from.original_sets);
  for (const Document& document : from.documents) {
    v1::AwardDossierDocument* added = to->add_documents();
    added->set_kind(KindOf(document.kind));
    added->set_file(platform::NameOf("files", document.file_id));
  }
  to->set_return_reason(from.return_reason);
  to->set_returner(from.returner);
  if (from.return_date) to->set_return_date(platform::FormatDate(*from.return_date));
}

void SetReopening(const ReopeningRow& from, v1::NominationReopening* to) {
  to->set_number(from.number);
  to->set_reopener(from.reopener);
  to->set_reopen_date(platform::FormatDate(from.date));
  to->set_reason(from.reason);
  to->set_from_state(StateOf(from.from));
  if (from.until) to->set_reopened_until(platform::FormatDate(*from.until));
  to->set_earlier_reason(from.earlier_reason);
}

// The unit's answer and what became of its dossier.
void SetAnswer(const NominationRow& row, v1::Nomination* nomination) {
  nomination->set_answerer(row.answerer);
  if (row.answer_date) nomination->set_answer_date(platform::FormatDate(*row.answer_date));
  nomination->set_decline_reason(row.decline_reason);
  if (!row.reject_date) return;
  v1::DossierRejection* rejection = nomination->mutable_rejection();
  rejection->set_rejecter(row.rejecter);
  rejection->set_reject_date(platform::FormatDate(*row.reject_date));
  rejection->set_reason(row.reject_reason);
  rejection->set_check_number(row.reject_check);
}

void SetPerson(const NominationRow& row, v1::Nomination* nomination) {
  nomination->set_subject(SubjectOf(row));
  if (!row.individual()) return;
  nomination->set_person(platform::NameOf("people", row.person_id));
  nomination->set_person_name(row.person_name);
  nomination->set_person_position(row.person_position);
  nomination->set_summary(row.summary);
  nomination->set_nominator(row.nominator);
  nomination->set_selector(row.selector);
  nomination->set_not_selected_reason(row.not_selected_reason);
}

}  // namespace

std::string KindName(v1::DocumentKind kind) {
  constexpr size_t kPrefix = sizeof("DOCUMENT_KIND_") - 1;
  return v1::DocumentKind_Name(kind).substr(kPrefix);
}

void ToProto(const CheckRow& check, const std::string& nomination_id, v1::StandardsCheck* to) {
  to->set_nomination(platform::NameOf("nominations", nomination_id));
  to->set_number(check.number);
  to->set_stage(EnumOf<v1::CheckStage>(check.stage));
  to->set_as_of_date(platform::FormatDate(check.as_of));
  for (const Finding& finding : check.findings) {
    v1::StandardFinding* added = to->add_findings();
    added->set_standard_id(finding.standard_id);
    added->set_text(finding.text);
    added->set_result(EnumOf<v1::StandardResult>(finding.result));
    // Source::kNone is the contract's UNSPECIFIED.
    added->set_source(static_cast<v1::StandardSource>(static_cast<int>(finding.source)));
    for (const std::string& ref : finding.refs) added->add_source_refs(ref);
    added->set_explanation(finding.explanation);
  }
}

void ToProto(const ConfirmationRow& row, const std::string& nomination_id,
             v1::StandardConfirmation* to) {
  to->set_nomination(platform::NameOf("nominations", nomination_id));
  to->set_confirmation_id(row.said.id);
  to->set_standard_id(row.said.standard_id);
  to->set_result(row.said.met ? v1::STANDARD_RESULT_MET : v1::STANDARD_RESULT_NOT_MET);
  if (row.said.activity_count) to->set_activity_count(*row.said.activity_count);
  to->set_confirmer(row.confirmer);
  to->set_confirm_date(platform::FormatDate(row.said.confirmed));
  to->set_covers_until(platform::FormatDate(row.said.covers_until));
  to->set_file(platform::NameOf("files", row.file_id));
  to->set_note(row.said.note);
}

v1::NominationState StateOf(State state) { return EnumOf<v1::NominationState>(state); }

v1::AwardSubject SubjectOf(const NominationRow& row) {
  return row.individual() ? v1::AWARD_SUBJECT_INDIVIDUAL : v1::AWARD_SUBJECT_COLLECTIVE;
}

void ToProto(const NominationRow& row, absl::CivilDay today, v1::Nomination* nomination) {
  nomination->set_name(platform::NameOf("nominations", row.id));
  nomination->set_plan(platform::NameOf("plans", row.plan_id));
  nomination->set_unit(platform::NameOf("units", row.unit_id));
  if (!row.publication_id.empty()) {
    nomination->set_publication(platform::NameOf("publications", row.publication_id));
  }
  nomination->set_publication_sha256(row.publication_sha256);
  nomination->set_year(row.year);
  nomination->set_rank(row.rank);
  nomination->set_band(row.band);
  nomination->set_award_form(row.award_form);
  const State state = row.StateOn(today);
  nomination->set_state(StateOf(state));
  if (state == State::kMissed) {
    nomination->set_state_date(platform::FormatDate(*row.open_until() + 1));
  } else if (row.state_date) {
    nomination->set_state_date(platform::FormatDate(*row.state_date));
  }
  if (row.filing_deadline) {
    nomination->set_filing_deadline(platform::FormatDate(*row.filing_deadline));
  }
  if (row.reopened_until) {
    nomination->set_reopened_until(platform::FormatDate(*row.reopened_until));
  }
  SetAnswer(row, nomination);
  SetPerson(row, nomination);
  nomination->set_appraiser(row.appraiser);
  if (row.appraise_date) {
    nomination->set_appraise_date(platform::FormatDate(*row.appraise_date));
  }
  nomination->set_appraise_note(row.appraise_note);
  nomination->set_unknown_standards_reason(row.unknown_standards_reason);
  if (!row.decision_id.empty()) {
    nomination->set_decision(platform::NameOf("decisions", row.decision_id));
  }
  if (!row.certificate_id.empty()) {
    nomination->set_certificate(platform::NameOf("certificates", row.certificate_id));
  }
  *nomination->mutable_create_time() = platform::ToTimestamp(row.created_at);
  nomination->set_etag(platform::EtagOf(row.row_version));
}

absl::Status Show(db::Session& session, const NominationRow& row, absl::CivilDay today,
                  v1::Nomination* nomination) {
  ToProto(row, today, nomination);
  ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(session, row.id));
  for (const FilingRow& filing : filings) SetFiling(filing, nomination->add_filings());
  ASSIGN_OR_RETURN(const std::optional<CheckRow> check, NewestCheck(session, row.id));
  if (check) ToProto(*check, row.id, nomination->mutable_standards_check());
  ASSIGN_OR_RETURN(const std::vector<ReopeningRow> reopenings, ReadReopenings(session, row.id));
  for (const ReopeningRow& reopening : reopenings) {
    SetReopening(reopening, nomination->add_reopenings());
  }
  return absl::OkStatus();
}

}  // namespace thidua::awards::nominations
