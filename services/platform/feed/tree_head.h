// Signed tree heads: the root of the audit log at a size, signed, so that the log cannot be changed
// afterwards without it being seen. One line of JSON each where they are copied outside the schema.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/token.h"
#include "thidua/common/v1/audit.pb.h"

namespace thidua::feed {

// The bytes that are signed: RFC 8785 JSON of epoch, tree_size, root_hash (lower-case hex),
// sign_time (RFC 3339, UTC, microseconds) and key_id, all strings.
absl::StatusOr<std::string> SignedContent(const common::v1::SignedTreeHead& head);

absl::StatusOr<common::v1::SignedTreeHead> SignTreeHead(const platform::SigningKey& key,
                                                        std::string epoch, int64_t tree_size,
                                                        std::string root_hash, absl::Time now);

// Whether `signature` over `bytes` is by the key of that id; see
// platform::TokenVerifier::VerifyBytes.
using SignatureCheck = std::function<absl::Status(std::string_view key_id, std::string_view bytes,
                                                  std::string_view signature)>;
absl::Status CheckTreeHead(const common::v1::SignedTreeHead& head, const SignatureCheck& check);

// One line without its newline: the signed fields and "signature" in hex, RFC 8785.
absl::StatusOr<std::string> TreeHeadLine(const common::v1::SignedTreeHead& head);
absl::StatusOr<common::v1::SignedTreeHead> ParseTreeHeadLine(std::string_view line);

// What a file of tree heads holds. A line that a crash cut off is followed by the whole line and is
// passed over; any other line that cannot be read is counted.
struct TreeHeadFile {
  std::vector<common::v1::SignedTreeHead> heads;
  std::vector<int> malformed_lines;  // counted from 1
};
TreeHeadFile ParseTreeHeadFile(std::string_view text);

}  // namespace thidua::feed
