// RankingService: one method per rpc.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/metrics.h"
#include "platform/runner.h"
#include "scoring/rankings/shown_cache.h"
#include "scoring/rankings/snapshot.h"
#include "scoring/rankings/store.h"
#include "thidua/scoring/v1/ranking_service.grpc.pb.h"

namespace thidua::scoring::rankings {

class Service final : public v1::RankingService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool);

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
  Reactor* GetPublicationUnitPage(Ctx*, const v1::GetPublicationUnitPageRequest*,
                                  google::api::HttpBody*) override;

 private:
  // The row as it is now. PUBLICATION_NOT_FOUND when there is none.
  absl::StatusOr<PublicationRow> RowOf(const platform::Call& call, const std::string& id);
  // What its snapshot says, computed once while it is looked at.
  absl::StatusOr<std::shared_ptr<const Ranked>> RankedOf(const platform::Call& call,
                                                         const std::string& id);
  // What everybody may read of the publication. PUBLICATION_NOT_FOUND when there is none.
  absl::StatusOr<std::shared_ptr<const Shown>> Show(const platform::Call& call,
                                                    const std::string& id);

  platform::Runner runner_;
  db::Pool& pool_;
  ShownCache shown_;
  RecentCache<Ranked> ranked_;
  prometheus::Counter& hits_;
  prometheus::Counter& misses_;
};

}  // namespace thidua::scoring::rankings
