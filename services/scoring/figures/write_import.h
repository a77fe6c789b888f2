// An import as a write: the answer is kept only when the file took effect.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "thidua/scoring/v1/figures_import.pb.h"

namespace thidua::scoring::figures {

// db::Write for an import. A report of refused rows is answered but not stored under the request
// id: nothing was done, so the same file with the same id is judged anew when what it lacked is
// there.
absl::Status WriteImport(db::Pool& pool, const platform::Call& call,
                         const google::protobuf::Message& request, v1::FiguresImportReport& report,
                         absl::FunctionRef<absl::StatusOr<v1::FiguresImportReport>(db::Tx&)> body);

}  // namespace thidua::scoring::figures
