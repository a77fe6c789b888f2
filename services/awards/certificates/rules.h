// The words of a certificate and whether it may be revoked.
//
// R-AWD-72, 73 stand in rules_wording.h.
// R-AWD-76  A person's certificate bears the name as the unit gave it and, below, the position and
//           the unit.
// R-AWD-74  Only a valid certificate is revoked, and there is no way back.
// R-AWD-75  A decision is annulled by a decision: the document that revokes is not younger than the
//           revocation and not older than the decision it annuls.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"
#include "awards/rules_signature.h"
#include "awards/rules_wording.h"

namespace thidua::awards::certificates {

enum class State { kValid, kRevoked };
std::string_view NameOf(State state);
std::optional<State> StateNamed(std::string_view name);

// What a certificate says.
struct Content {
  std::string award_form;
  std::string awarding_authority;
  std::string unit_name;
  std::string person_name;  // "" when the unit itself is awarded
  std::string person_position;
  std::string citation;
  std::string place;
  std::string decision_number;
  absl::CivilDay decision_date;
  Signature signature;
  std::string code;
  std::string verification_url;
};

// R-AWD-76  Who is awarded: the name set large, and the line below it ("" for none).
struct Awardee {
  std::string name;
  std::string below;
};
Awardee AwardeeOf(const Content& content);

MaybeRefusal CheckRevocable(State state);
MaybeRefusal CheckRevokingDocument(absl::CivilDay document, absl::CivilDay decision,
                                   absl::CivilDay today);

}  // namespace thidua::awards::certificates
