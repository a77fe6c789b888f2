#include "campaign/access/clients.h"

#include <optional>

#include "campaign/access/convert.h"
#include "campaign/directory/store_units.h"
#include "campaign/directory/unit_changes.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

absl::Status Append(db::Tx& tx, const platform::Call& call, const Client* before,
                    const Client& after, const std::string& reason) {
  const v1::Client payload = ToProto(after);
  v1::Client earlier;
  feed::Draft draft;
  draft.aggregate_type = "client";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &payload;
  if (before != nullptr) {
    earlier = ToProto(*before);
    draft.before = &earlier;
  }
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

}  // namespace

absl::StatusOr<Client> RegisterClient(db::Tx& tx, const platform::Call& call, Client client) {
  ASSIGN_OR_RETURN(const std::optional<directory::Unit> unit,
                   directory::FindUnit(tx, client.unit_id));
  if (!unit) return directory::UnknownUnit(client.unit_id);
  client.id = platform::NewId(call.machine_now());
  client.secret_time = call.machine_now();
  client.row_version = 1;
  RETURN_IF_ERROR(InsertClient(tx, client, call.machine_now()));
  RETURN_IF_ERROR(Append(tx, call, nullptr, client, ""));
  return client;
}

absl::StatusOr<Client> ChangeClient(db::Tx& tx, const platform::Call& call, const std::string& id,
                                    const std::string& etag, ClientChange change,
                                    const std::string& secret_sha256, const std::string& reason) {
  ASSIGN_OR_RETURN(const std::optional<Client> before, LockClient(tx, id));
  if (!before) return UnknownClient(id);
  RETURN_IF_ERROR(platform::CheckEtag(etag, before->row_version));
  if (before->disabled) {
    return platform::FailedPrecondition("CLIENT_DISABLED",
                                        {"máy khách đã bị dừng", "the client is stopped"},
                                        {{"client", id}, {"legal_moves", ""}});
  }
  Client after = *before;
  if (change == ClientChange::kNewSecret) {
    after.secret_sha256 = secret_sha256;
    after.secret_time = call.machine_now();
  } else {
    after.disabled = true;
  }
  RETURN_IF_ERROR(ReplaceClient(tx, after, call.machine_now()));
  ++after.row_version;
  RETURN_IF_ERROR(Append(tx, call, &*before, after, reason));
  return after;
}

absl::Status UnknownClient(const std::string& id) {
  return platform::NotFound("UNKNOWN_CLIENT", {"không có máy khách này", "there is no such client"},
                            {{"client", id}});
}

}  // namespace thidua::campaign::access
