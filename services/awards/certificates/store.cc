#include "awards/certificates/store.h"

#include "awards/visible.h"
#include "platform/status_macros.h"

namespace thidua::awards::certificates {
namespace {

constexpr const char* kColumns =
    "SELECT certificate_id, code, decision_id, nomination_id, unit_id, issuing_unit_id, file_id, "
    "pdf_size_bytes, pdf_sha256, verification_url, state, revoke_date, revoke_reason, "
    "revoke_document, revoke_document_number, revoke_document_date, row_version, "
    "(SELECT a.prize_vnd FROM decision_awards a WHERE a.decision_id = certificates.decision_id "
    "AND a.nomination_id = certificates.nomination_id), person_id FROM certificates WHERE ";

CertificateRow ReadRow(const db::Row& row) {
  CertificateRow certificate;
  certificate.id = row.Get<std::string>(0);
  certificate.code = row.Get<std::string>(1);
  certificate.decision_id = row.Get<std::string>(2);
  certificate.nomination_id = row.Get<std::string>(3);
  certificate.unit_id = row.Get<std::string>(4);
  certificate.issuing_unit_id = row.Get<std::string>(5);
  certificate.file_id = row.Get<std::string>(6);
  certificate.pdf_size_bytes = row.Get<int64_t>(7);
  certificate.pdf_sha256 = row.Get<std::string>(8);
  certificate.verification_url = row.Get<std::string>(9);
  certificate.state = StateNamed(row.Get<std::string>(10)).value_or(State::kRevoked);
  certificate.revoke_date = row.Get<std::optional<absl::CivilDay>>(11);
  certificate.revoke_reason = row.Get<std::string>(12);
  certificate.revoke_document = row.Get<std::string>(13);
  certificate.revoke_document_number = row.Get<std::string>(14);
  certificate.revoke_document_date = row.Get<std::optional<absl::CivilDay>>(15);
  certificate.row_version = row.Get<int64_t>(16);
  certificate.prize_vnd = row.Get<std::optional<int64_t>>(17);
  certificate.person_id = row.Get<std::string>(18);
  return certificate;
}

CertificateFacts ReadFacts(const db::Row& row) {
  CertificateFacts facts;
  Content& content = facts.content;
  content.award_form = row.Get<std::string>(0);
  content.unit_name = row.Get<std::string>(1);
  content.awarding_authority = row.Get<std::string>(2);
  content.citation = row.Get<std::string>(3);
  content.place = row.Get<std::string>(4);
  content.decision_number = row.Get<std::string>(5);
  content.decision_date = row.Get<absl::CivilDay>(6);
  content.signature = {row.Get<std::string>(7), row.Get<std::string>(8),
                       SigningModeNamed(row.Get<std::string>(9)).value_or(SigningMode::kDirect),
                       row.Get<std::string>(10)};
  facts.publication_id = row.Get<std::string>(11);
  facts.publication_sha256 = row.Get<std::string>(12);
  content.person_name = row.Get<std::string>(13);
  content.person_position = row.Get<std::string>(14);
  return facts;
}

}  // namespace

absl::Status InsertCertificate(db::Tx& tx, const CertificateRow& row) {
  return tx
      .Execute(
          "INSERT INTO certificates (certificate_id, code, decision_id, nomination_id, "
          "unit_id, issuing_unit_id, file_id, pdf_size_bytes, pdf_sha256, verification_url, "
          "state, revoke_reason, revoke_document, row_version, person_id) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, ?)",
          row.id, row.code, row.decision_id, row.nomination_id, row.unit_id, row.issuing_unit_id,
          row.file_id, row.pdf_size_bytes, row.pdf_sha256, row.verification_url, NameOf(row.state),
          row.row_version, row.person_id)
      .status();
}

absl::Status SetRevoked(db::Tx& tx, const CertificateRow& row) {
  return tx
      .Execute(
          "UPDATE certificates SET state = ?, revoke_date = ?, revoke_reason = ?, "
          "revoke_document = ?, revoke_document_number = ?, revoke_document_date = ?, "
          "row_version = ? WHERE certificate_id = ?",
          NameOf(row.state), row.revoke_date, row.revoke_reason, row.revoke_document,
          row.revoke_document_number, row.revoke_document_date, row.row_version, row.id)
      .status();
}

absl::StatusOr<std::optional<CertificateRow>> LockCertificate(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<CertificateRow>(
      ReadRow, std::string(kColumns) + "certificate_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::optional<CertificateRow>> ReadCertificate(db::Session& session,
                                                              const std::string& id) {
  return session.QueryOptional<CertificateRow>(ReadRow,
                                               std::string(kColumns) + "certificate_id = ?", id);
}

absl::StatusOr<std::optional<CertificateFacts>> FindByCode(db::Session& session,
                                                           const std::string& code) {
  ASSIGN_OR_RETURN(
      const std::optional<CertificateRow> row,
      session.QueryOptional<CertificateRow>(ReadRow, std::string(kColumns) + "code = ?", code));
  if (!row) return std::optional<CertificateFacts>();
  ASSIGN_OR_RETURN(
      std::optional<CertificateFacts> facts,
      session.QueryOptional<CertificateFacts>(
          ReadFacts,
          "SELECT a.award_form, a.unit_name, d.awarding_authority, d.citation, d.place, d.number, "
          "d.issue_date, d.signer_name, d.signer_position, d.signing_mode, d.signs_for, "
          "n.publication_id, n.publication_sha256, a.person_name, a.person_position "
          "FROM decisions d "
          "JOIN decision_awards a ON a.decision_id = d.decision_id "
          "JOIN nominations n ON n.nomination_id = a.nomination_id "
          "WHERE d.decision_id = ? AND a.nomination_id = ?",
          row->decision_id, row->nomination_id));
  if (!facts) return facts;
  facts->row = *row;
  facts->content.code = row->code;
  facts->content.verification_url = row->verification_url;
  return facts;
}

absl::StatusOr<std::vector<CertificateRow>> ListCertificates(db::Session& session,
                                                             const platform::VisibleUnits& visible,
                                                             const CertificateFilter& filter,
                                                             const platform::Page& page) {
  ListQuery query;
  query.sql = std::string(kColumns) + "1 = 1";
  if (!filter.decision_id.empty()) query.And("decision_id = ?", filter.decision_id);
  if (!filter.unit_id.empty()) query.And("unit_id = ?", filter.unit_id);
  query.AndVisible(visible, {"unit_id", "issuing_unit_id"});
  query.AfterKey("certificate_id", page.after, page.size);
  std::vector<CertificateRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadRow(row));
        return absl::OkStatus();
      },
      query.sql, std::move(query.values)));
  return rows;
}

}  // namespace thidua::awards::certificates
