// Certificates in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/certificates/rules.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::certificates {

struct CertificateRow {
  std::string id;
  std::string code;
  std::string decision_id;
  std::string nomination_id;
  std::string unit_id;          // holds it
  std::string issuing_unit_id;  // gave it
  std::string file_id;
  int64_t pdf_size_bytes = 0;
  std::string pdf_sha256;
  std::string verification_url;
  State state = State::kValid;
  std::optional<absl::CivilDay> revoke_date;
  std::string revoke_reason;
  std::string revoke_document;
  std::string revoke_document_number;
  std::optional<absl::CivilDay> revoke_document_date;
  std::optional<int64_t> prize_vnd;  // of its award in the decision; read only
  int64_t row_version = 1;
  std::string person_id;  // "" when the unit itself is awarded

  // R-AWD-112
  bool prize_withdrawn() const { return state == State::kRevoked && prize_vnd.value_or(0) > 0; }
};

// A certificate with the words of its decision and the ranking behind it.
struct CertificateFacts {
  CertificateRow row;
  Content content;
  std::string publication_id;
  std::string publication_sha256;
};

struct CertificateFilter {
  std::string decision_id;
  std::string unit_id;
};

absl::Status InsertCertificate(db::Tx& tx, const CertificateRow& row);
// Writes the revocation.
absl::Status SetRevoked(db::Tx& tx, const CertificateRow& row);
absl::StatusOr<std::optional<CertificateRow>> LockCertificate(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<CertificateRow>> ReadCertificate(db::Session& session,
                                                              const std::string& id);
// By the written form of the code.
absl::StatusOr<std::optional<CertificateFacts>> FindByCode(db::Session& session,
                                                           const std::string& code);
// Oldest first; one more than the page's size when there is more. Empty filters mean all.
absl::StatusOr<std::vector<CertificateRow>> ListCertificates(db::Session& session,
                                                             const platform::VisibleUnits& visible,
                                                             const CertificateFilter& filter,
                                                             const platform::Page& page);

}  // namespace thidua::awards::certificates
