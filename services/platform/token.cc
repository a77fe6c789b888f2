#include "platform/token.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "nlohmann/json.hpp"
#include "platform/ed25519.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

using nlohmann::json;

constexpr char kIssuer[] = "thidua";
constexpr char kAccessAudience[] = "thidua";
constexpr char kAssertionAudience[] = "thidua-token";
constexpr size_t kLongestToken = size_t{16} * 1024;
constexpr absl::Duration kLeeway = absl::Seconds(30);
constexpr int64_t kLongestAssertionSeconds = 600;

absl::Status Refused(std::string_view reason, Text text) {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kUnauthenticated;
  spec.reason = std::string(reason);
  spec.text = std::move(text);
  return MakeError(spec);
}

absl::Status Malformed() {
  return Refused("TOKEN_MALFORMED", {"Mã truy cập không đúng dạng", "The token is malformed"});
}

class FileSigningKey final : public SigningKey {
 public:
  FileSigningKey(ed25519::Key key, std::string public_bytes)
      : key_(std::move(key)),
        public_bytes_(std::move(public_bytes)),
        key_id_(ed25519::Thumbprint(public_bytes_)) {}
  const std::string& key_id() const override { return key_id_; }
  std::string public_jwk() const override {
    return json{{"kty", "OKP"},   {"crv", "Ed25519"}, {"x", ed25519::Base64Url(public_bytes_)},
                {"kid", key_id_}, {"alg", "EdDSA"},   {"use", "sig"}}
        .dump();
  }
  absl::StatusOr<std::string> SignBytes(std::string_view bytes) const override {
    return ed25519::Sign(key_.get(), bytes);
  }
  absl::StatusOr<std::string> SignJwt(std::string_view claims_json) const override {
    const std::string header = json{{"alg", "EdDSA"}, {"typ", "JWT"}, {"kid", key_id_}}.dump();
    const std::string signed_part =
        ed25519::Base64Url(header) + "." + ed25519::Base64Url(claims_json);
    ASSIGN_OR_RETURN(const std::string signature, SignBytes(signed_part));
    return signed_part + "." + ed25519::Base64Url(signature);
  }

 private:
  const ed25519::Key key_;
  const std::string public_bytes_;
  const std::string key_id_;
};

absl::StatusOr<std::shared_ptr<SigningKey>> Wrap(ed25519::Key key) {
  ASSIGN_OR_RETURN(std::string public_bytes, ed25519::PublicBytes(key.get()));
  return std::make_shared<FileSigningKey>(std::move(key), std::move(public_bytes));
}

struct VerifiedJwt {
  std::string use;
  json claims;
};

class RingTokenVerifier final : public TokenVerifier {
 public:
  RingTokenVerifier(std::shared_ptr<const KeyRing> ring, const Clock& clock)
      : ring_(std::move(ring)), clock_(clock) {}

  absl::StatusOr<Principal> VerifyAccess(std::string_view bearer) override {
    if (bearer.empty()) {
      return Refused("TOKEN_MISSING", {"Thiếu mã truy cập (Authorization: Bearer …)",
                                       "No token was sent (Authorization: Bearer …)"});
    }
    constexpr std::string_view kBearer = "Bearer ";
    if (bearer.substr(0, kBearer.size()) == kBearer) bearer.remove_prefix(kBearer.size());
    ASSIGN_OR_RETURN(const VerifiedJwt jwt, Verify(bearer, kAccessAudience));
    const bool by_service = jwt.use.rfind("service:", 0) == 0;
    if (jwt.use != "access" && !by_service) {
      return Refused("TOKEN_KEY_UNKNOWN", {"Khóa ký không dùng cho mã truy cập",
                                           "The signing key is not one for access tokens"});
    }
    return ToPrincipal(jwt, by_service);
  }

  absl::StatusOr<std::string> VerifyAssertion(std::string_view text) override {
    ASSIGN_OR_RETURN(const VerifiedJwt jwt, Verify(text, kAssertionAudience));
    if (jwt.use != "assertion") {
      return Refused("TOKEN_KEY_UNKNOWN", {"Khóa ký không dùng cho chứng thực",
                                           "The signing key is not one for assertions"});
    }
    const int64_t lifetime =
        jwt.claims.value("exp", int64_t{0}) - jwt.claims.value("iat", int64_t{0});
    if (lifetime > kLongestAssertionSeconds) return Malformed();
    return jwt.claims.value("sub", "");
  }

