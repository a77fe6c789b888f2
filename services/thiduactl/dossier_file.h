// Dossiers from a CSV file, pushed over the native gRPC stream.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "thiduactl/rpc_client.h"

namespace thidua::ctl {

// Columns:
// dossier_code,unit_code,procedure_code,channel,status,received_date,due_date,finished_date,
// event_time,event_version. The first line names them, in any order. Values without quotes or
// commas. An error names the line.
absl::StatusOr<std::vector<json>> ParseDossierCsv(const std::string& text);

// Pushes in chunks of what the server allows; every acknowledged chunk is durable. An import that
// was cut off is taken up where it stopped. `progress` gets the rows done so far and the newest
// acknowledgement.
absl::StatusOr<json> PushDossiers(RpcClient& client, const std::string& token,
                                  const std::string& import_id, const std::vector<json>& rows,
                                  absl::FunctionRef<void(size_t, const json&)> progress);

}  // namespace thidua::ctl
