// What deadlines make of others' events. Each is called in the transaction that stores the position
// of the event.
#pragma once

#include "absl/status/status.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::notify::deadlines {

// A deadline for each unit that takes part and each milestone with a last day. A milestone whose
// last day is not known has none: nothing is invented.
absl::Status OnPlanLaunched(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                            const campaign::v1::PlanLaunched& plan);
// A report that is due and not filed has a deadline; a filed one has met it.
absl::Status OnPeriodicReportRecorded(db::Tx& tx, const feed::Origin& origin,
                                      const common::v1::Event& event,
                                      const campaign::v1::PeriodicReportRecorded& report);
// The last day for filing, when one was set; what a snapshot says of its state settles whether it
// is met or open (R-NOT-18).
absl::Status OnNominationInvited(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const awards::v1::NominationInvited& nomination);
// A unit that will not file is reminded of nothing more.
absl::Status OnInvitationDeclined(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::InvitationDeclined& declined);
// A new last day, when one was set: the deadline is open again.
absl::Status OnNominationReopened(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::NominationReopened& reopened);
absl::Status OnAwardDossierFiled(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const awards::v1::AwardDossierFiled& filed);
absl::Status OnAwardDossierReturned(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event& event,
                                    const awards::v1::AwardDossierReturned& returned);

// The window in which units score themselves, for each of them, and that of the appraisal, for the
// organiser. That of the explanation is kept until a unit is appraised (R-NOT-17). A snapshot sets
// none for a unit that a restored campaign does not know (R-NOT-53).
absl::Status OnAssessmentRoundCreated(db::Tx& tx, const feed::Origin& origin,
                                      const common::v1::Event& event,
                                      const scoring::v1::AssessmentRoundCreated& round);
// UNKNOWN_UNIT while campaign's feed has not told of a unit that may explain: the feed waits. Of
// one that a snapshot tells of and a restored campaign does not know nothing is set and nobody is
// told.
absl::Status OnAssessmentChanged(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const scoring::v1::AssessmentChanged& assessment);

}  // namespace thidua::notify::deadlines
