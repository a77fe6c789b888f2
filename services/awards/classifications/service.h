// ClassificationService.
#pragma once

#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/awards/v1/classification_service.grpc.pb.h"

namespace thidua::awards::classifications {

class Service final : public v1::ClassificationService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* RecordClassification(grpc::CallbackServerContext* context,
                                                 const v1::RecordClassificationRequest* request,
                                                 v1::Classification* response) override;
  grpc::ServerUnaryReactor* ImportClassifications(
      grpc::CallbackServerContext* context, const v1::ImportClassificationsRequest* request,
      v1::ImportClassificationsResponse* response) override;
  grpc::ServerUnaryReactor* ListClassifications(grpc::CallbackServerContext* context,
                                                const v1::ListClassificationsRequest* request,
                                                v1::ListClassificationsResponse* response) override;

 private:
  db::Pool& pool_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::classifications
