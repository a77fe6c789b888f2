// ConferenceService: the reviews of a plan and the conferences held for them.
#pragma once

#include <string>

#include "campaign/plans/record.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/conference_service.grpc.pb.h"

namespace thidua::campaign::conferences {

class ConferenceService final : public v1::ConferenceService::CallbackService {
 public:
  ConferenceService(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::ConferenceService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* RecordConference(Ctx* ctx, const v1::RecordConferenceRequest* req,
                            v1::PlanConference* res) override;
  Reactor* CorrectConference(Ctx* ctx, const v1::CorrectConferenceRequest* req,
                             v1::PlanConference* res) override;
  Reactor* ListConferences(Ctx* ctx, const v1::ListConferencesRequest* req,
                           v1::ListConferencesResponse* res) override;
  Reactor* ListReviewMilestones(Ctx* ctx, const v1::ListReviewMilestonesRequest* req,
                                v1::ListReviewMilestonesResponse* res) override;

 private:
  const platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::campaign::conferences
