// DeadlineService: one method per rpc.
#pragma once

#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/notify/v1/deadline_service.grpc.pb.h"

namespace thidua::notify::deadlines {

class DeadlineService final : public v1::DeadlineService::CallbackService {
 public:
  DeadlineService(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* ListDeadlines(grpc::CallbackServerContext* context,
                                          const v1::ListDeadlinesRequest* request,
                                          v1::ListDeadlinesResponse* response) override;
  grpc::ServerUnaryReactor* GetDeadline(grpc::CallbackServerContext* context,
                                        const v1::GetDeadlineRequest* request,
                                        v1::Deadline* response) override;

 private:
  db::Pool& pool_;
  platform::Runner runner_;
};

}  // namespace thidua::notify::deadlines
