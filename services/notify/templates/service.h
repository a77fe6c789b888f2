// TemplateService: one method per rpc.
#pragma once

#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/notify/v1/template_service.grpc.pb.h"

namespace thidua::notify::templates {

class TemplateService final : public v1::TemplateService::CallbackService {
 public:
  TemplateService(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* ListNoticeTemplates(grpc::CallbackServerContext* context,
                                                const v1::ListNoticeTemplatesRequest* request,
                                                v1::ListNoticeTemplatesResponse* response) override;
  grpc::ServerUnaryReactor* PreviewNoticeTemplate(
      grpc::CallbackServerContext* context, const v1::PreviewNoticeTemplateRequest* request,
      v1::PreviewNoticeTemplateResponse* response) override;

 private:
  db::Pool& pool_;
  platform::Runner runner_;
};

}  // namespace thidua::notify::templates
