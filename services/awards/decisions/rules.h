// What a decision on awards must be like before it is issued.
//
// R-AWD-50  Number and symbol: digits, "/QĐ-" and the symbol of the issuing body. "05" and "5" are
//           the same number; a number is used once by an issuer in a year.
// R-AWD-51  Not issued before a ballot it rests on was closed, not in the future.
// R-AWD-52  The signer has a name and a position; who signs for another (TM., KT., TL., TUQ.) names
//           for whom, who signs directly does not.
// R-AWD-53  All nominations are of one plan, and none is in two decisions.
// R-AWD-54  Only a draft is issued or given up.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"
#include "awards/rules_signature.h"

namespace thidua::awards::decisions {

enum class State { kDraft, kIssued, kCancelled };
std::string_view NameOf(State state);
std::optional<State> StateNamed(std::string_view name);

struct NumberResult {
  std::string key;  // "125/QĐ-UBND", without leading zeros: what must be unique
  MaybeRefusal refusal;
};
NumberResult ReadNumber(std::string_view number);

MaybeRefusal CheckIssueDate(absl::CivilDay issue, absl::CivilDay today,
                            const std::vector<absl::CivilDay>& ballots_closed);
MaybeRefusal CheckSignature(const Signature& signature);
// R-AWD-53: plan ids of the nominations, in the order of the request.
MaybeRefusal CheckOnePlan(const std::vector<std::string>& plan_ids);
// R-AWD-54: `move` is the rpc.
MaybeRefusal CheckDraft(State state);

}  // namespace thidua::awards::decisions
