#include "awards/certificates/rules.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace thidua::awards::certificates {
namespace {

std::string_view Prefix(SigningMode mode) {
  switch (mode) {
    case SigningMode::kOnBehalf:
      return "TM. ";
    case SigningMode::kDeputy:
      return "KT. ";
    case SigningMode::kByOrder:
      return "TL. ";
    case SigningMode::kByDelegation:
      return "TUQ. ";
    case SigningMode::kDirect:
      break;
  }
  return "";
}

}  // namespace

std::string_view NameOf(State state) { return state == State::kValid ? "VALID" : "REVOKED"; }

std::optional<State> StateNamed(std::string_view name) {
  if (name == "VALID") return State::kValid;
  if (name == "REVOKED") return State::kRevoked;
  return std::nullopt;
}

std::string FormText(std::string_view award_form) {
  if (award_form == "GIAY_KHEN") return "Giấy khen";
  if (award_form == "BANG_KHEN") return "Bằng khen";
  if (award_form == "CO_THI_DUA") return "Cờ thi đua";
  return std::string(award_form);
}

// R-AWD-72
std::string LongDate(absl::CivilDay day) {
  const std::string month =
      day.month() <= 2 ? absl::StrFormat("%02d", day.month()) : absl::StrFormat("%d", day.month());
  return absl::StrFormat("ngày %02d tháng %s năm %d", day.day(), month,
                         static_cast<int>(day.year()));
}

// R-AWD-73
std::vector<std::string> SignatureLines(const Signature& signature) {
  std::vector<std::string> lines;
  if (signature.mode != SigningMode::kDirect) {
    lines.push_back(absl::StrCat(std::string(Prefix(signature.mode)), signature.signs_for));
  }
  lines.push_back(signature.signer_position);
  return lines;
}

// R-AWD-74
MaybeRefusal CheckRevocable(State state) {
  if (state == State::kValid) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "CERTIFICATE_STATE";
  refusal.vi = "Chứng nhận đã bị thu hồi; không còn thao tác hợp lệ.";
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
