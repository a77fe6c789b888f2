#include "campaign/intake/apply.h"

#include <optional>

#include "platform/db/write.h"
#include "platform/status_macros.h"

namespace thidua::campaign::intake {
namespace {

// What ends a try without a word about what it touches: nobody is refused a right for it.
bool Passing(const absl::Status& status) {
  return absl::IsAborted(status) || absl::IsUnavailable(status) ||
         absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status) ||
         absl::IsCancelled(status) || absl::IsInternal(status);
}

absl::Status AskFirst() {
  return absl::CancelledError("a right is to be asked for first: roll back");
}

absl::Status RequireSomewhere(const platform::Call& call) {
  ASSIGN_OR_RETURN(const platform::VisibleUnits held, call.Visible());
  return held.all || !held.ids.empty() ? absl::OkStatus() : call.Require("*");
}

}  // namespace

absl::Status WriteImport(db::Pool& pool, const platform::Call& call,
                         const google::protobuf::Message& request, v1::ImportReport& report,
                         absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&)> body) {
  std::optional<v1::ImportReport> refused;
  absl::Status status = db::Write(pool, call, request, report, [&](db::Tx& tx) -> absl::Status {
    refused.reset();
    ASSIGN_OR_RETURN(report, body(tx));
    if (report.error_count() == 0) return absl::OkStatus();
    refused = report;
    return absl::CancelledError("refused rows: roll back, the claim of the request id too");
  });
  if (!refused || !absl::IsCancelled(status)) return status;
  report = *std::move(refused);
  return absl::OkStatus();
}

void Rights::Need(const std::string& unit_id, const std::string& permission) {
  Right right(unit_id, permission);
  if (granted_.count(right) == 0) open_.insert(std::move(right));
}

absl::Status Rights::Ask(const platform::Call& call) {
  for (const auto& [unit_id, permission] : open_) {
    RETURN_IF_ERROR(permission.empty() ? call.Require(unit_id)
                                       : call.RequirePermission(permission, unit_id));
  }
  granted_.merge(open_);
  open_.clear();
  return absl::OkStatus();
}

absl::Status WriteWithRights(db::Pool& pool, const platform::Call& call,
                             const google::protobuf::Message& request,
                             google::protobuf::Message& response,
                             absl::FunctionRef<absl::Status(db::Tx&, Rights&)> body) {
  Rights rights;
  while (true) {
    bool open = false;
    absl::Status status = db::Write(pool, call, request, response, [&](db::Tx& tx) -> absl::Status {
      open = false;
      rights.Begin();
      const absl::Status made = body(tx, rights);
      open = !Passing(made) && !rights.granted();
      return open ? AskFirst() : made;
    });
    if (!open) return status;
    RETURN_IF_ERROR(rights.Ask(call));
  }
}

absl::Status WriteImportWithRights(
    db::Pool& pool, const platform::Call& call, const google::protobuf::Message& request,
    v1::ImportReport& report,
    absl::FunctionRef<absl::StatusOr<v1::ImportReport>(db::Tx&, Rights&)> body) {
  Rights rights;
  while (true) {
    bool open = false;
    bool file_only = false;  // wrong in itself, which tells nothing of what is stored
    absl::Status status = WriteImport(
        pool, call, request, report, [&](db::Tx& tx) -> absl::StatusOr<v1::ImportReport> {
          open = file_only = false;
          rights.Begin();
          absl::StatusOr<v1::ImportReport> made = body(tx, rights);
          if (Passing(made.status())) return made;
          file_only = !rights.any() && made.ok() && made->error_count() > 0;
          if (file_only) return made;
          if (!rights.any()) rights.Need("*");
          open = !rights.granted();
          if (open) return AskFirst();
          return made;
        });
    if (file_only) RETURN_IF_ERROR(RequireSomewhere(call));
    if (!open) return status;
    RETURN_IF_ERROR(rights.Ask(call));
  }
}

}  // namespace thidua::campaign::intake
