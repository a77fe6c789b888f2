// RecordService: the periodic reports that units owe to a movement.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "campaign/directory/unit_tree.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/record_service.grpc.pb.h"

namespace thidua::campaign::records {

class RecordService final : public v1::RecordService::CallbackService {
 public:
  RecordService(platform::Admission& admission, db::Pool& pool, directory::DirectoryTree& tree);

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
  Reactor* ListMissingReports(Ctx* context, const v1::ListMissingReportsRequest* request,
                              v1::ListMissingReportsResponse* response) override;
  Reactor* CompileMovementReport(Ctx* context, const v1::CompileMovementReportRequest* request,
                                 v1::MovementReport* response) override;
  Reactor* ExportMovementReport(Ctx* context, const v1::ExportMovementReportRequest* request,
                                google::api::HttpBody* response) override;

 private:
  absl::StatusOr<v1::MovementReport> Compile(const platform::Call& call,
                                             const std::string& plan_name, int year);

  platform::Runner runner_;
  db::Pool& pool_;
  directory::DirectoryTree& tree_;
};

}  // namespace thidua::campaign::records
