#include "awards/decisions/rules_prizes.h"

#include <array>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "awards/rules_wording.h"

namespace thidua::awards::decisions {
namespace {

constexpr std::array<std::string_view, 3> kSubjects = {"COLLECTIVE", "INDIVIDUAL", "HOUSEHOLD"};
constexpr std::array<std::string_view, 3> kSubjectTexts = {"tập thể", "cá nhân", "hộ gia đình"};

constexpr int64_t kStep = 10'000;  // VND

std::string DayText(absl::CivilDay day) {
  return absl::StrFormat("%02d/%02d/%d", day.day(), day.month(), static_cast<int>(day.year()));
}

Refusal Missing(const std::string& figure, const std::string& vi, const std::string& en) {
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "PRIZE_FIGURE_MISSING";
  refusal.vi =
      absl::StrCat("Chưa có ", vi,
                   "; hệ thống không tự đặt số liệu. Bổ sung số liệu có căn cứ, hoặc ban hành "
                   "quyết định không nêu nguồn kinh phí.");
  refusal.en = absl::StrCat("There is no ", en, "; figures are never made up.");
  refusal.metadata = {{"figure", figure}};
  return refusal;
}

Refusal Unverified(const std::set<std::string>& figures) {
  Refusal refusal;
  refusal.field = "unverified_prizes_reason";
  refusal.reason = "PRIZE_FIGURE_UNVERIFIED";
  const std::string list = absl::StrJoin(figures, "; ");
  refusal.vi = absl::StrCat("Số liệu chưa được đối chiếu với văn bản: ", list,
                            ". Người ban hành phải nêu lý do vẫn dùng.");
  refusal.en = absl::StrCat("Figures nobody has checked against the law: ", list,
                            "; give a reason to use them all the same.");
  refusal.metadata = {{"figures", list}};
  return refusal;
}

using Achievement = std::pair<std::string, int>;  // recipient and year

// R-AWD-58
void PayOnce(const std::vector<PrizeClaim>& claims, const std::vector<PaidBefore>& before,
             std::vector<Prize>& prizes) {
  std::map<Achievement, std::string> earlier;
  for (const PaidBefore& paid : before) {
    earlier.try_emplace({paid.recipient, paid.year}, paid.nomination_id);
  }
  std::map<Achievement, size_t> best;
  for (size_t i = 0; i < claims.size(); ++i) {
    const auto [it, first] = best.try_emplace({claims[i].recipient, claims[i].year}, i);
    if (!first && prizes[i].vnd > prizes[it->second].vnd) it->second = i;
  }
  for (size_t i = 0; i < claims.size(); ++i) {
    const Achievement achievement = {claims[i].recipient, claims[i].year};
    const auto paid_before = earlier.find(achievement);
    const size_t paid = best[achievement];
    if (paid_before == earlier.end() && paid == i) continue;
    prizes[i].vnd = 0;
    prizes[i].paid_with =
        paid_before == earlier.end() ? claims[paid].nomination_id : paid_before->second;
  }
}

}  // namespace

std::string_view NameOf(Subject subject) { return kSubjects[static_cast<size_t>(subject)]; }

std::optional<Subject> SubjectNamed(std::string_view name) {
  for (size_t i = 0; i < kSubjects.size(); ++i) {
    if (kSubjects[i] == name) return static_cast<Subject>(i);
  }
  return std::nullopt;
}

std::string_view TextOf(Subject subject) { return kSubjectTexts[static_cast<size_t>(subject)]; }

// R-AWD-55
int64_t PrizeVnd(int64_t thousandths, int64_t base_salary_vnd) {
  constexpr int64_t kWhole = 1000 * kStep;
  return (thousandths * base_salary_vnd + kWhole - 1) / kWhole * kStep;
}

// R-AWD-112
void Withdraw(Withdrawal withdrawal, Prize& prize) {
  if (prize.vnd > 0) prize.withdrawal = std::move(withdrawal);
}

std::string CoefficientText(int64_t thousandths) {
  if (thousandths % 1000 == 0) return absl::StrCat(thousandths / 1000);
  std::string text = absl::StrFormat("%d.%03d", thousandths / 1000, thousandths % 1000);
  while (text.back() == '0') text.pop_back();
  return text;
}

const BaseSalary* BaseSalaryOn(const std::vector<BaseSalary>& salaries, absl::CivilDay day) {
  const BaseSalary* found = nullptr;
  for (const BaseSalary& salary : salaries) {
    if (salary.from <= day && (found == nullptr || salary.from > found->from)) found = &salary;
  }
  return found;
}

// R-AWD-56
const Coefficient* CoefficientOn(const std::vector<Coefficient>& coefficients,
                                 const PrizeClaim& claim, std::string_view level,
                                 absl::CivilDay day) {
  const Coefficient* general = nullptr;
  for (const Coefficient& one : coefficients) {
    if (one.award_form != claim.award_form || one.subject != claim.subject) continue;
    if (day < one.from || (one.to && day > *one.to)) continue;
    if (one.level == level) return &one;
    if (one.level.empty()) general = &one;
  }
  return general;
}

PrizesResult ComputePrizes(const std::vector<PrizeClaim>& claims, std::string_view level,
                           absl::CivilDay day, const PrizeFigures& figures,
                           const std::string& unverified_reason,
                           const std::vector<PaidBefore>& before) {
  PrizesResult result;
  const BaseSalary* salary = BaseSalaryOn(figures.salaries, day);
  if (salary == nullptr) {
    result.refusal = Missing("base_salary", absl::StrCat("mức lương cơ sở của ngày ", DayText(day)),
                             absl::StrCat("base salary for ", DayText(day)));
    return result;
  }
  std::set<std::string> unverified;
  if (!salary->verified) {
    unverified.insert(absl::StrCat("lương cơ sở ", salary->vnd, " đồng (", salary->basis, ")"));
  }
  for (const PrizeClaim& claim : claims) {
    const Coefficient* coefficient = CoefficientOn(figures.coefficients, claim, level, day);
    const std::string what =
        absl::StrCat(FormText(claim.award_form), " đối với ", std::string(TextOf(claim.subject)));
    if (coefficient == nullptr) {
      result.refusal =
          Missing(absl::StrCat(claim.award_form, " ", std::string(NameOf(claim.subject))),
                  absl::StrCat("hệ số tiền thưởng ", what, " của ngày ", DayText(day)),
                  absl::StrCat("prize coefficient for ", claim.award_form, " ",
                               std::string(NameOf(claim.subject)), " on ", DayText(day)));
      return result;
    }
    if (!coefficient->verified) {
      unverified.insert(absl::StrCat("hệ số ", CoefficientText(coefficient->thousandths), " cho ",
                                     what, " (", coefficient->basis, ")"));
    }
    result.prizes.push_back({PrizeVnd(coefficient->thousandths, salary->vnd),
                             coefficient->thousandths, coefficient->basis, salary->vnd,
                             salary->basis, salary->verified && coefficient->verified, ""});
  }
  if (!unverified.empty() && unverified_reason.empty()) {  // R-AWD-57
    result.refusal = Unverified(unverified);
    return result;
  }
  PayOnce(claims, before, result.prizes);
  for (const Prize& prize : result.prizes) result.total_vnd += prize.vnd;
  return result;
}

}  // namespace thidua::awards::decisions
