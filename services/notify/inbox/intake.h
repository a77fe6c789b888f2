// What the inbox makes of others' events: contacts, what is known of plans, and notices. Each is
// called in the transaction that stores the position of the event.
#pragma once

#include "absl/status/status.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::notify::inbox {

// Keeps the contact and gives the person the notices that the post covers and that came before
// (R-NOT-51).
absl::Status OnPersonChanged(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                             const campaign::v1::PersonChanged& person);
// Keeps what notices say of the plan; tells every unit that takes part.
absl::Status OnPlanLaunched(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                            const campaign::v1::PlanLaunched& plan);
// The following eight fail with PLAN_NOT_READ or UNKNOWN_UNIT while campaign's feed has not told of
// the plan or the unit yet; their feed waits for it.
absl::Status OnNominationInvited(db::Tx& tx, const feed::Origin& origin,
                                 const common::v1::Event& event,
                                 const awards::v1::NominationInvited& nomination);
// The coordinator is told what an invited unit answered.
absl::Status OnInvitationAccepted(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::InvitationAccepted& accepted);
absl::Status OnInvitationDeclined(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::InvitationDeclined& declined);
absl::Status OnNominationReopened(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::NominationReopened& reopened);
absl::Status OnAwardDossierRejected(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event& event,
                                    const awards::v1::AwardDossierRejected& rejected);
absl::Status OnAwardDossierReturned(db::Tx& tx, const feed::Origin& origin,
                                    const common::v1::Event& event,
                                    const awards::v1::AwardDossierReturned& returned);
// One notice for each unit awarded, whatever number of awards it gets.
absl::Status OnDecisionIssued(db::Tx& tx, const feed::Origin& origin,
                              const common::v1::Event& event,
                              const awards::v1::DecisionIssued& decision);
absl::Status OnCertificateRevoked(db::Tx& tx, const feed::Origin& origin,
                                  const common::v1::Event& event,
                                  const awards::v1::CertificateRevoked& revoked);
// Tells every unit that has a rank.
absl::Status OnRankingPublished(db::Tx& tx, const feed::Origin& origin,
                                const common::v1::Event& event,
                                const scoring::v1::RankingPublished& ranking);

}  // namespace thidua::notify::inbox
