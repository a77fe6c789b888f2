// Changes of clients inside a transaction.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "campaign/access/store.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::access {

absl::StatusOr<Client> RegisterClient(db::Tx& tx, const platform::Call& call, Client client);

enum class ClientChange { kNewSecret, kDisable };
// With kNewSecret, `secret_sha256` takes the place of the old one. CLIENT_DISABLED for one that is
// stopped.
absl::StatusOr<Client> ChangeClient(db::Tx& tx, const platform::Call& call, const std::string& id,
                                    const std::string& etag, ClientChange change,
                                    const std::string& secret_sha256, const std::string& reason);

absl::Status UnknownClient(const std::string& id);

}  // namespace thidua::campaign::access
