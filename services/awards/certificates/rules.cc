#include "awards/certificates/rules.h"

namespace thidua::awards::certificates {
std::string_view NameOf(State state) { return state == State::kValid ? "VALID" : "REVOKED"; }

std::optional<State> StateNamed(std::string_view name) {
  if (name == "VALID") return State::kValid;
  if (name == "REVOKED") return State::kRevoked;
  return std::nullopt;
}

// R-AWD-76
Awardee AwardeeOf(const Content& content) {
  if (content.person_name.empty()) return {content.unit_name, ""};
  if (content.person_position.empty()) return {content.person_name, content.unit_name};
  return {content.person_name, absl::StrCat(content.person_position, ", ", content.unit_name)};
}

// R-AWD-74
MaybeRefusal CheckRevocable(State state) {
  if (state == State::kValid) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "CERTIFICATE_STATE";
  refusal.vi = "Đã bị thu hồi; không còn thao tác hợp lệ.";
  refusal.en = "The certificate is revoked; no move is legal.";
  refusal.metadata = {{"state", std::string(NameOf(state))}, {"legal_moves", "-"}};
  return refusal;
}

// R-AWD-75
MaybeRefusal CheckRevokingDocument(absl::CivilDay document, absl::CivilDay decision,
                                   absl::CivilDay today) {
  Refusal refusal;
  refusal.field = "document_date";
  if (document > today) {
    refusal.reason = "DATE_IN_FUTURE";
    refusal.vi = "Ngày của quyết định thu hồi nằm trong tương lai.";
    refusal.en = "The date of the revoking decision lies in the future.";
    return refusal;
  }
  if (document < decision) {
    refusal.reason = "DOCUMENT_BEFORE_DECISION";
    refusal.vi = "Quyết định thu hồi có ngày trước quyết định khen thưởng.";
    refusal.en = "The revoking decision is older than the decision on the award.";
    return refusal;
  }
  return std::nullopt;
}

}  // namespace thidua::awards::certificates
