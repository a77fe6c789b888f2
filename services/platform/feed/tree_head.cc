#include "platform/feed/tree_head.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "platform/feed/leaf.h"
#include "platform/hash.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::feed {
namespace {

nlohmann::json SignedFields(const common::v1::SignedTreeHead& head) {
  return {{"epoch", head.epoch()},
          {"tree_size", absl::StrCat(head.tree_size())},
          {"root_hash", platform::ToHex(head.root_hash())},
          {"sign_time", Rfc3339(platform::FromTimestamp(head.sign_time()))},
          {"key_id", head.key_id()}};
}

// The member as text, or nullptr.
const std::string* Member(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace

absl::StatusOr<std::string> SignedContent(const common::v1::SignedTreeHead& head) {
  return platform::CanonicalJson(SignedFields(head));
}

absl::StatusOr<common::v1::SignedTreeHead> SignTreeHead(const platform::SigningKey& key,
                                                        std::string epoch, int64_t tree_size,
                                                        std::string root_hash, absl::Time now) {
  common::v1::SignedTreeHead head;
  head.set_epoch(std::move(epoch));
  head.set_tree_size(tree_size);
  head.set_root_hash(std::move(root_hash));
  // What is stored keeps microseconds.
  *head.mutable_sign_time() = platform::ToTimestamp(absl::FromUnixMicros(absl::ToUnixMicros(now)));
  head.set_key_id(key.key_id());
  ASSIGN_OR_RETURN(const std::string content, SignedContent(head));
  ASSIGN_OR_RETURN(*head.mutable_signature(), key.SignBytes(content));
  return head;
}

absl::Status CheckTreeHead(const common::v1::SignedTreeHead& head, const SignatureCheck& check) {
  ASSIGN_OR_RETURN(const std::string content, SignedContent(head));
  return check(head.key_id(), content, head.signature());
}

absl::StatusOr<std::string> TreeHeadLine(const common::v1::SignedTreeHead& head) {
  nlohmann::json line = SignedFields(head);
  line["signature"] = platform::ToHex(head.signature());
  return platform::CanonicalJson(line);
}

absl::StatusOr<common::v1::SignedTreeHead> ParseTreeHeadLine(std::string_view line) {
  const auto malformed = [] { return absl::InvalidArgumentError("not a signed tree head"); };
  const nlohmann::json json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return malformed();
  const std::string* const epoch = Member(json, "epoch");
  const std::string* const tree_size = Member(json, "tree_size");
  const std::string* const root_hash = Member(json, "root_hash");
  const std::string* const sign_time = Member(json, "sign_time");
  const std::string* const key_id = Member(json, "key_id");
  const std::string* const signature = Member(json, "signature");
  if (!epoch || !tree_size || !root_hash || !sign_time || !key_id || !signature) return malformed();
  common::v1::SignedTreeHead head;
  int64_t size = 0;
  absl::Time time;
  std::string time_error;
  if (!absl::SimpleAtoi(*tree_size, &size) || size < 0 ||
      !absl::ParseTime(absl::RFC3339_full, *sign_time, &time, &time_error)) {
    return malformed();
  }
  head.set_epoch(*epoch);
  head.set_tree_size(size);
  head.set_root_hash(platform::FromHex(*root_hash));
  *head.mutable_sign_time() = platform::ToTimestamp(time);
  head.set_key_id(*key_id);
  head.set_signature(platform::FromHex(*signature));
  if (head.root_hash().size() != 32 || head.signature().empty()) return malformed();
  return head;
}

TreeHeadFile ParseTreeHeadFile(std::string_view text) {
  TreeHeadFile file;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.empty()) continue;
    absl::StatusOr<common::v1::SignedTreeHead> head = ParseTreeHeadLine(line);
    if (head.ok()) {
      file.heads.push_back(*std::move(head));
    } else if (!text.starts_with(line) && end != std::string_view::npos) {
      file.malformed_lines.push_back(number);
    }
  }
  return file;
}

}  // namespace thidua::feed
