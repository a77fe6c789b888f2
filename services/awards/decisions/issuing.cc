#include "awards/decisions/issuing.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/councils/store_ballots.h"
#include "awards/decisions/document.h"
#include "awards/decisions/store_authority.h"
#include "awards/errors.h"
#include "awards/nominations/check.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_quota.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::awards::decisions {
namespace {

using nominations::NominationRow;

// All that must be true of one nomination on the day of the decision.
absl::Status CheckNomination(db::Tx& tx, const platform::Call& call, const IssueOrder& order,
                             const nominations::Plan& plan, const NominationRow& nomination) {
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> carried,
                   councils::CarriedOn(tx, nomination.id));
  if (!carried) return platform::Internal("a carried nomination has no closed ballot");
  RETURN_IF_ERROR(ErrorOf(CheckIssueDate(order.issue_date, call.business_today(), {*carried})));
  RETURN_IF_ERROR(
      ErrorOf(nominations::CheckNotOwnPerson(nomination.person_id, call.principal().person_id)));
  if (!nomination.individual()) {
    ASSIGN_OR_RETURN(const nominations::PublishedRanking newest,
                     nominations::NewestRankingOf(tx, nomination));
    RETURN_IF_ERROR(ErrorOf(nominations::CheckStillInBand(plan.terms, newest, nomination.unit_id)));
  }
  // All that is known today counts, also what became known after the day the decision bears.
  ASSIGN_OR_RETURN(const nominations::CheckRow check,
                   nominations::RunCheck(tx, nomination, plan, nominations::Stage::kDecision,
                                         call.business_today()));
  return ErrorOf(nominations::CheckPassing(check.findings, order.unknown_standards_reason,
                                           platform::NameOf("nominations", nomination.id)));
}

// R-AWD-48: what was decided before, together with this list, by year. The caller holds the plan's
// lock, so no other decision of the plan is issued meanwhile.
absl::Status CheckPlaces(db::Tx& tx, const nominations::PlanTerms& terms,
                         const std::map<std::string, NominationRow>& list,
                         const std::string& reason, DecisionRow& decision) {
  std::map<int, std::vector<nominations::CountedAward>> by_year;
  for (const auto& [id, nomination] : list) {
    by_year[nomination.year].push_back(
        {nomination.unit_id, nomination.individual(), nomination.award_form});
  }
  for (auto& [year, awards] : by_year) {
    ASSIGN_OR_RETURN(const std::vector<nominations::CountedAward> before,
                     nominations::ReadDecided(tx, terms.plan_id, year));
    awards.insert(awards.end(), before.begin(), before.end());
    const nominations::QuotaVerdict verdict =
        nominations::CheckQuotas(terms.quotas, terms.launched_with, awards, reason);
    RETURN_IF_ERROR(ErrorOf(verdict.refusal));
    if (verdict.override_used) decision.quota_override_reason = reason;
  }
  return absl::OkStatus();
}

absl::Status MakeCertificate(db::Tx& tx, const platform::Call& call,
                             const certificates::Issuer& issuer,
                             std::map<std::string, std::string>& codes, const DecisionRow& decision,
                             AwardRow& award) {
  std::string& code = codes[award.nomination_id];
  if (code.empty()) {
    ASSIGN_OR_RETURN(code, certificates::NewCode());
  }
  certificates::Content content;
  content.award_form = award.award_form;
  content.awarding_authority = decision.awarding_authority;
  content.unit_name = award.unit_name;
  content.person_name = award.person_name;
  content.person_position = award.person_position;
  content.citation = decision.citation;
  content.place = decision.place;
  content.decision_number = decision.number;
  content.decision_date = *decision.issue_date;
  content.signature = *decision.signature;
  certificates::CertificateRow row;
  row.code = code;
  row.decision_id = decision.id;
  row.nomination_id = award.nomination_id;
  row.unit_id = award.unit_id;
  row.person_id = award.person_id;
  row.issuing_unit_id = decision.unit_id;
  RETURN_IF_ERROR(issuer.Issue(tx, call, std::move(content), row));
  award.certificate_id = row.id;
  award.certificate_code = row.code;
  return absl::OkStatus();
}

