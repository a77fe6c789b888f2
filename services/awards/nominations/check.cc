#include "awards/nominations/check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/classifications/store.h"
#include "awards/initiatives/store.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

// What the registers say of a unit (R-AWD-110: only of the unit).
absl::Status AskForUnit(db::Tx& tx, const NominationRow& nomination, Facts& facts) {
  ASSIGN_OR_RETURN(facts.ranking, NewestRankingOf(tx, nomination));
  ASSIGN_OR_RETURN(facts.reports, ReadReports(tx, nomination.plan_id, nomination.unit_id));
  ASSIGN_OR_RETURN(facts.tasks, ReadTasks(tx, nomination.plan_id, nomination.unit_id));
  return absl::OkStatus();
}

// The yearly classification of a person by a document of the day or before.
absl::Status AskForPerson(db::Tx& tx, const NominationRow& nomination, Facts& facts) {
  ASSIGN_OR_RETURN(const std::optional<classifications::ClassificationRow> row,
                   classifications::ReadClassification(tx, nomination.person_id, nomination.year));
  if (!row || row->said.document_date > facts.as_of) return absl::OkStatus();
  facts.classification = {row->id, row->said.level, row->said.document_number};
  return absl::OkStatus();
}

absl::StatusOr<Facts> FactsOf(db::Tx& tx, const NominationRow& nomination, const Plan& plan,
                              absl::CivilDay as_of) {
  Facts facts;
  facts.as_of = as_of;
  facts.year = nomination.year;
  facts.plan_end = plan.terms.end;
  facts.unit_id = nomination.unit_id;
  facts.individual = nomination.individual();
  RETURN_IF_ERROR(facts.individual ? AskForPerson(tx, nomination, facts)
                                   : AskForUnit(tx, nomination, facts));
  ASSIGN_OR_RETURN(const std::vector<initiatives::InitiativeRow> registered,
                   facts.individual
                       ? initiatives::InitiativesBy(tx, nomination.person_id, nomination.year)
                       : initiatives::InitiativesOf(tx, nomination.unit_id, nomination.year));
  for (const initiatives::InitiativeRow& row : registered) {
    Initiative initiative{row.id, row.year, std::nullopt, ""};
    if (row.recognition) {
      initiative.recognised = row.recognition->date;
      initiative.authority = row.recognition->authority;
    }
    facts.initiatives.push_back(std::move(initiative));
  }
  ASSIGN_OR_RETURN(std::vector<ConfirmationRow> confirmations,
                   ReadConfirmations(tx, nomination.id));
  for (ConfirmationRow& row : confirmations) facts.confirmations.push_back(std::move(row.said));
  return facts;
}

}  // namespace

absl::StatusOr<Plan> PlanOf(db::Session& session, const NominationRow& nomination) {
  ASSIGN_OR_RETURN(std::optional<Plan> plan, ReadPlan(session, nomination.plan_id));
  if (!plan) {
    return platform::Internal(absl::StrCat("nomination ", nomination.id, " has no plan"));
  }
  return *std::move(plan);
}

absl::StatusOr<PublishedRanking> NewestRankingOf(db::Session& session,
                                                 const NominationRow& nomination) {
  ASSIGN_OR_RETURN(std::optional<PublishedRanking> ranking,
                   ReadNewestPublication(session, nomination.publication_id));
  if (!ranking) {
    return platform::Internal(absl::StrCat("nomination ", nomination.id, " has no publication"));
  }
  return *std::move(ranking);
}

absl::StatusOr<CheckRow> RunCheck(db::Tx& tx, const NominationRow& nomination, const Plan& plan,
                                  Stage stage, absl::CivilDay as_of) {
  ASSIGN_OR_RETURN(const Facts facts, FactsOf(tx, nomination, plan, as_of));
  CheckRow check;
  check.stage = stage;
  check.as_of = as_of;
  check.findings = nominations::CheckStandards(plan.standards, facts);
  RETURN_IF_ERROR(InsertCheck(tx, nomination.id, check));
  return check;
}

}  // namespace thidua::awards::nominations
