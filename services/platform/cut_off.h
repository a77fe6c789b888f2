// Ending a call whose caller does not read.
#pragma once

#include "absl/status/status.h"
#include "grpcpp/server_context.h"

namespace thidua::platform {

// Resets the call at once: what is still to be written fails. A status that is finished in the
// usual way would wait behind the message that nobody takes. Such an end has room for a code and a
// line of text, so the reason goes there ("READER_TOO_SLOW: …"). The call must be finished all the
// same. Runs reactions of the call on this thread: hold no lock that they take.
void CutOff(grpc::CallbackServerContext& context, const absl::Status& why);

}  // namespace thidua::platform
