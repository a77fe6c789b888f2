// RecordService: the periodic reports that units owe to a movement.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/record_service.grpc.pb.h"

namespace thidua::campaign::records {

class RecordService final : public v1::RecordService::CallbackService {
 public:
  RecordService(platform::Admission& admission, db::Pool& pool);

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* OpenReportPeriod(Ctx* context, const v1::OpenReportPeriodRequest* request,
                            v1::OpenReportPeriodResponse* response) override;
  Reactor* SetReportDueDate(Ctx* context, const v1::SetReportDueDateRequest* request,
                            v1::SetReportDueDateResponse* response) override;
  Reactor* GetPeriodicReport(Ctx* context, const v1::GetPeriodicReportRequest* request,
                             v1::PeriodicReport* response) override;
  Reactor* ListPeriodicReports(Ctx* context, const v1::ListPeriodicReportsRequest* request,
                               v1::ListPeriodicReportsResponse* response) override;
  Reactor* FileReport(Ctx* context, const v1::FileReportRequest* request,
                      v1::PeriodicReport* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::campaign::records
