// WorkService: what waits for the caller.
#pragma once

#include "campaign/directory/unit_tree.h"
#include "campaign/pending/store.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/work_service.grpc.pb.h"

namespace thidua::campaign::pending {

class WorkService final : public v1::WorkService::CallbackService {
 public:
  WorkService(platform::Admission& admission, db::Pool& pool, directory::DirectoryTree& tree)
      : runner_(admission, v1::WorkService::service_full_name()), pool_(pool), tree_(tree) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* ListPendingWork(Ctx* ctx, const v1::ListPendingWorkRequest* req,
                           v1::ListPendingWorkResponse* res) override;

 private:
  // The units for which the caller is shown work of a kind.
  absl::StatusOr<platform::VisibleUnits> UnitsFor(const platform::Call& call, Kind kind,
                                                  const std::string& unit_id, bool include_below);

  const platform::Runner runner_;
  db::Pool& pool_;
  directory::DirectoryTree& tree_;
};

}  // namespace thidua::campaign::pending
