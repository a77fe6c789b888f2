#include "awards/decisions/rules_authority.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::awards::decisions {

MaybeRefusal CheckAuthority(const std::vector<Authority>& rules, const std::string& unit_type,
                            const std::string& award_form, absl::CivilDay day) {
  std::vector<std::string> forms, bases;
  for (const Authority& rule : rules) {
    const bool holds = day >= rule.from && (!rule.to || day <= *rule.to);
    if (rule.unit_type != unit_type || !holds) continue;
    if (rule.award_form == award_form) return std::nullopt;
    forms.push_back(rule.award_form);
    if (!absl::c_linear_search(bases, rule.legal_basis)) bases.push_back(rule.legal_basis);
  }
  if (forms.empty()) return std::nullopt;
  const std::string allowed = absl::StrJoin(forms, ", ");
  const std::string basis = absl::StrJoin(bases, "; ");
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "AWARD_FORM_OUTSIDE_AUTHORITY";
  refusal.vi = absl::StrCat(
      "Hình thức khen thưởng ", award_form,
      " không thuộc thẩm quyền của người đứng đầu đơn vị ban hành (được tặng: ", allowed, "; ",
      basis, "). Hãy đề nghị cấp trên khen thưởng.");
  refusal.en =
      absl::StrCat("The head of the issuing unit may not give ", award_form,
                   " (may give: ", allowed, "; ", basis, "). Propose it to the authority above.");
  refusal.metadata = {{"award_form", award_form},
                      {"unit_type", unit_type},
                      {"allowed", allowed},
                      {"legal_basis", basis}};
  return refusal;
}

}  // namespace thidua::awards::decisions
