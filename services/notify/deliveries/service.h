// DeliveryService: one method per rpc.
#pragma once

#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/notify/v1/delivery_service.grpc.pb.h"

namespace thidua::notify::deliveries {

class DeliveryService final : public v1::DeliveryService::CallbackService {
 public:
  DeliveryService(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* ListDeliveries(grpc::CallbackServerContext* context,
                                           const v1::ListDeliveriesRequest* request,
                                           v1::ListDeliveriesResponse* response) override;
  grpc::ServerUnaryReactor* GetDelivery(grpc::CallbackServerContext* context,
                                        const v1::GetDeliveryRequest* request,
                                        v1::Delivery* response) override;
  grpc::ServerUnaryReactor* GetDeliveryStats(grpc::CallbackServerContext* context,
                                             const v1::GetDeliveryStatsRequest* request,
                                             v1::DeliveryStats* response) override;

 private:
  db::Pool& pool_;
  platform::Runner runner_;
};

}  // namespace thidua::notify::deliveries