  absl::Status VerifyBytes(std::string_view key_id, std::string_view bytes,
                           std::string_view signature) override {
    const std::shared_ptr<const KeyList> keys = ring_->keys();
    const auto found = keys->find(std::string(key_id));
    if (found == keys->end()) return absl::NotFoundError("unknown key " + std::string(key_id));
    if (!ed25519::Verify(found->second->key.get(), bytes, signature)) {
      return absl::DataLossError("the signature does not fit");
    }
    return absl::OkStatus();
  }

  std::string PublicJwks() const override {
    json listed = json::array();
    const std::shared_ptr<const KeyList> keys = ring_->keys();
    for (const auto& [kid, key] : *keys) {
      if (key->use == "access") listed.push_back(json::parse(key->jwk));
    }
    return json{{"keys", listed}}.dump();
  }

 private:
  absl::StatusOr<VerifiedJwt> Verify(std::string_view text, std::string_view audience) {
    if (text.size() > kLongestToken) return Malformed();
    const size_t first = text.find('.');
    const size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
      return Malformed();
    }
    std::string header_text;
    std::string claims_text;
    std::string signature;
    if (!ed25519::DecodeBase64Url(text.substr(0, first), &header_text) ||
        !ed25519::DecodeBase64Url(text.substr(first + 1, second - first - 1), &claims_text) ||
        !ed25519::DecodeBase64Url(text.substr(second + 1), &signature)) {
      return Malformed();
    }
    const json header = json::parse(header_text, nullptr, false);
    json claims = json::parse(claims_text, nullptr, false);
    if (!header.is_object() || !claims.is_object() || !header.contains("alg") ||
        header["alg"] != "EdDSA" || !header.contains("kid") || !header["kid"].is_string()) {
      return Malformed();
    }
    const std::shared_ptr<const KeyList> keys = ring_->keys();
    const auto found = keys->find(header["kid"].get<std::string>());
    if (found == keys->end()) {
      ring_->NoteUnknownKey();
      return Refused("TOKEN_KEY_UNKNOWN",
                     {"Khóa ký không được tin cậy", "The signing key is not trusted"});
    }
    if (!ed25519::Verify(found->second->key.get(), text.substr(0, second), signature)) {
      return Refused("TOKEN_SIGNATURE",
                     {"Chữ ký của mã truy cập không đúng", "The token's signature does not fit"});
    }
    VerifiedJwt jwt;
    jwt.use = found->second->use;
    RETURN_IF_ERROR(CheckClaims(claims, audience));
    jwt.claims = std::move(claims);
    return jwt;
  }

  absl::Status CheckClaims(const json& claims, std::string_view audience) const {
    const auto is_int = [&](const char* key) {
      return claims.contains(key) && claims[key].is_number_integer();
    };
    const auto is_text = [&](const char* key) {
      return claims.contains(key) && claims[key].is_string();
    };
    if (!is_int("exp") || !is_int("iat") || !is_text("sub") || !is_text("iss") || !is_text("aud") ||
        claims["sub"].get<std::string>().empty() || claims["iss"] != kIssuer) {
      return Malformed();
    }
    if (claims["aud"].get<std::string>() != audience) {
      return Refused("TOKEN_AUDIENCE", {"Mã truy cập không dành cho nơi này",
                                        "The token is meant for another audience"});
    }
    const absl::Time now = clock_.Now();
    if (now > ValidUntil(claims)) return TokenExpired();
    const absl::Time not_before =
        absl::FromUnixSeconds(claims[is_int("nbf") ? "nbf" : "iat"].get<int64_t>());
    if (now + kLeeway < not_before) {
      return Refused("TOKEN_NOT_YET_VALID",
                     {"Mã truy cập chưa có hiệu lực", "The token is not valid yet"});
    }
    return absl::OkStatus();
  }

  static absl::Time ValidUntil(const json& claims) {
    return absl::FromUnixSeconds(claims["exp"].get<int64_t>()) + kLeeway;
  }

  static absl::StatusOr<Principal> ToPrincipal(const VerifiedJwt& jwt, bool by_service) {
    Principal principal;
    principal.valid_until = ValidUntil(jwt.claims);
    principal.subject = jwt.claims["sub"].get<std::string>();
    const size_t colon = principal.subject.find(':');
    const std::string kind = principal.subject.substr(0, colon);
    // A service's key speaks for that service alone, and nobody else speaks for a service.
    if (by_service ? jwt.use != principal.subject : kind == "service") {
      return Refused("TOKEN_KEY_UNKNOWN", {"Khóa ký không được phép ký cho chủ thể này",
                                           "The signing key may not speak for this subject"});
    }
    if (kind == "service") {
      principal.kind = PrincipalKind::kService;
    } else if (kind == "person" && colon != std::string::npos) {
      principal.kind = PrincipalKind::kPerson;
      principal.person_id = principal.subject.substr(colon + 1);
    } else if (kind == "client" && colon != std::string::npos) {
      principal.kind = PrincipalKind::kClient;
    } else {
      return Malformed();
    }
    const json& grants = jwt.claims.contains("grants") ? jwt.claims["grants"] : json::array();
    if (!grants.is_array()) return Malformed();
    for (const json& grant : grants) {
      if (!grant.is_object() || !grant.contains("u") || !grant["u"].is_string() ||
          !grant.contains("p") || !grant["p"].is_array()) {
        return Malformed();
      }
      Grant out{grant["u"].get<std::string>(), {}};
      for (const json& permission : grant["p"]) {
        if (!permission.is_string()) return Malformed();
        out.permissions.push_back(permission.get<std::string>());
      }
      principal.grants.push_back(std::move(out));
    }
    return principal;
  }

  const std::shared_ptr<const KeyRing> ring_;
  const Clock& clock_;
};

