#include "awards/nominations/rules_individuals.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace thidua::awards::nominations {
namespace {

Refusal Invalid(std::string field, std::string reason, std::string vi, std::string en) {
  Refusal refusal;
  refusal.field = std::move(field);
  refusal.reason = std::move(reason);
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

bool OutsidePlan(const PlanTerms& plan, int year) {
  return (plan.start && year < plan.start->year()) || (plan.end && year > plan.end->year()) ||
         year < 2000 || year > 9999;
}

}  // namespace

MaybeRefusal CheckPutUp(const PlanTerms& plan, const std::vector<Standard>& standards,
                        const std::string& unit_id, int year, const std::vector<PutUp>& people,
                        std::string* award_form) {
  if (MaybeRefusal refusal = CheckForm(plan, award_form)) return refusal;
  if (!absl::c_any_of(standards, [](const Standard& one) { return one.subject == "INDIVIDUAL"; })) {
    return Invalid("plan", "PLAN_WITHOUT_INDIVIDUALS",
                   "Kế hoạch không nêu tiêu chuẩn khen thưởng đối với cá nhân.",
                   "The plan has no standards for individuals.");
  }
  if (!absl::c_linear_search(plan.participants, unit_id)) {
    return Invalid("unit", "UNIT_NOT_PARTICIPANT", "Đơn vị không tham gia phong trào thi đua này.",
                   "The unit does not take part in this plan.");
  }
  if (OutsidePlan(plan, year)) {
    return Invalid("year", "YEAR_OUTSIDE_PLAN", "Năm xét khen thưởng nằm ngoài thời gian thi đua.",
                   "The year is outside the plan's period.");
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < people.size(); ++i) {
    const std::string at = absl::StrCat("individuals[", i, "]");
    if (!seen.insert(people[i].person_id).second) {
      return Invalid(at + ".person", "NAMED_TWICE", "Mục này được nêu hai lần.",
                     "This is named twice.");
    }
    if (!people[i].of_unit) {
      return Invalid(at + ".person", "PERSON_NOT_OF_UNIT",
                     "Không có người này ở đơn vị hoặc ở đơn vị trực thuộc.",
                     "There is no such person at the unit or below it.");
    }
    if (people[i].other_name) {
      return Invalid(at + ".full_name", "NAME_DIFFERS_FROM_DIRECTORY",
                     "Họ tên khác với danh bạ; hãy sửa lại, hoặc sửa danh bạ nếu danh bạ sai.",
                     "The name is not the directory's; correct it, or the directory if that is "
                     "wrong.");
    }
  }
  return std::nullopt;
}

}  // namespace thidua::awards::nominations
