// What money goes with an award. Coefficients and base salaries are dated data with their source.
//
// R-AWD-55  A prize is coefficient × base salary on the decision's date, in whole VND, rounded up
//           to 10,000 VND.
// R-AWD-56  The coefficient is the one of the award form, of who is awarded and of the level of who
//           awards, in force on the day; a row for the level goes before a row for every level.
//           What no row says is not made up: the decision is refused.
// R-AWD-57  A figure that nobody has checked against the law is used only with a reason.
// R-AWD-58  One achievement is paid once: of several awards to one recipient for one year of a plan
//           in a decision the highest prize, and of equal ones the first; none of them when an
//           earlier decision paid.
// R-AWD-112 The prize of a certificate that was revoked is withdrawn: it is to be given back. It
//           keeps its amount and counts in no quota and in no total that is read of the decision;
//           the total as issued, of the document and of DecisionIssued, still has it. A later
//           decision of the plan may pay the recipient for that year. An award that was paid with
//           it goes on naming it and stays unpaid: to pay that one is not built (README).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::decisions {

enum class Subject { kCollective, kIndividual, kHousehold };
std::string_view NameOf(Subject subject);
std::optional<Subject> SubjectNamed(std::string_view name);
// "tập thể".
std::string_view TextOf(Subject subject);

struct BaseSalary {
  absl::CivilDay from;  // in force until the next one
  int64_t vnd = 0;
  std::string basis;
  bool verified = false;
};

struct Coefficient {
  std::string award_form;
  Subject subject = Subject::kCollective;
  std::string level;  // type of the unit that awards; "" for every level without a row of its own
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;
  int64_t thousandths = 0;
  std::string basis;
  bool verified = false;
};

// The figures the rules on prizes set, of all times.
struct PrizeFigures {
  std::vector<BaseSalary> salaries;
  std::vector<Coefficient> coefficients;
};

// An award as far as its prize depends on it.
struct PrizeClaim {
  std::string nomination_id;
  std::string recipient;  // whoever is awarded, as a key
  int year = 0;           // of the achievement
  std::string award_form;
  Subject subject = Subject::kCollective;
};

// By what a prize was withdrawn: its certificate's revocation.
struct Withdrawal {
  absl::CivilDay day;
  std::string reason;
  std::string document_number;  // "" when it was not asked for then
  std::optional<absl::CivilDay> document_date;
};

struct Prize {
  int64_t vnd = 0;  // what is paid
  int64_t thousandths = 0;
  std::string coefficient_basis;
  int64_t base_salary_vnd = 0;
  std::string base_salary_basis;
  bool verified = false;
  // Nomination whose prize was paid instead, also when it was withdrawn since; "" when this one is
  // paid.
  std::string paid_with;
  std::optional<Withdrawal> withdrawal = {};
};

// What an earlier decision of the plan paid and was not withdrawn since.
struct PaidBefore {
  std::string nomination_id;
  std::string recipient;
  int year = 0;
};

struct PrizesResult {
  std::vector<Prize> prizes;  // one a claim, in their order
  int64_t total_vnd = 0;
  MaybeRefusal refusal;
};

// R-AWD-55. Exact for coefficients up to 1,000 and salaries up to 10^12 VND.
int64_t PrizeVnd(int64_t thousandths, int64_t base_salary_vnd);
// R-AWD-112. Of an award whose certificate was revoked; a prize of 0 was not paid and stays as it
// is.
void Withdraw(Withdrawal withdrawal, Prize& prize);
// "0.6", "3", "0.45".
std::string CoefficientText(int64_t thousandths);

const BaseSalary* BaseSalaryOn(const std::vector<BaseSalary>& salaries, absl::CivilDay day);
const Coefficient* CoefficientOn(const std::vector<Coefficient>& coefficients,
                                 const PrizeClaim& claim, std::string_view level,
                                 absl::CivilDay day);

// Prizes of one decision issued by a unit of type `level` on `day`. `unverified_reason` is what the
// person who issues says about figures nobody has checked; `before` is what the plan has paid.
PrizesResult ComputePrizes(const std::vector<PrizeClaim>& claims, std::string_view level,
                           absl::CivilDay day, const PrizeFigures& figures,
                           const std::string& unverified_reason,
                           const std::vector<PaidBefore>& before = {});

}  // namespace thidua::awards::decisions
