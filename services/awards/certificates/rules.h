// The words of a certificate and whether it may be revoked.
//
// R-AWD-72  Dates are written "ngày 05 tháng 02 năm 2024": days below 10 and the months January and
//           February with a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I).
// R-AWD-73  The signature block names for whom is signed (TM., KT., TL., TUQ.) above the position.
// R-AWD-74  Only a valid certificate is revoked, and there is no way back.
// R-AWD-75  A decision is annulled by a decision: the document that revokes is not younger than the
//           revocation and not older than the decision it annuls.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"
#include "awards/rules_signature.h"

namespace thidua::awards::certificates {

enum class State { kValid, kRevoked };
std::string_view NameOf(State state);
std::optional<State> StateNamed(std::string_view name);

// "GIAY_KHEN" → "Giấy khen". A form we have no word for is written as it is.
std::string FormText(std::string_view award_form);

// "ngày 05 tháng 02 năm 2024".
std::string LongDate(absl::CivilDay day);

// What a certificate says.
struct Content {
  std::string award_form;
  std::string awarding_authority;
  std::string unit_name;
  std::string citation;
  std::string place;
  std::string decision_number;
  absl::CivilDay decision_date;
  Signature signature;
  std::string code;
  std::string verification_url;
};

// The lines above the signer's name, first one first, not yet in capitals.
std::vector<std::string> SignatureLines(const Signature& signature);

MaybeRefusal CheckRevocable(State state);
MaybeRefusal CheckRevokingDocument(absl::CivilDay document, absl::CivilDay decision,
                                   absl::CivilDay today);

}  // namespace thidua::awards::certificates
