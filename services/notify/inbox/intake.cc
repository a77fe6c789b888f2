#include "notify/inbox/intake.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "notify/inbox/notices.h"
#include "notify/inbox/store_contacts.h"
#include "notify/inbox/store_plans.h"
#include "notify/inbox/units.h"
#include "notify/origin.h"
#include "notify/store_locks.h"
#include "notify/wording.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::notify::inbox {
namespace {

constexpr char kNoDeadline[] = "chưa ấn định";

// What campaign told of the plan. Awards' feed can be ahead of campaign's: then the event waits.
absl::StatusOr<LaunchedPlan> PlanOf(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<LaunchedPlan> plan, FindPlan(session, id));
  if (!plan.has_value()) {
    return platform::FailedPrecondition("PLAN_NOT_READ",
                                        {"Chưa đọc được thông tin kế hoạch từ dịch vụ campaign.",
                                         "Campaign's feed has not told of this plan yet."},
                                        {{"plan", id}});
  }
  return *std::move(plan);
}

// "- Sơ kết: Quý IV/2023 (01/10/2023 – 31/12/2023)", one a line.
std::string MilestonesPhrase(const campaign::v1::PlanLaunched& plan) {
  std::string lines;
  for (const auto& milestone : plan.milestones()) {
    lines += (lines.empty() ? "- " : "\n- ") + milestone.title();
    if (!milestone.source_phrase().empty()) lines += ": " + milestone.source_phrase();
    if (milestone.end_date().empty()) continue;
    const std::string to = DatePhrase(milestone.end_date(), "");
    lines += milestone.start_date().empty() || milestone.start_date() == milestone.end_date()
                 ? " (" + to + ")"
                 : " (" + DatePhrase(milestone.start_date(), "") + " – " + to + ")";
  }
  return lines.empty() ? "- " + OrNotStated("") : lines;
}

absl::Status Make(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                  NoticeDraft draft) {
  ASSIGN_OR_RETURN(draft.date, DayOf(event));
  draft.source_event_id = event.id();
  ASSIGN_OR_RETURN(draft.values["unit_name"], UnitName(tx, draft.unit_id, draft.date));
  return MakeNotice(tx, origin, draft).status();
}

// A notice about a plan, with what all of them say of it.
NoticeDraft AboutPlan(const LaunchedPlan& plan, templates::Kind kind) {
  NoticeDraft draft;
  draft.kind = kind;
  draft.values = {{"plan_number", plan.number},
                  {"plan_title", plan.title},
                  {"plan_name", PlanName(plan.title, plan.number)}};
  return draft;
}

// A person by name. Awards' feed has ids only; one that campaign has not told of yet holds nothing
// up.
absl::StatusOr<std::string> PersonPhrase(db::Session& session, const std::string& person_id) {
  ASSIGN_OR_RETURN(const std::optional<std::string> name, FullNameOf(session, person_id));
  return name.value_or("một cá nhân của đơn vị");
}

// What follows the sentence on a revocation: the prize that is to be given back; "" for none.
std::string WithdrawnPrize(const awards::v1::CertificateRevoked& revoked) {
  if (!revoked.has_prize_withdrawn_vnd()) return "";
  return " Tiền thưởng kèm theo (" + DongPhrase(revoked.prize_withdrawn_vnd()) +
         ") cũng bị thu hồi.";
}

// Tells the coordinator what an invited unit answered. Each answer is an event of its own.
template <class Answer>
absl::Status TellAnswer(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                        const Answer& said, const std::string& answer, const std::string& reason) {
  if (event.id().empty()) return absl::OkStatus();  // a snapshot tells no acts
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, said.plan_id()));
  NoticeDraft draft = AboutPlan(plan, templates::Kind::kInvitationAnswered);
  draft.key = "invitation_answered:" + said.nomination_id() + ":" + event.id();
  draft.unit_id = said.coordinator_unit_id();
  draft.link = platform::NameOf("nominations", said.nomination_id());
  ASSIGN_OR_RETURN(draft.values["answering_unit"],
                   UnitName(tx, said.unit_id(), origin.business_today));
  draft.values["answer"] = answer;
  draft.values["answer_date"] = platform::FormatDateVi(origin.business_today);
  draft.values["reason"] = reason.empty() ? "không có" : reason;
  return Make(tx, origin, event, std::move(draft));
}

}  // namespace

