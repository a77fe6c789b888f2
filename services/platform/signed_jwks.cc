#include "platform/signed_jwks.h"

#include <cstdint>
#include <utility>

#include "nlohmann/json.hpp"
#include "platform/ed25519.h"
#include "platform/json.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

using nlohmann::json;

constexpr char kMember[] = "thidua_signature";
// What a stranger sends is read before its signature can be looked at: neither its size nor its
// depth (canonical JSON goes down by recursion) may do harm.
constexpr size_t kLargest = size_t{256} * 1024;
constexpr int kDeepest = 8;
constexpr int64_t kLatest = 253'402'300'799;  // the end of the year 9999

absl::StatusOr<json> ParseShallow(const std::string& text) {
  if (text.size() > kLargest) return absl::InvalidArgumentError("a JWKS that is too large");
  bool deep = false;
  json parsed = json::parse(
      text,
      [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > kDeepest;
        return !deep;
      },
      /*allow_exceptions=*/false);
  if (deep || !parsed.is_object() || !parsed.contains("keys")) {
    return absl::InvalidArgumentError("not a JWKS document");
  }
  return parsed;
}

absl::StatusOr<std::string> SignedContent(const json& keys, const std::string& kid, int64_t iat) {
  return CanonicalJson({{"iat", iat}, {"keys", keys}, {"kid", kid}, {"use", "jwks"}});
}

std::string Text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

absl::StatusOr<std::string> SignJwks(const std::string& jwks, const SigningKey& key,
                                     absl::Time now) {
  ASSIGN_OR_RETURN(json list, ParseShallow(jwks));
  const int64_t iat = absl::ToUnixSeconds(now);
  ASSIGN_OR_RETURN(const std::string content, SignedContent(list["keys"], key.key_id(), iat));
  ASSIGN_OR_RETURN(const std::string signature, key.SignBytes(content));
  list[kMember] = {{"kid", key.key_id()}, {"iat", iat}, {"sig", ed25519::Base64Url(signature)}};
  return list.dump();
}

absl::StatusOr<SignedAccessKeys> OpenSignedJwks(const std::string& text, const KeyList& trusted,
                                                std::string_view publisher) {
  ASSIGN_OR_RETURN(const json list, ParseShallow(text));
  const auto member = list.find(kMember);
  if (member == list.end() || !member->is_object()) {
    return absl::UnauthenticatedError("the list of keys is not signed");
  }
  const auto iat = member->find("iat");
  std::string signature;
  if (iat == member->end() || !iat->is_number_unsigned() || iat->get<uint64_t>() > kLatest ||
      !ed25519::DecodeBase64Url(Text(*member, "sig"), &signature)) {
    return absl::UnauthenticatedError("the signature of the list of keys is malformed");
  }
  const std::string kid = Text(*member, "kid");
  const auto signer = trusted.find(kid);
  if (signer == trusted.end() || signer->second->use != publisher) {
    return absl::UnauthenticatedError("the list of keys is signed by a key that is not one of " +
                                      std::string(publisher));
  }
  const int64_t seconds = iat->get<int64_t>();
  ASSIGN_OR_RETURN(const std::string content, SignedContent(list["keys"], kid, seconds));
  if (!ed25519::Verify(signer->second->key.get(), content, signature)) {
    return absl::UnauthenticatedError("the signature of the list of keys does not fit");
  }
  SignedAccessKeys opened;
  // Of what was verified, not of the text: the two could read a repeated member differently.
  ASSIGN_OR_RETURN(opened.keys, ParseAccessKeys(json{{"keys", list["keys"]}}.dump()));
  opened.issued = absl::FromUnixSeconds(seconds);
  return opened;
}

}  // namespace thidua::platform
