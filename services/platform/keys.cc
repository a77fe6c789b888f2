#include "platform/keys.h"

#include <utility>

#include "nlohmann/json.hpp"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

using nlohmann::json;

// "" when there is none, or when it is no text.
std::string Text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

absl::StatusOr<json> KeysOf(const std::string& jwks) {
  json parsed = json::parse(jwks, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object() || !parsed.contains("keys") || !parsed["keys"].is_array()) {
    return absl::InvalidArgumentError("not a JWKS document");
  }
  return std::move(parsed["keys"]);
}

absl::Status AddKey(const json& jwk, KeyList* keys) {
  TrustedKey key;
  std::string bytes;
  if (jwk.is_object()) key.use = Text(jwk, "thidua_use");
  if (!jwk.is_object() || Text(jwk, "kty") != "OKP" || Text(jwk, "crv") != "Ed25519" ||
      Text(jwk, "kid").empty() || key.use.empty() ||
      !ed25519::DecodeBase64Url(Text(jwk, "x"), &bytes)) {
    return absl::InvalidArgumentError("a key that is not an Ed25519 JWK with kid and thidua_use");
  }
  ASSIGN_OR_RETURN(key.key, ed25519::FromPublicBytes(bytes));
  key.jwk = jwk.dump(-1, ' ', false, json::error_handler_t::replace);
  (*keys)[Text(jwk, "kid")] = std::make_shared<const TrustedKey>(std::move(key));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<KeyList> ParseTrustedKeys(const std::string& jwks) {
  ASSIGN_OR_RETURN(const json listed, KeysOf(jwks));
  KeyList keys;
  for (const json& jwk : listed) RETURN_IF_ERROR(AddKey(jwk, &keys));
  return keys;
}

absl::StatusOr<KeyList> ParseAccessKeys(const std::string& jwks) {
  ASSIGN_OR_RETURN(const json listed, KeysOf(jwks));
  KeyList keys;
  for (const json& jwk : listed) {
    if (!jwk.is_object() || Text(jwk, "thidua_use") != "access") continue;
    AddKey(jwk, &keys).IgnoreError();  // RFC 7517: what is not understood is passed over
  }
  if (keys.empty()) return absl::InvalidArgumentError("a JWKS without a key for access tokens");
  return keys;
}

void KeyRing::SetTrusted(KeyList keys) { Swap(&trusted_, std::move(keys)); }

void KeyRing::SetPublished(KeyList keys) { Swap(&published_, std::move(keys)); }

void KeyRing::Swap(KeyList* kept, KeyList keys) {
  absl::MutexLock setting(&setting_);
  *kept = std::move(keys);
  auto all = std::make_shared<KeyList>(trusted_);
  all->insert(published_.begin(), published_.end());  // never over a key of the file
  absl::MutexLock lock(&mutex_);
  keys_ = std::move(all);
}

std::shared_ptr<const KeyList> KeyRing::keys() const {
  absl::MutexLock lock(&mutex_);
  return keys_;
}

KeyList KeyRing::trusted() const {
  absl::MutexLock setting(&setting_);
  return trusted_;
}

}  // namespace thidua::platform
