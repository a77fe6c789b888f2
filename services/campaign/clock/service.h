// ClockService: business time, and moving it in the local and test profiles.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/clock_service.grpc.pb.h"

namespace thidua::campaign::clock {

class ClockService final : public v1::ClockService::CallbackService {
 public:
  // `adjustable`: whether SetBusinessTime is allowed (not in the production profile).
  ClockService(platform::Admission& admission, db::Pool& pool, bool adjustable);

  grpc::ServerUnaryReactor* GetBusinessTime(grpc::CallbackServerContext* context,
                                            const v1::GetBusinessTimeRequest* request,
                                            v1::BusinessTime* response) override;
  grpc::ServerUnaryReactor* SetBusinessTime(grpc::CallbackServerContext* context,
                                            const v1::SetBusinessTimeRequest* request,
                                            v1::BusinessTime* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
  const bool adjustable_;
};

}  // namespace thidua::campaign::clock