absl::Status OnPersonChanged(db::Tx& tx, const feed::Origin& origin, const common::v1::Event&,
                             const campaign::v1::PersonChanged& person) {
  Contact contact;
  contact.person_id = person.person_id();
  contact.full_name = person.full_name();
  contact.position = person.position();
  contact.email = person.email();
  contact.phone = person.phone();
  contact.post.unit_id = person.unit_id();
  contact.post.valid_from = absl::CivilDay(1900, 1, 1);  // the post's first day is not known
  if (!person.valid_from().empty()) {
    ASSIGN_OR_RETURN(contact.post.valid_from,
                     platform::ParseDate(person.valid_from(), "valid_from"));
  }
  if (!person.valid_to().empty()) {
    ASSIGN_OR_RETURN(contact.post.valid_to, platform::ParseDate(person.valid_to(), "valid_to"));
  }
  // See MakeNotice and MakeNoticeToPeople: the person first, then the unit.
  RETURN_IF_ERROR(LockNames(tx, {PersonLock(contact.person_id)}));
  RETURN_IF_ERROR(units::Projection::Lock(tx, contact.post.unit_id).status());
  RETURN_IF_ERROR(PutContact(tx, contact));
  return Backfill(tx, origin, contact, origin.business_today);
}

absl::Status OnPlanLaunched(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                            const campaign::v1::PlanLaunched& plan) {
  LaunchedPlan kept;
  kept.id = plan.plan_id();
  kept.number = plan.number();
  kept.title = plan.title();
  kept.issuer_unit_id = plan.unit_id();
  kept.coordinator_unit_id = plan.coordinator_unit_id();
  kept.required_documents = {plan.required_documents().begin(), plan.required_documents().end()};
  kept.original_sets = plan.original_sets();
  RETURN_IF_ERROR(PutPlan(tx, kept));

  NoticeDraft draft;
  draft.kind = templates::Kind::kPlanLaunched;
  draft.link = platform::NameOf("plans", plan.plan_id());
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
  ASSIGN_OR_RETURN(const std::string issuer, UnitName(tx, plan.unit_id(), day));
  draft.values = {{"plan_number", plan.number()},
                  {"plan_title", plan.title()},
                  {"plan_name", PlanName(plan.title(), plan.number())},
                  {"issuer_name", issuer},
                  {"issue_date", DatePhrase(plan.issue_date(), OrNotStated(""))},
                  {"start_date", DatePhrase(plan.start_date(), OrNotStated(""))},
                  {"end_date", DatePhrase(plan.end_date(), "không nêu thời hạn kết thúc")},
                  {"period", TimePhrase(plan.start_date(), plan.end_date())},
                  {"theme", OrNotStated(plan.theme())},
                  {"milestones", MilestonesPhrase(plan)}};
  RETURN_IF_ERROR(
      LockUnits(tx, {plan.participant_unit_ids().begin(), plan.participant_unit_ids().end()})
          .status());
  for (const std::string& unit_id : plan.participant_unit_ids()) {
    draft.key = "plan_launched:" + plan.plan_id() + ":" + unit_id;
    draft.unit_id = unit_id;
    RETURN_IF_ERROR(Make(tx, origin, event, draft));
  }
  return absl::OkStatus();
}

absl::Status OnNominationInvited(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const awards::v1::NominationInvited& nomination) {
  // A snapshot tells it of dossiers that were filed long ago, too; that is no invitation any more.
  const std::string& state = nomination.state();
  if (!state.empty() && state != "INVITED" && state != "ACCEPTED") return absl::OkStatus();
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, nomination.plan_id()));
  const std::string& receiver =
      plan.coordinator_unit_id.empty() ? plan.issuer_unit_id : plan.coordinator_unit_id;
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
  ASSIGN_OR_RETURN(const std::string coordinator, UnitName(tx, receiver, day));
  NoticeDraft draft;
  draft.key = "nomination_invited:" + nomination.nomination_id();
  draft.kind = nomination.person_id().empty() ? templates::Kind::kNominationInvited
                                              : templates::Kind::kIndividualInvited;
  draft.unit_id = nomination.unit_id();
  draft.link = platform::NameOf("nominations", nomination.nomination_id());
  draft.values = {{"plan_number", plan.number},
                  {"plan_title", plan.title},
                  {"plan_name", PlanName(plan.title, plan.number)},
                  {"award_form", AwardFormName(nomination.award_form())},
                  {"documents", DocumentsPhrase(plan.required_documents, plan.original_sets)},
                  {"coordinator_name", coordinator},
                  {"filing_deadline", DatePhrase(nomination.filing_deadline(), kNoDeadline)}};
  if (!nomination.person_id().empty()) {
    ASSIGN_OR_RETURN(draft.values["person_name"], PersonPhrase(tx, nomination.person_id()));
  }
  return Make(tx, origin, event, std::move(draft));
}

