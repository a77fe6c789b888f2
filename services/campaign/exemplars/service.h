// ExemplarService: gương điển hình tiên tiến of a movement.
#pragma once

#include "campaign/directory/unit_tree.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/exemplar_service.grpc.pb.h"

namespace thidua::campaign::exemplars {

class ExemplarService final : public v1::ExemplarService::CallbackService {
 public:
  ExemplarService(platform::Admission& admission, db::Pool& pool, directory::DirectoryTree& tree)
      : runner_(admission, v1::ExemplarService::service_full_name()), pool_(pool), tree_(tree) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* ProposeExemplar(Ctx* ctx, const v1::ProposeExemplarRequest* req,
                           v1::PlanExemplar* res) override;
  Reactor* PublishExemplar(Ctx* ctx, const v1::PublishExemplarRequest* req,
                           v1::PlanExemplar* res) override;
  Reactor* GetExemplar(Ctx* ctx, const v1::GetExemplarRequest* req, v1::PlanExemplar* res) override;
  Reactor* ListExemplars(Ctx* ctx, const v1::ListExemplarsRequest* req,
                         v1::ListExemplarsResponse* res) override;

 private:
  const platform::Runner runner_;
  db::Pool& pool_;
  directory::DirectoryTree& tree_;
};

}  // namespace thidua::campaign::exemplars
