// InboxService: one method per rpc.
#pragma once

#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/notify/v1/inbox_service.grpc.pb.h"

namespace thidua::notify::inbox {

class InboxService final : public v1::InboxService::CallbackService {
 public:
  InboxService(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* ListInbox(grpc::CallbackServerContext* context,
                                      const v1::ListInboxRequest* request,
                                      v1::ListInboxResponse* response) override;
  grpc::ServerUnaryReactor* GetInboxItem(grpc::CallbackServerContext* context,
                                         const v1::GetInboxItemRequest* request,
                                         v1::InboxItem* response) override;
  grpc::ServerUnaryReactor* MarkRead(grpc::CallbackServerContext* context,
                                     const v1::MarkReadRequest* request,
                                     v1::InboxItem* response) override;
  grpc::ServerUnaryReactor* CountUnread(grpc::CallbackServerContext* context,
                                        const v1::CountUnreadRequest* request,
                                        v1::CountUnreadResponse* response) override;

 private:
  db::Pool& pool_;
  platform::Runner runner_;
};

}  // namespace thidua::notify::inbox
