// Bearer tokens: JSON Web Tokens signed with Ed25519 (EdDSA), verified locally.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/call.h"
#include "platform/clock.h"
#include "platform/keys.h"

namespace thidua::platform {

// Claims of an access token besides iss, aud, iat, exp and jti.
// JSON: {"sub": subject, "grants": [{"u": unit_id, "p": [permissions]}]}.
struct AccessClaims {
  std::string subject;
  std::vector<Grant> grants;
};

// A private key with its id, from a PEM file (PKCS#8). Signs access tokens, assertions and tree
// heads.
class SigningKey {
 public:
  static absl::StatusOr<std::shared_ptr<SigningKey>> Load(const std::string& pem_file);
  // Makes a new key and writes it with mode 0600.
  static absl::StatusOr<std::shared_ptr<SigningKey>> Generate(const std::string& pem_file);
  virtual ~SigningKey() = default;
  virtual const std::string& key_id() const = 0;  // RFC 7638 thumbprint
  virtual std::string public_jwk() const = 0;     // one JWK as JSON with kid
  virtual absl::StatusOr<std::string> SignBytes(std::string_view bytes) const = 0;  // 64 bytes
  virtual absl::StatusOr<std::string> SignJwt(std::string_view claims_json) const = 0;
};

// Public keys by key id. Each key has "thidua_use" in its JWK: "access" (the token endpoint), or
// "service:<name>" (that service's own tokens and tree heads), or "assertion" (people's identity
// provider; never an access token).
class TokenVerifier {
 public:
  // With the keys of a JWKS file, read once. For tools and tests.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> FromFile(const std::string& jwks_file,
                                                                 const Clock& clock);
  // With the keys that the ring holds at the moment; a KeyFollower keeps them fresh.
  static std::unique_ptr<TokenVerifier> New(std::shared_ptr<const KeyRing> ring,
                                            const Clock& clock);
  virtual ~TokenVerifier() = default;
  // "Bearer …" or the bare token → principal. UNAUTHENTICATED with TOKEN_MISSING, TOKEN_MALFORMED,
  // TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, TOKEN_SIGNATURE, TOKEN_KEY_UNKNOWN, TOKEN_AUDIENCE.
  // alg must be EdDSA, aud "thidua", iss "thidua"; 30 s leeway. At most 16 KiB.
  virtual absl::StatusOr<Principal> VerifyAccess(std::string_view bearer) = 0;
  // An assertion (RFC 7523) for the token endpoint: signed by an "assertion" key, aud
  // "thidua-token", living at most 10 minutes. Returns its subject.
  virtual absl::StatusOr<std::string> VerifyAssertion(std::string_view jwt) = 0;
  // A signature over bytes by the named key, for tree heads.
  virtual absl::Status VerifyBytes(std::string_view key_id, std::string_view bytes,
                                   std::string_view signature) = 0;
  // The public JWKS (use "access" only) as JSON.
  virtual std::string PublicJwks() const = 0;
};

// UNAUTHENTICATED TOKEN_EXPIRED: at the door, and at the end of a stream that outlives its token.
absl::Status TokenExpired();

// Makes an access token: iss and aud "thidua", jti random.
absl::StatusOr<std::string> MintAccessToken(const SigningKey& key, const AccessClaims& claims,
                                            absl::Time now, absl::Duration lifetime);
// Makes an assertion for the token endpoint.
absl::StatusOr<std::string> MintAssertion(const SigningKey& key, std::string_view subject,
                                          absl::Time now);

// Where a process gets the token it sends to peers.
class TokenSource {
 public:
  virtual ~TokenSource() = default;
  virtual absl::StatusOr<std::string> Token() = 0;
};
// A service's own tokens: signed with its key, 10 minutes each, renewed in time. They hold
// "*.feed.read" and
// "*.service.read" everywhere and nothing else.
std::shared_ptr<TokenSource> NewServiceTokenSource(std::string service_name,
                                                   std::shared_ptr<SigningKey> key,
                                                   const Clock& clock);

}  // namespace thidua::platform
