#include "awards/certificates/convert.h"

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"

namespace thidua::awards::certificates {
namespace {

v1::CertificateState StateOf(State state) {
  return state == State::kValid ? v1::CERTIFICATE_STATE_VALID : v1::CERTIFICATE_STATE_REVOKED;
}

}  // namespace

void ToProto(const CertificateRow& row, v1::Certificate* certificate) {
  certificate->set_name(platform::NameOf("certificates", row.id));
  certificate->set_code(row.code);
  certificate->set_decision(platform::NameOf("decisions", row.decision_id));
  certificate->set_nomination(platform::NameOf("nominations", row.nomination_id));
  certificate->set_unit(platform::NameOf("units", row.unit_id));
  if (!row.person_id.empty()) certificate->set_person(platform::NameOf("people", row.person_id));
  certificate->set_state(StateOf(row.state));
  certificate->set_pdf_size_bytes(row.pdf_size_bytes);
  certificate->set_pdf_sha256(row.pdf_sha256);
  certificate->set_verification_url(row.verification_url);
  if (row.revoke_date) certificate->set_revoke_date(platform::FormatDate(*row.revoke_date));
  certificate->set_revoke_reason(row.revoke_reason);
  certificate->set_revoke_document(row.revoke_document);
  certificate->set_revoke_document_number(row.revoke_document_number);
  if (row.revoke_document_date) {
    certificate->set_revoke_document_date(platform::FormatDate(*row.revoke_document_date));
  }
  if (row.prize_vnd) certificate->set_prize_vnd(*row.prize_vnd);
  certificate->set_prize_withdrawn(row.prize_withdrawn());
  certificate->set_etag(platform::EtagOf(row.row_version));
}

void ToProto(const CertificateFacts& facts, v1::CertificateVerification* verification) {
  const Content& content = facts.content;
  verification->set_code(content.code);
  verification->set_state(StateOf(facts.row.state));
  verification->set_award_form_text(FormText(content.award_form));
  verification->set_unit_name(content.unit_name);
  verification->set_person_name(content.person_name);
  verification->set_person_position(content.person_position);
  verification->set_citation(content.citation);
  verification->set_awarding_authority(content.awarding_authority);
  verification->set_decision_number(content.decision_number);
  verification->set_decision_date(platform::FormatDate(content.decision_date));
  verification->set_signer_name(content.signature.signer_name);
  verification->set_signer_position(content.signature.signer_position);
  verification->set_pdf_sha256(facts.row.pdf_sha256);
  if (!facts.publication_id.empty()) {
    verification->set_publication(platform::NameOf("publications", facts.publication_id));
  }
  verification->set_publication_sha256(facts.publication_sha256);
  if (facts.row.revoke_date) {
    verification->set_revoke_date(platform::FormatDate(*facts.row.revoke_date));
  }
  verification->set_revoke_reason(facts.row.revoke_reason);
  verification->set_revoke_document_number(facts.row.revoke_document_number);
  if (facts.row.revoke_document_date) {
    verification->set_revoke_document_date(platform::FormatDate(*facts.row.revoke_document_date));
  }
}

PageFacts ToPage(const CertificateFacts& facts) {
  PageFacts page;
  page.state = facts.row.state;
  page.content = facts.content;
  page.pdf_sha256 = facts.row.pdf_sha256;
  page.publication_id = facts.publication_id;
  page.publication_sha256 = facts.publication_sha256;
  page.revoked = facts.row.revoke_date;
  page.revoke_reason = facts.row.revoke_reason;
  page.revoke_document_number = facts.row.revoke_document_number;
  page.revoke_document_date = facts.row.revoke_document_date;
  return page;
}

}  // namespace thidua::awards::certificates