absl::Status SetNumber(db::Tx& tx, const DecisionRow& decision) {
  absl::Status status = SetIssued(tx, decision);
  if (platform::ReasonOf(status) != "DUPLICATE_KEY") return status;
  return platform::AlreadyExists(
      "DECISION_NUMBER_TAKEN",
      {absl::StrCat("Số quyết định ", decision.number, " đã được dùng trong năm ",
                    decision.issue_date->year(), "."),
       absl::StrCat("The number ", decision.number, " was used before in ",
                    decision.issue_date->year(), ".")},
      {{"number", decision.number}, {"year", absl::StrCat(decision.issue_date->year())}});
}

}  // namespace

absl::Status IssueDraft(db::Tx& tx, const platform::Call& call, const IssueOrder& order,
                        const certificates::Issuer& issuer, files::BlobStore& blobs,
                        std::map<std::string, std::string>& codes, DecisionRow& decision) {
  decision.state = State::kIssued;
  decision.number = order.number;
  decision.number_key = order.number_key;
  decision.issue_date = order.issue_date;
  decision.signature = order.signature;
  decision.unknown_standards_reason = order.unknown_standards_reason;
  ++decision.row_version;
  ASSIGN_OR_RETURN(const units::Unit issuer_unit,
                   units::Projection::Get(tx, decision.unit_id, order.issue_date));
  ASSIGN_OR_RETURN(const std::vector<Authority> authorities, ReadAuthorities(tx));
  for (const AwardRow& award : decision.awards) {
    RETURN_IF_ERROR(
        ErrorOf(CheckAuthority(authorities, issuer_unit.type, award.award_form, order.issue_date)));
  }

  // Locks in one order for all: the plan first, then its nominations.
  ASSIGN_OR_RETURN(const std::optional<nominations::Plan> plan,
                   nominations::LockPlan(tx, decision.plan_id));
  if (!plan) return platform::Internal("a decision's plan is not there");
  std::vector<AwardRow*> by_id;
  for (AwardRow& award : decision.awards) by_id.push_back(&award);
  std::sort(by_id.begin(), by_id.end(), [](const AwardRow* a, const AwardRow* b) {
    return a->nomination_id < b->nomination_id;
  });
  std::map<std::string, NominationRow> locked;
  for (AwardRow* award : by_id) {
    ASSIGN_OR_RETURN(NominationRow nomination, nominations::Lock(tx, award->nomination_id));
    RETURN_IF_ERROR(
        nominations::Make(nominations::Move::kIssueDecision, call.business_today(), nomination));
    RETURN_IF_ERROR(CheckNomination(tx, call, order, *plan, nomination));
    ASSIGN_OR_RETURN(const units::Unit unit,
                     units::Projection::Get(tx, award->unit_id, order.issue_date));
    award->unit_name = unit.name;
    locked[nomination.id] = std::move(nomination);
  }
  RETURN_IF_ERROR(CheckPlaces(tx, plan->terms, locked, order.quota_override_reason, decision));
  RETURN_IF_ERROR(SetPrizes(tx, order.issue_date, order.unverified_prizes_reason, decision));
  RETURN_IF_ERROR(CompleteText(tx, order.issue_date, decision));
  RETURN_IF_ERROR(SetNumber(tx, decision));
  for (AwardRow& award : decision.awards) {
    if (!order.rehearsal) {
      RETURN_IF_ERROR(MakeCertificate(tx, call, issuer, codes, decision, award));
    }
    NominationRow& nomination = locked[award.nomination_id];
    nomination.decision_id = decision.id;
    nomination.certificate_id = award.certificate_id;
    RETURN_IF_ERROR(nominations::UpdateNomination(tx, nomination));
  }
  return order.rehearsal ? absl::OkStatus() : KeepDocument(tx, call, blobs, decision);
}

}  // namespace thidua::awards::decisions
