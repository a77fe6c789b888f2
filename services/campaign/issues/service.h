// IssueService: difficulties with a plan, from the unit that meets them to the issuer's answer.
#pragma once

#include <string>

#include "campaign/issues/store.h"
#include "google/protobuf/message.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/issue_service.grpc.pb.h"

namespace thidua::campaign::issues {

class IssueService final : public v1::IssueService::CallbackService {
 public:
  IssueService(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::IssueService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* RaiseIssue(Ctx* ctx, const v1::RaiseIssueRequest* req, v1::PlanIssue* res) override;
  Reactor* SupplementIssue(Ctx* ctx, const v1::SupplementIssueRequest* req,
                           v1::PlanIssue* res) override;
  Reactor* ForwardIssue(Ctx* ctx, const v1::ForwardIssueRequest* req, v1::PlanIssue* res) override;
  Reactor* ReturnIssue(Ctx* ctx, const v1::ReturnIssueRequest* req, v1::PlanIssue* res) override;
  Reactor* DecideIssue(Ctx* ctx, const v1::DecideIssueRequest* req, v1::PlanIssue* res) override;
  Reactor* GetIssue(Ctx* ctx, const v1::GetIssueRequest* req, v1::PlanIssue* res) override;
  Reactor* ListIssues(Ctx* ctx, const v1::ListIssuesRequest* req,
                      v1::ListIssuesResponse* res) override;

 private:
  // What a move says, read from its request.
  struct Said {
    std::string id;
    Step step;
    std::string etag;
  };
  // Makes the move: right, version, state, files; stores and tells it.
  absl::Status Advance(const platform::Call& call, const google::protobuf::Message& request,
                       v1::PlanIssue* response, const Said& said);

  const platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::campaign::issues
