// DecisionService: drafting, issuing and giving up decisions on awards, and their documents.
#pragma once

#include "awards/certificates/issue.h"
#include "awards/decisions/store.h"
#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/runner.h"
#include "thidua/awards/v1/decision_service.grpc.pb.h"

namespace thidua::awards::decisions {

class Service final : public v1::DecisionService::CallbackService {
 public:
  // `blobs` must outlive the service.
  Service(platform::Admission& admission, db::Pool& pool, certificates::Issuer issuer,
          files::BlobStore& blobs);

  grpc::ServerUnaryReactor* CreateDecision(grpc::CallbackServerContext* context,
                                           const v1::CreateDecisionRequest* request,
                                           v1::Decision* response) override;
  grpc::ServerUnaryReactor* IssueDecision(grpc::CallbackServerContext* context,
                                          const v1::IssueDecisionRequest* request,
                                          v1::Decision* response) override;
  grpc::ServerUnaryReactor* CancelDecision(grpc::CallbackServerContext* context,
                                           const v1::CancelDecisionRequest* request,
                                           v1::Decision* response) override;
  grpc::ServerUnaryReactor* GetDecision(grpc::CallbackServerContext* context,
                                        const v1::GetDecisionRequest* request,
                                        v1::Decision* response) override;
  grpc::ServerUnaryReactor* DownloadDecision(grpc::CallbackServerContext* context,
                                             const v1::DownloadDecisionRequest* request,
                                             google::api::HttpBody* response) override;
  grpc::ServerUnaryReactor* ListDecisions(grpc::CallbackServerContext* context,
                                          const v1::ListDecisionsRequest* request,
                                          v1::ListDecisionsResponse* response) override;

 private:
  // The decision "decisions/<id>", once the caller holds the rpc's permission at the issuing unit.
  absl::StatusOr<DecisionRow> FindAndRequire(const platform::Call& call,
                                             const std::string& name) const;

  db::Pool& pool_;
  const certificates::Issuer issuer_;
  files::BlobStore& blobs_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::decisions
