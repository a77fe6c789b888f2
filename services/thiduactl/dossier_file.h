// Dossiers from a CSV file, pushed over the native gRPC stream.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "thiduactl/rpc_client.h"

namespace thidua::ctl {

// Reads CSV (RFC 4180, UTF-8 with or without a byte order mark). Columns:
// dossier_code,unit_code,procedure_code,channel,status,received_date,due_date,finished_date,
// event_time,event_version. The first line names them, in any order, each at most once. A status is
// the national portal's code (1..10) or a name of DossierStatus with or without its beginning, a
// channel a name of DossierChannel. An error names the line, and the column where there is one.
absl::StatusOr<std::vector<json>> ParseDossierCsv(const std::string& text);

// A token to push with: at first for "", then for the one that has expired. The same again when no
// other can be had.
using PushTokens = absl::FunctionRef<absl::StatusOr<std::string>(const std::string& expired)>;

// Pushes in chunks of what the server allows; every acknowledged chunk is durable. A stream that is
// cut is opened again and goes on after the last acknowledged chunk, as long as the client's
// retry_for lasts (two minutes when that is zero, but the first opening must succeed then) since
// the last acknowledgement; at once with a new token when the server ended it because the old one
// has expired. `progress` gets the rows done so far and the newest acknowledgement.
absl::StatusOr<json> PushDossiers(RpcClient& client, PushTokens tokens,
                                  const std::string& import_id, const std::vector<json>& rows,
                                  absl::FunctionRef<void(size_t, const json&)> progress);

// The name under which a file goes to the server: `name`, and when that import ended with rows
// refused, name-2, name-3, …: chunks once acknowledged are not looked at again, so rows whose
// reason has been mended since need a new import. The others are "unchanged" there.
absl::StatusOr<std::string> ImportToSend(RpcClient& client, const std::string& token,
                                         const std::string& name);

// The same chunks, checked and not kept: the sums of the acknowledgements with "validated": true.
absl::StatusOr<json> ValidateDossiers(RpcClient& client, const std::string& token,
                                      const std::vector<json>& rows,
                                      absl::FunctionRef<void(size_t, const json&)> progress);

}  // namespace thidua::ctl