json Claims(std::string_view subject, const char* audience, absl::Time now,
            absl::Duration lifetime) {
  const int64_t seconds = absl::ToUnixSeconds(now);
  return json{{"iss", kIssuer},
              {"aud", audience},
              {"sub", subject},
              {"iat", seconds},
              {"exp", seconds + absl::ToInt64Seconds(lifetime)},
              {"jti", NewId(now)}};
}

class ServiceTokenSource final : public TokenSource {
 public:
  ServiceTokenSource(std::string name, std::shared_ptr<SigningKey> key, const Clock& clock)
      : name_(std::move(name)), key_(std::move(key)), clock_(clock) {}
  absl::StatusOr<std::string> Token() override {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = clock_.Now();
    if (now >= renew_) {
      AccessClaims claims{"service:" + name_, {{"*", {"*.feed.read", "*.service.read"}}}};
      ASSIGN_OR_RETURN(token_, MintAccessToken(*key_, claims, now, absl::Minutes(10)));
      renew_ = now + absl::Minutes(8);
    }
    return token_;
  }

 private:
  const std::string name_;
  const std::shared_ptr<SigningKey> key_;
  const Clock& clock_;
  absl::Mutex mutex_;
  std::string token_ ABSL_GUARDED_BY(mutex_);
  absl::Time renew_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace

absl::Status TokenExpired() {
  return Refused("TOKEN_EXPIRED", {"Mã truy cập đã hết hạn", "The token has expired"});
}

absl::StatusOr<std::shared_ptr<SigningKey>> SigningKey::Load(const std::string& pem_file) {
  ASSIGN_OR_RETURN(ed25519::Key key, ed25519::LoadPrivatePem(pem_file));
  return Wrap(std::move(key));
}

absl::StatusOr<std::shared_ptr<SigningKey>> SigningKey::Generate(const std::string& pem_file) {
  ASSIGN_OR_RETURN(ed25519::Key key, ed25519::Generate());
  RETURN_IF_ERROR(ed25519::WritePrivatePem(key.get(), pem_file));
  return Wrap(std::move(key));
}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::FromFile(const std::string& jwks_file,
                                                                       const Clock& clock) {
  std::ifstream in(jwks_file);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return absl::NotFoundError("key list " + jwks_file + " is missing");
  ASSIGN_OR_RETURN(KeyList keys, ParseTrustedKeys(text.str()));
  auto ring = std::make_shared<KeyRing>();
  ring->SetTrusted(std::move(keys));
  return New(std::move(ring), clock);
}

std::unique_ptr<TokenVerifier> TokenVerifier::New(std::shared_ptr<const KeyRing> ring,
                                                  const Clock& clock) {
  return std::make_unique<RingTokenVerifier>(std::move(ring), clock);
}

absl::StatusOr<std::string> MintAccessToken(const SigningKey& key, const AccessClaims& claims,
                                            absl::Time now, absl::Duration lifetime) {
  json body = Claims(claims.subject, kAccessAudience, now, lifetime);
  body["grants"] = json::array();
  for (const Grant& grant : claims.grants) {
    body["grants"].push_back(json{{"u", grant.unit_id}, {"p", grant.permissions}});
  }
  return key.SignJwt(body.dump());
}

absl::StatusOr<std::string> MintAssertion(const SigningKey& key, std::string_view subject,
                                          absl::Time now) {
  return key.SignJwt(Claims(subject, kAssertionAudience, now, absl::Minutes(5)).dump());
}

std::shared_ptr<TokenSource> NewServiceTokenSource(std::string service_name,
                                                   std::shared_ptr<SigningKey> key,
                                                   const Clock& clock) {
  return std::make_shared<ServiceTokenSource>(std::move(service_name), std::move(key), clock);
}

}  // namespace thidua::platform
