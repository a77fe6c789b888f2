#include "awards/decisions/convert.h"

#include "awards/errors.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::decisions {
namespace {

// The contract's enums have UNSPECIFIED before our first value.
template <class Proto, class Enum>
Proto EnumOf(Enum value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

constexpr size_t kLongest = 200;

}  // namespace

void ToProto(const DecisionRow& row, v1::Decision* decision) {
  decision->set_name(platform::NameOf("decisions", row.id));
  decision->set_plan(platform::NameOf("plans", row.plan_id));
  decision->set_unit(platform::NameOf("units", row.unit_id));
  decision->set_state(EnumOf<v1::DecisionState>(row.state));
  decision->set_awarding_authority(row.awarding_authority);
  decision->set_citation(row.citation);
  decision->set_place(row.place);
  for (const AwardRow& award : row.awards) {
    v1::Award* added = decision->add_awards();
    added->set_nomination(platform::NameOf("nominations", award.nomination_id));
    added->set_unit(platform::NameOf("units", award.unit_id));
    added->set_unit_name(award.unit_name);
    added->set_award_form(award.award_form);
    if (award.certificate_id.empty()) continue;
    added->set_certificate(platform::NameOf("certificates", award.certificate_id));
    added->set_certificate_code(award.certificate_code);
  }
  decision->set_number(row.number);
  if (row.issue_date) decision->set_issue_date(platform::FormatDate(*row.issue_date));
  if (row.signature) {
    v1::Signature* signature = decision->mutable_signature();
    signature->set_signer_name(row.signature->signer_name);
    signature->set_signer_position(row.signature->signer_position);
    signature->set_mode(EnumOf<v1::SigningMode>(row.signature->mode));
    signature->set_signs_for(row.signature->signs_for);
  }
  decision->set_unknown_standards_reason(row.unknown_standards_reason);
  decision->set_cancel_reason(row.cancel_reason);
  *decision->mutable_create_time() = platform::ToTimestamp(row.created_at);
  decision->set_etag(platform::EtagOf(row.row_version));
}

absl::StatusOr<Signature> SignatureOf(const v1::Signature& from) {
  if (!v1::SigningMode_IsValid(from.mode()) || from.mode() == v1::SIGNING_MODE_UNSPECIFIED) {
    return platform::InvalidField(
        "signature.mode", "FIELD_REQUIRED",
        {"Thiếu thẩm quyền ký (trực tiếp, TM., KT., TL., TUQ.).", "The signing mode is missing."});
  }
  RETURN_IF_ERROR(CheckOptionalText("signature.signer_name", from.signer_name(), kLongest));
  RETURN_IF_ERROR(CheckOptionalText("signature.signer_position", from.signer_position(), kLongest));
  RETURN_IF_ERROR(CheckOptionalText("signature.signs_for", from.signs_for(), kLongest));
  Signature signature{from.signer_name(), from.signer_position(),
                      static_cast<SigningMode>(from.mode() - 1), from.signs_for()};
  RETURN_IF_ERROR(ErrorOf(CheckSignature(signature)));
  return signature;
}

}  // namespace thidua::awards::decisions
