// Errors of Thi Đua. Inside a process every error is an absl::Status that carries google.rpc
// details (ErrorInfo, BadRequest, LocalizedMessage in Vietnamese and English, RetryInfo); ToGrpc()
// is the only place that makes a grpc::Status of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/support/status.h"

namespace thidua::platform {

// The same sentence for people who read Vietnamese and for people who read English.
struct Text {
  std::string vi;
  std::string en;
};

// One refused field. `field` is the path in the request with proto names, for example
// "plan.milestones[2].end_date".
struct FieldViolation {
  std::string field;
  std::string reason;  // UPPER_SNAKE, for example "DATE_IMPOSSIBLE"
  Text text;
};

// Everything an error says. `reason` is UPPER_SNAKE, at most 63 characters, and never empty.
struct ErrorSpec {
  absl::StatusCode code = absl::StatusCode::kUnknown;
  std::string reason;
  Text text;
  std::vector<FieldViolation> fields;  // at most 20 travel; the rest is counted in metadata
  std::map<std::string, std::string> metadata;  // every changing part of the text, by name
  std::optional<absl::Duration> retry_after;
};

absl::Status MakeError(const ErrorSpec& spec);

// INVALID_ARGUMENT naming one field.
absl::Status InvalidField(std::string_view field, std::string_view reason, Text text);
// INVALID_ARGUMENT naming several fields; OK when the list is empty. The error's own reason is that
// of the first violation when there is one violation, else FIELDS_INVALID.
absl::Status InvalidFields(std::vector<FieldViolation> violations);
absl::Status NotFound(std::string_view reason, Text text,
                      std::map<std::string, std::string> metadata = {});
absl::Status AlreadyExists(std::string_view reason, Text text,
                           std::map<std::string, std::string> metadata = {});
absl::Status FailedPrecondition(std::string_view reason, Text text,
                                std::map<std::string, std::string> metadata = {});
absl::Status PermissionDenied(std::string_view reason, Text text,
                              std::map<std::string, std::string> metadata = {});
absl::Status Unavailable(std::string_view reason, Text text, absl::Duration retry_after);
// A defect of ours: the caller sees INTERNAL with a generic text, `detail` goes to the log only.
absl::Status Internal(std::string_view detail);
// ABORTED ETAG_MISMATCH.
absl::Status EtagMismatch(std::string_view expected, std::string_view current);

// The reason of an error made here, or "" when there is none.
std::string ReasonOf(const absl::Status& status);
// One value of the metadata of an error made here, or "" when there is none.
std::string MetadataOf(const absl::Status& status, const std::string& key);
// The field violations of an error made here.
std::vector<FieldViolation> FieldsOf(const absl::Status& status);
// The text of an error made here in Vietnamese ("vi") or English ("en"); the plain message when
// absent.
std::string TextOf(const absl::Status& status, std::string_view language);

// The one mapping to the wire. `domain` is "<service>.thidua". An error without a reason becomes
// INTERNAL with reason INTERNAL, so that nothing leaves without one.
grpc::Status ToGrpc(const absl::Status& status, std::string_view domain);
// What a peer answered, details kept.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace thidua::platform
