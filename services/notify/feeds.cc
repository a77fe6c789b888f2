#include "notify/feeds.h"

#include <functional>
#include <string>
#include <utility>

#include "notify/deadlines/changes.h"
#include "notify/deadlines/intake.h"
#include "notify/inbox/intake.h"
#include "notify/inbox/store_contacts.h"
#include "notify/inbox/store_plans.h"
#include "notify/meetings/intake.h"
#include "notify/meetings/store.h"
#include "notify/origin.h"
#include "platform/db/business_time.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::notify {
namespace {

template <class Payload>
using Intake = std::function<absl::Status(db::Tx&, const feed::Origin&, const common::v1::Event&,
                                          const Payload&)>;

absl::StatusOr<absl::Time> BusinessNow(const Clocks& clocks, db::Tx& tx) {
  absl::Duration offset;
  if (clocks.movable) {
    ASSIGN_OR_RETURN(offset, db::ReadBusinessOffset(tx));
  }
  return clocks.machine.Now() + offset;
}

// The day on which what an event tells is taken in. An event is taken in on its own day, however
// late it is read: what is made of it does not depend on when. An item of a snapshot tells how
// things stand today.
absl::StatusOr<absl::CivilDay> TakenInOn(const Clocks& clocks, db::Tx& tx,
                                         const common::v1::Event& event) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayOf(event));
  if (!IsSnapshotItem(event)) return day;
  ASSIGN_OR_RETURN(const absl::Time now, BusinessNow(clocks, tx));
  return absl::ToCivilDay(now, platform::VietnamTime());
}

// Puts the intakes of one kind of event, in order, into the table of handlers.
template <class Payload, class... Intakes>
void On(std::map<std::string, feed::Handler>* handlers, const Clocks& clocks, Intakes... intakes) {
  (*handlers)[Payload::descriptor()->full_name()] =
      [clocks, intakes...](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
    ASSIGN_OR_RETURN(const Payload payload, feed::PayloadOf<Payload>(event));
    ASSIGN_OR_RETURN(const absl::CivilDay today, TakenInOn(clocks, tx, event));
    const feed::Origin origin = OriginAt(clocks.machine.Now(), today);
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
Intake<Payload> TakingMeeting(const Clocks& clocks, const meetings::Plan& plan) {
  return [clocks, plan](db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                        const Payload& payload) -> absl::Status {
    ASSIGN_OR_RETURN(const absl::Time now, BusinessNow(clocks, tx));
    return meetings::OnMeetingSet(tx, origin, event, payload.meeting(), plan, now);
  };
}

}  // namespace

feed::ConsumerOptions CampaignFeed(const Clocks& clocks) {
  feed::ConsumerOptions options;
  options.producer = "campaign";
  options.handlers = units::ProjectionHandlers(clocks.movable);
  On<campaign::v1::PersonChanged>(&options.handlers, clocks, inbox::OnPersonChanged);
  On<campaign::v1::PlanLaunched>(&options.handlers, clocks, deadlines::OnPlanLaunched,
                                 inbox::OnPlanLaunched);
  On<campaign::v1::PeriodicReportRecorded>(&options.handlers, clocks,
                                           deadlines::OnPeriodicReportRecorded);
  options.reset = [](db::Tx& tx) -> absl::Status {
    RETURN_IF_ERROR(units::ResetProjection(tx));
    RETURN_IF_ERROR(inbox::ClearContacts(tx));
    RETURN_IF_ERROR(deadlines::Reset(tx, "campaign"));
    return inbox::ClearPlans(tx);
  };
  return options;
}

feed::ConsumerOptions AwardsFeed(const Clocks& clocks, const meetings::Plan& plan) {
  feed::ConsumerOptions options;
  options.producer = "awards";
  On<awards::v1::NominationInvited>(&options.handlers, clocks, deadlines::OnNominationInvited,
                                    inbox::OnNominationInvited);
  On<awards::v1::InvitationAccepted>(&options.handlers, clocks, inbox::OnInvitationAccepted);
  On<awards::v1::InvitationDeclined>(&options.handlers, clocks, deadlines::OnInvitationDeclined,
                                     inbox::OnInvitationDeclined);
  On<awards::v1::NominationReopened>(&options.handlers, clocks, deadlines::OnNominationReopened,
                                     inbox::OnNominationReopened);
  On<awards::v1::AwardDossierRejected>(&options.handlers, clocks, inbox::OnAwardDossierRejected);
  On<awards::v1::AwardDossierFiled>(&options.handlers, clocks, deadlines::OnAwardDossierFiled);
  On<awards::v1::AwardDossierReturned>(&options.handlers, clocks, deadlines::OnAwardDossierReturned,
                                       inbox::OnAwardDossierReturned);
  On<awards::v1::DecisionIssued>(&options.handlers, clocks, inbox::OnDecisionIssued);
  On<awards::v1::CertificateRevoked>(&options.handlers, clocks, inbox::OnCertificateRevoked);
  On<awards::v1::CouncilMeetingScheduled>(
      &options.handlers, clocks, TakingMeeting<awards::v1::CouncilMeetingScheduled>(clocks, plan));
  On<awards::v1::CouncilMeetingChanged>(
      &options.handlers, clocks, TakingMeeting<awards::v1::CouncilMeetingChanged>(clocks, plan));
  On<awards::v1::CouncilMeetingCancelled>(
      &options.handlers, clocks,
      [clocks](db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
               const awards::v1::CouncilMeetingCancelled& cancelled) -> absl::Status {
        ASSIGN_OR_RETURN(const absl::Time now, BusinessNow(clocks, tx));
        return meetings::OnMeetingCancelled(tx, origin, event, cancelled, now);
      });
  options.reset = [](db::Tx& tx) -> absl::Status {
    RETURN_IF_ERROR(deadlines::Reset(tx, "awards"));
    return meetings::MarkStale(tx);
  };
  return options;
}

feed::ConsumerOptions ScoringFeed(const Clocks& clocks) {
  feed::ConsumerOptions options;
  options.producer = "scoring";
  On<scoring::v1::AssessmentRoundCreated>(&options.handlers, clocks,
                                          deadlines::OnAssessmentRoundCreated);
  On<scoring::v1::AssessmentChanged>(&options.handlers, clocks, deadlines::OnAssessmentChanged);
  On<scoring::v1::RankingPublished>(&options.handlers, clocks, inbox::OnRankingPublished);
  // How far the units of a round are stays: emptied and filled again one by one it would say in
  // between that not all are appraised.
  options.reset = [](db::Tx& tx) { return deadlines::Reset(tx, "scoring"); };
  return options;
}

}  // namespace thidua::notify