absl::Status OnInvitationAccepted(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::InvitationAccepted& accepted) {
  return TellAnswer(tx, origin, event, accepted, "nhận lời, sẽ lập hồ sơ", "");
}

absl::Status OnInvitationDeclined(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::InvitationDeclined& declined) {
  return TellAnswer(tx, origin, event, declined, "từ chối, không lập hồ sơ", declined.reason());
}

absl::Status OnNominationReopened(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::NominationReopened& reopened) {
  if (event.id().empty()) return absl::OkStatus();  // a snapshot tells no acts
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, reopened.plan_id()));
  NoticeDraft draft = AboutPlan(plan, templates::Kind::kNominationReopened);
  draft.key = "nomination_reopened:" + reopened.nomination_id() + ":" + event.id();
  draft.unit_id = reopened.unit_id();
  draft.link = platform::NameOf("nominations", reopened.nomination_id());
  draft.values["award_form"] = AwardFormName(reopened.award_form());
  draft.values["reason"] = OrNotStated(reopened.reason());
  draft.values["reopen_date"] = platform::FormatDateVi(origin.business_today);
  draft.values["next_step"] =
      reopened.reopened_until().empty()
          ? "Hồ sơ được xem xét lại; đơn vị chưa phải làm gì."
          : "Hạn nộp hồ sơ mới: " + DatePhrase(reopened.reopened_until(), kNoDeadline) + ".";
  return Make(tx, origin, event, std::move(draft));
}

absl::Status OnAwardDossierRejected(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event& event,
                                    const awards::v1::AwardDossierRejected& rejected) {
  if (event.id().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, rejected.plan_id()));
  NoticeDraft draft = AboutPlan(plan, templates::Kind::kAwardDossierRejected);
  draft.key = "award_dossier_rejected:" + rejected.nomination_id() + ":" + event.id();
  draft.unit_id = rejected.unit_id();
  draft.link = platform::NameOf("nominations", rejected.nomination_id());
  std::string findings;
  for (const awards::v1::FailedStandard& failed : rejected.failed_standards()) {
    findings += (findings.empty() ? "- " : "\n- ") + failed.text() + ": " + failed.explanation();
  }
  draft.values["findings"] = findings.empty() ? "- " + OrNotStated("") : findings;
  draft.values["reason"] = OrNotStated(rejected.reason());
  draft.values["reject_date"] = platform::FormatDateVi(origin.business_today);
  return Make(tx, origin, event, std::move(draft));
}

absl::Status OnAwardDossierReturned(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event& event,
                                    const awards::v1::AwardDossierReturned& returned) {
  // A dossier may be returned several times; each return is an event of its own. An item of a
  // snapshot has no id and tells a state, not that something happened now.
  if (event.id().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, returned.plan_id()));
  NoticeDraft draft;
  draft.key = "award_dossier_returned:" + returned.nomination_id() + ":" + event.id();
  draft.kind = templates::Kind::kAwardDossierReturned;
  draft.unit_id = returned.unit_id();
  draft.link = platform::NameOf("nominations", returned.nomination_id());
  draft.values = {{"plan_number", plan.number},
                  {"plan_title", plan.title},
                  {"plan_name", PlanName(plan.title, plan.number)},
                  {"reason", OrNotStated(returned.reason())},
                  {"return_date", platform::FormatDateVi(origin.business_today)}};
  return Make(tx, origin, event, std::move(draft));
}

