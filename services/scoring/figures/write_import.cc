#include "scoring/figures/write_import.h"

#include <optional>
#include <utility>

#include "platform/db/write.h"
#include "platform/status_macros.h"

namespace thidua::scoring::figures {

absl::Status WriteImport(db::Pool& pool, const platform::Call& call,
                         const google::protobuf::Message& request, v1::FiguresImportReport& report,
                         absl::FunctionRef<absl::StatusOr<v1::FiguresImportReport>(db::Tx&)> body) {
  std::optional<v1::FiguresImportReport> refused;
  absl::Status status = db::Write(pool, call, request, report, [&](db::Tx& tx) -> absl::Status {
    refused.reset();
    ASSIGN_OR_RETURN(report, body(tx));
    if (report.error_count() == 0) return absl::OkStatus();
    refused = report;
    return absl::CancelledError("refused rows: roll back, the claim of the request id too");
  });
  if (!refused.has_value() || !absl::IsCancelled(status)) return status;
  report = *std::move(refused);
  return absl::OkStatus();
}

}  // namespace thidua::scoring::figures
