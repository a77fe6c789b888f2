#include "awards/decisions/document.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/decisions/render.h"
#include "awards/decisions/store_document.h"
#include "awards/errors.h"
#include "awards/print/keep.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::awards::decisions {
namespace {

// A unit's name on the day; "" for no unit and for one that does not exist then.
absl::StatusOr<std::string> NameOn(db::Session& session, const std::string& unit_id,
                                   absl::CivilDay day) {
  if (unit_id.empty()) return std::string();
  const absl::StatusOr<units::Unit> unit = units::Projection::Get(session, unit_id, day);
  if (unit.ok()) return unit->name;
  const std::string reason = platform::ReasonOf(unit.status());
  if (reason == "UNKNOWN_UNIT" || reason == "UNIT_NOT_VALID") return std::string();
  return unit.status();
}

DecisionWords WordsOf(const DecisionRow& decision) {
  return {decision.awarding_authority, decision.citation, decision.fund_source};
}

// A person as the list names one: name, position and unit.
std::string NameInList(const AwardRow& award) {
  if (award.person_id.empty()) return award.unit_name;
  const std::string position =
      award.person_position.empty() ? "" : absl::StrCat(", ", award.person_position);
  return absl::StrCat(award.person_name, position, ", ", award.unit_name);
}

std::vector<Awardee> AwardeesOf(const DecisionRow& decision) {
  std::vector<Awardee> awardees;
  for (const AwardRow& award : decision.awards) {
    awardees.push_back(
        {NameInList(award), award.award_form, award.subject, award.prize, award.nomination_id});
  }
  return awardees;
}

Document DocumentOf(const DecisionRow& decision) {
  Document document = Compose(decision.text, WordsOf(decision), AwardeesOf(decision));
  document.number = decision.number;
  document.place = decision.place;
  document.day = decision.issue_date;
  document.signature = decision.signature;
  document.annex_note = AnnexNote(document);
  return document;
}

}  // namespace

absl::Status SetPrizes(db::Session& session, absl::CivilDay day,
                       const std::string& unverified_reason, DecisionRow& decision) {
  if (decision.fund_source.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const units::Unit issuer,
                   units::Projection::Get(session, decision.unit_id, day));
  ASSIGN_OR_RETURN(const PrizeFigures figures, ReadFigures(session));
  std::vector<PrizeClaim> claims;
  for (const AwardRow& award : decision.awards) {
    const std::string& who = award.person_id.empty() ? award.unit_id : award.person_id;
    claims.push_back({award.nomination_id, who, award.year, award.award_form, award.subject});
  }
  ASSIGN_OR_RETURN(const std::vector<PaidBefore> before, PaidByPlan(session, decision.plan_id));
  PrizesResult result = ComputePrizes(claims, issuer.type, day, figures, unverified_reason, before);
  RETURN_IF_ERROR(ErrorOf(result.refusal));
  bool verified = true;
  for (size_t i = 0; i < decision.awards.size(); ++i) {
    verified = verified && result.prizes[i].verified;
    decision.awards[i].prize = std::move(result.prizes[i]);
  }
  decision.prize_total_vnd = result.total_vnd;
  decision.unverified_prizes_reason = verified ? "" : unverified_reason;
  return absl::OkStatus();
}

absl::Status CompleteText(db::Session& session, absl::CivilDay day, DecisionRow& decision) {
  DocumentFacts facts;
  ASSIGN_OR_RETURN(const units::Unit issuer,
                   units::Projection::Get(session, decision.unit_id, day));
  facts.issuer_name = issuer.name;
  facts.issuer_type = issuer.type;
  ASSIGN_OR_RETURN(facts.parent_name, NameOn(session, issuer.parent_id, day));
  ASSIGN_OR_RETURN(facts.laws, LawsOn(session, day));
  ASSIGN_OR_RETURN(const PlanWords plan, PlanWordsOf(session, decision.plan_id));
  facts.plan_number = plan.number;
  facts.plan_title = plan.title;
  facts.plan_day = plan.day;
  ASSIGN_OR_RETURN(facts.plan_issuer_name, NameOn(session, plan.unit_id, plan.day.value_or(day)));
  if (plan.coordinator_unit_id != decision.unit_id) {
    ASSIGN_OR_RETURN(facts.coordinator_name, NameOn(session, plan.coordinator_unit_id, day));
  }
  ASSIGN_OR_RETURN(facts.meetings, MeetingsOf(session, decision.id));
  decision.text = Complete(decision.text, facts, WordsOf(decision), AwardeesOf(decision));
  return absl::OkStatus();
}

absl::Status KeepDocument(db::Tx& tx, const platform::Call& call, files::BlobStore& blobs,
                          DecisionRow& decision) {
  ASSIGN_OR_RETURN(const std::string pdf,
                   RenderDecision(DocumentOf(decision), *decision.issue_date));
  ASSIGN_OR_RETURN(const print::Kept kept,
                   print::Keep(tx, call, blobs, decision.unit_id,
                               absl::StrCat("quyet-dinh-", decision.id, ".pdf"), pdf));
  decision.pdf_file_id = kept.file_id;
  decision.pdf_size_bytes = kept.size;
  decision.pdf_sha256 = kept.sha256;
  return SetDocument(tx, decision);
}

absl::StatusOr<std::string> Preview(db::Session& session, absl::CivilDay today,
                                    DecisionRow decision) {
  // Figures that are missing or unchecked stop the issue, not a look at the draft.
  const absl::Status priced = SetPrizes(session, today, "xem trước", decision);
  if (!priced.ok() && platform::ReasonOf(priced) != "PRIZE_FIGURE_MISSING") return priced;
  RETURN_IF_ERROR(CompleteText(session, today, decision));
  Document document = DocumentOf(decision);
  document.draft = true;
  return RenderDecision(document, today);
}

}  // namespace thidua::awards::decisions
