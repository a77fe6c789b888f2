// An import as a write: the answer is kept only when the file took effect.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::intake {

// db::Write for an import. A report of refused rows is answered but not stored under the request
// id: nothing was done, so the same file with the same id is judged anew when what it lacked (a
// unit, a person) is there.
absl::Status WriteImport(db::Pool& pool, const platform::Call& call,
                         const google::protobuf::Message& request, v1::ImportReport& report,
                         absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&)> body);

}  // namespace thidua::campaign::intake