absl::Status OnDecisionIssued(db::Tx& tx, const feed::Origin& origin,
                              const common::v1::Event& event,
                              const awards::v1::DecisionIssued& decision) {
  ASSIGN_OR_RETURN(const LaunchedPlan plan, PlanOf(tx, decision.plan_id()));
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
  ASSIGN_OR_RETURN(const std::string issuer, UnitName(tx, decision.unit_id(), day));
  struct OfUnit {
    std::vector<std::string> forms;
    std::vector<std::string> codes;
    std::vector<std::string> certificates;  // "Giấy khen mã ABCD-…"
  };
  std::map<std::string, OfUnit> units;
  for (const auto& award : decision.awards()) {
    OfUnit& unit = units[award.unit_id()];
    std::string form = AwardFormName(award.award_form());
    if (!award.person_id().empty()) {
      ASSIGN_OR_RETURN(const std::string person, PersonPhrase(tx, award.person_id()));
      form += " cho " + person;
    }
    unit.forms.push_back(form);
    if (award.certificate_code().empty()) continue;
    unit.codes.push_back(award.certificate_code());
    unit.certificates.push_back(form + " mã " + award.certificate_code());
  }
  // A map's order is that of LockUnits, so its units are locked one by one.
  for (const auto& [unit_id, awarded] : units) {
    NoticeDraft draft;
    draft.key = "decision_issued:" + decision.decision_id() + ":" + unit_id;
    draft.kind = templates::Kind::kDecisionIssued;
    draft.unit_id = unit_id;
    draft.link = platform::NameOf("decisions", decision.decision_id());
    draft.values = {
        {"decision_number", decision.number()},
        {"issue_date", DatePhrase(decision.issue_date(), OrNotStated(""))},
        {"issuer_name", issuer},
        // A giấy khen is decided by the Chủ tịch, not by the Ủy ban that the unit is.
        {"awarding_authority",
         decision.awarding_authority().empty() ? issuer : decision.awarding_authority()},
        {"signer_name", OrNotStated(decision.signer_name())},
        {"signer_position", OrNotStated(decision.signer_position())},
        {"plan_title", plan.title},
        {"plan_name", PlanName(plan.title, plan.number)},
        {"award_forms", Joined(awarded.forms)},
        {"certificates", Joined(awarded.certificates)},
        {"certificate_codes", Joined(awarded.codes)}};
    RETURN_IF_ERROR(Make(tx, origin, event, std::move(draft)));
  }
  return absl::OkStatus();
}

absl::Status OnCertificateRevoked(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::CertificateRevoked& revoked) {
  NoticeDraft draft;
  draft.key = "certificate_revoked:" + revoked.certificate_code();
  draft.kind = templates::Kind::kCertificateRevoked;
  draft.unit_id = revoked.unit_id();
  // The payload has the public code only; the certificate's own id is the event's aggregate.
  if (event.aggregate_type() == "certificate") {
    draft.link = platform::NameOf("certificates", event.aggregate_id());
  }
  const std::string form =
      revoked.award_form().empty() ? "Chứng nhận khen thưởng" : AwardFormName(revoked.award_form());
  std::string of_person;
  if (!revoked.person_id().empty()) {
    ASSIGN_OR_RETURN(const std::string person, PersonPhrase(tx, revoked.person_id()));
    of_person = " của " + person;
  }
  draft.values = {{"certificate_code", revoked.certificate_code()},
                  {"award_form", form},
                  {"of_person", of_person},
                  {"withdrawn_prize", WithdrawnPrize(revoked)},
                  {"document_number", OrNotStated(revoked.document_number())},
                  {"document_date", DatePhrase(revoked.document_date(), OrNotStated(""))},
                  {"reason", OrNotStated(revoked.reason())},
                  {"revoke_date", DatePhrase(revoked.revoke_date(), OrNotStated(""))}};
  return Make(tx, origin, event, std::move(draft));
}

absl::Status OnRankingPublished(db::Tx& tx, const feed::Origin& origin,
                                const common::v1::Event& event,
                                const scoring::v1::RankingPublished& ranking) {
  const auto ranked = std::count_if(ranking.units().begin(), ranking.units().end(),
                                    [](const auto& unit) { return unit.rank() > 0; });
  std::set<std::string> addressed;
  for (const auto& unit : ranking.units()) {
    if (unit.rank() > 0) addressed.insert(unit.unit_id());
  }
  RETURN_IF_ERROR(LockUnits(tx, addressed).status());
  for (const auto& unit : ranking.units()) {
    if (unit.rank() <= 0) continue;
    NoticeDraft draft;
    draft.key = "ranking_published:" + ranking.publication_id() + ":" + unit.unit_id();
    draft.kind = templates::Kind::kRankingPublished;
    draft.unit_id = unit.unit_id();
    draft.link = platform::NameOf("publications", ranking.publication_id());
    draft.values = {{"year", std::to_string(ranking.year())},
                    {"publish_date", DatePhrase(ranking.publish_date(), OrNotStated(""))},
                    {"rank", std::to_string(unit.rank())},
                    {"ranked_count", std::to_string(ranked)},
                    {"rank_change", RankChange(unit.rank(), unit.previous_rank())},
                    {"band", OrNotStated(unit.band())},
                    {"index_percent", DecimalVi(unit.index_percent())},
                    {"points", DecimalVi(unit.points())},
                    {"max_points", DecimalVi(unit.max_points())}};
    RETURN_IF_ERROR(Make(tx, origin, event, std::move(draft)));
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify::inbox
