#include "notify/feeds.h"

#include <functional>
#include <string>
#include <utility>

#include "notify/deadlines/intake.h"
#include "notify/inbox/intake.h"
#include "notify/inbox/store_contacts.h"
#include "notify/inbox/store_plans.h"
#include "notify/meetings/intake.h"
#include "notify/origin.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::notify {
namespace {

template <class Payload>
using Intake = std::function<absl::Status(db::Tx&, const feed::Origin&, const common::v1::Event&,
                                          const Payload&)>;

// The business date of what happened. An item of a snapshot may have none; then the day on which it
// was stored.
absl::StatusOr<absl::CivilDay> DayOf(const common::v1::Event& event) {
  if (!event.business_date().empty()) {
    return platform::ParseDate(event.business_date(), "business_date");
  }
  return absl::ToCivilDay(absl::FromUnixSeconds(event.occur_time().seconds()),
                          platform::VietnamTime());
}

// Puts the intakes of one kind of event, in order, into the table of handlers.
template <class Payload, class... Intakes>
void On(std::map<std::string, feed::Handler>* handlers, const platform::Clock& clock,
        Intakes... intakes) {
  (*handlers)[Payload::descriptor()->full_name()] =
      [&clock, intakes...](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const Payload payload, feed::PayloadOf<Payload>(event));
    ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
    const feed::Origin origin = OriginAt(clock.Now(), day);
    absl::Status status;
    for (const Intake<Payload>& intake : {Intake<Payload>(intakes)...}) {
      status = intake(tx, origin, event, payload);
      if (!status.ok()) return status;
    }
    return status;
  };
}

// An intake of the whole meeting that an event carries.
template <class Payload>
Intake<Payload> TakingMeeting(const meetings::Plan& plan) {
  return [plan](db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                const Payload& payload) {
    return meetings::OnMeetingSet(tx, origin, event, payload.meeting(), plan);
  };
}

// Notices and deadlines are ours and stay; there is no projection of this producer to empty.
absl::Status NothingToReset(db::Tx&) { return absl::OkStatus(); }

}  // namespace

feed::ConsumerOptions CampaignFeed(const platform::Clock& clock,
                                   platform::BusinessClock* business) {
  feed::ConsumerOptions options;
  options.producer = "campaign";
  units::AddProjection(options, business);
  On<campaign::v1::PersonChanged>(&options.handlers, clock, inbox::OnPersonChanged);
  On<campaign::v1::PlanLaunched>(&options.handlers, clock, deadlines::OnPlanLaunched,
                                 inbox::OnPlanLaunched);
  On<campaign::v1::PeriodicReportRecorded>(&options.handlers, clock,
                                           deadlines::OnPeriodicReportRecorded);
  options.reset = [](db::Tx& tx) -> absl::Status {
    RETURN_IF_ERROR(units::ResetProjection(tx));
    RETURN_IF_ERROR(inbox::ClearContacts(tx));
    return inbox::ClearPlans(tx);
  };
  return options;
}

feed::ConsumerOptions AwardsFeed(const platform::Clock& clock, const meetings::Plan& plan) {
  feed::ConsumerOptions options;
  options.producer = "awards";
  On<awards::v1::NominationInvited>(&options.handlers, clock, deadlines::OnNominationInvited,
                                    inbox::OnNominationInvited);
  On<awards::v1::InvitationAccepted>(&options.handlers, clock, inbox::OnInvitationAccepted);
  On<awards::v1::InvitationDeclined>(&options.handlers, clock, deadlines::OnInvitationDeclined,
                                     inbox::OnInvitationDeclined);
  On<awards::v1::NominationReopened>(&options.handlers, clock, deadlines::OnNominationReopened,
                                     inbox::OnNominationReopened);
  On<awards::v1::AwardDossierRejected>(&options.handlers, clock, inbox::OnAwardDossierRejected);
  On<awards::v1::AwardDossierFiled>(&options.handlers, clock, deadlines::OnAwardDossierFiled);
  On<awards::v1::AwardDossierReturned>(&options.handlers, clock, deadlines::OnAwardDossierReturned,
                                       inbox::OnAwardDossierReturned);
  On<awards::v1::DecisionIssued>(&options.handlers, clock, inbox::OnDecisionIssued);
  On<awards::v1::CertificateRevoked>(&options.handlers, clock, inbox::OnCertificateRevoked);
  On<awards::v1::CouncilMeetingScheduled>(&options.handlers, clock,
                                          TakingMeeting<awards::v1::CouncilMeetingScheduled>(plan));
  On<awards::v1::CouncilMeetingChanged>(&options.handlers, clock,
                                        TakingMeeting<awards::v1::CouncilMeetingChanged>(plan));
  On<awards::v1::CouncilMeetingCancelled>(&options.handlers, clock, meetings::OnMeetingCancelled);
  options.reset = NothingToReset;
  return options;
}

feed::ConsumerOptions ScoringFeed(const platform::Clock& clock) {
  feed::ConsumerOptions options;
  options.producer = "scoring";
  On<scoring::v1::AssessmentRoundCreated>(&options.handlers, clock,
                                          deadlines::OnAssessmentRoundCreated);
  On<scoring::v1::AssessmentChanged>(&options.handlers, clock, deadlines::OnAssessmentChanged);
  On<scoring::v1::RankingPublished>(&options.handlers, clock, inbox::OnRankingPublished);
  options.reset = NothingToReset;
  return options;
}

}  // namespace thidua::notify
