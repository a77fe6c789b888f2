#include "awards/certificates/events.h"

#include <vector>

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::certificates {

v1::CertificateRevoked RevokedEvent(const CertificateRow& row, const std::string& award_form) {
  v1::CertificateRevoked revoked;
  revoked.set_certificate_code(row.code);
  revoked.set_unit_id(row.unit_id);
  revoked.set_reason(row.revoke_reason);
  if (row.revoke_date) revoked.set_revoke_date(platform::FormatDate(*row.revoke_date));
  revoked.set_award_form(award_form);
  revoked.set_person_id(row.person_id);
  if (row.prize_withdrawn()) revoked.set_prize_withdrawn_vnd(*row.prize_vnd);
  revoked.set_document_number(row.revoke_document_number);
  if (row.revoke_document_date) {
    revoked.set_document_date(platform::FormatDate(*row.revoke_document_date));
  }
  return revoked;
}

absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  platform::VisibleUnits all;
  all.all = true;
  platform::Page page;
  page.size = 500;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<CertificateRow> rows,
                     ListCertificates(session, all, {}, page));
    for (const CertificateRow& row : rows) {
      if (row.state != State::kRevoked) continue;
      ASSIGN_OR_RETURN(const std::optional<CertificateFacts> facts, FindByCode(session, row.code));
      if (!facts) return platform::Internal("a certificate without its decision");
      const v1::CertificateRevoked revoked = RevokedEvent(row, facts->content.award_form);
      common::v1::Event event;
      event.set_type(revoked.GetDescriptor()->full_name());
      event.set_aggregate_type("certificate");
      event.set_aggregate_id(row.id);
      event.set_aggregate_version(row.row_version);
      event.set_unit_id(row.unit_id);
      event.set_business_date(revoked.revoke_date());
      ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(revoked));
      RETURN_IF_ERROR(emit(event));
    }
    if (static_cast<int>(rows.size()) <= page.size) return absl::OkStatus();
    page.after = rows.back().id;
  }
}

}  // namespace thidua::awards::certificates
