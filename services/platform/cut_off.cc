#include "platform/cut_off.h"

#include <string>

#include "grpc/grpc.h"
#include "platform/status.h"

namespace thidua::platform {

void CutOff(grpc::CallbackServerContext& context, const absl::Status& why) {
  const std::string text = ReasonOf(why) + ": " + TextOf(why, "en");
  grpc_call_cancel_with_status(context.c_call(), static_cast<grpc_status_code>(why.code()),
                               text.c_str(), nullptr);
}

}  // namespace thidua::platform
