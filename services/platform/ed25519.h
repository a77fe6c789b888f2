// Ed25519 keys through OpenSSL, and their JWK form (RFC 8037).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct evp_pkey_st;

namespace thidua::platform::ed25519 {

struct KeyDeleter {
  void operator()(evp_pkey_st* key) const;
};
using Key = std::unique_ptr<evp_pkey_st, KeyDeleter>;

absl::StatusOr<Key> Generate();
absl::StatusOr<Key> LoadPrivatePem(const std::string& file);
// Written with mode 0600, whole or not at all.
absl::Status WritePrivatePem(evp_pkey_st* key, const std::string& file);
// 32 bytes.
absl::StatusOr<std::string> PublicBytes(evp_pkey_st* key);
absl::StatusOr<Key> FromPublicBytes(std::string_view bytes);
// 64 bytes.
absl::StatusOr<std::string> Sign(evp_pkey_st* key, std::string_view bytes);
bool Verify(evp_pkey_st* key, std::string_view bytes, std::string_view signature);
// RFC 7638 thumbprint of the public key, base64url: the key id everywhere.
std::string Thumbprint(std::string_view public_bytes);

// base64url without padding (RFC 7515). Decode answers false on any other character.
std::string Base64Url(std::string_view bytes);
bool DecodeBase64Url(std::string_view text, std::string* bytes);

}  // namespace thidua::platform::ed25519
