// RankingService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"

namespace thidua::scoring::rankings {

class Service final : public v1::RankingService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::RankingService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* ComputeRanking(Ctx*, const v1::ComputeRankingRequest*, v1::Ranking*) override;
  Reactor* GetRanking(Ctx*, const v1::GetRankingRequest*, v1::Ranking*) override;
  Reactor* PublishRanking(Ctx*, const v1::PublishRankingRequest*, v1::Publication*) override;
  Reactor* GetPublication(Ctx*, const v1::GetPublicationRequest*, v1::Publication*) override;
  Reactor* ListPublications(Ctx*, const v1::ListPublicationsRequest*,
                            v1::ListPublicationsResponse*) override;
  Reactor* GetPublicationSnapshot(Ctx*, const v1::GetPublicationSnapshotRequest*,
                                  google::api::HttpBody*) override;
  Reactor* ReplayRanking(Ctx*, const v1::ReplayRankingRequest*,
                         v1::ReplayRankingResponse*) override;
  Reactor* ExplainRank(Ctx*, const v1::ExplainRankRequest*, v1::ExplainRankResponse*) override;
  Reactor* GetPublicationPage(Ctx*, const v1::GetPublicationPageRequest*,
                              google::api::HttpBody*) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::scoring::rankings
