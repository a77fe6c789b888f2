// The frame of every write: one transaction that holds the effect, its events and the stored
// answer.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"

namespace thidua::db {

// Runs `body` in a transaction.
// * When the request has a non-empty `request_id` field: the first call's answer is stored with the
// effect
//   under (principal, method, request_id); a repeat with the same content gets that answer without
//   running `body`; with other content it is refused with REQUEST_ID_REUSED (INVALID_ARGUMENT).
//   Errors are not stored. Two at once: the second waits for the first. A repeat counts as checked
//   (Call::checked): the caller's right was asked for at the first answer.
// * When the request has `validate_only` = true: everything runs and is rolled back; the answer is
// what
//   would have been.
// `body` fills `response`; it may run several times (see Pool::InTransaction) and gets a cleared
// response each time. `request_id` is 1..64 characters of [A-Za-z0-9_.:-]; empty is refused with
// REQUEST_ID_REQUIRED.
absl::Status Write(Pool& pool, const platform::Call& call, const google::protobuf::Message& request,
                   google::protobuf::Message& response, absl::FunctionRef<absl::Status(Tx&)> body);

}  // namespace thidua::db
