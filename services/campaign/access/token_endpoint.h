// The token endpoint: who proves to be somebody gets a token with the rights of the moment.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/token.h"

namespace thidua::campaign::access {

class TokenEndpoint {
 public:
  // `key` signs access tokens; its public half must be trusted for "access". `service_key` is that
  // of this service and signs the list of public keys.
  TokenEndpoint(db::Pool& pool, platform::TokenVerifier& verifier,
                std::shared_ptr<platform::SigningKey> key,
                std::shared_ptr<platform::SigningKey> service_key)
      : pool_(pool),
        verifier_(verifier),
        key_(std::move(key)),
        service_key_(std::move(service_key)) {}

  // The JSON answer to a form (see AccessService.IssueToken).
  absl::StatusOr<std::string> Answer(const platform::Call& call, std::string_view form);
  // The public keys, signed (see platform/signed_jwks.h).
  absl::StatusOr<std::string> Jwks(const platform::Call& call) const;

 private:
  struct Subject {
    std::string kind;  // "person" or "client"
    std::string id;
  };
  absl::StatusOr<Subject> FromAssertion(const platform::Call& call, const std::string& assertion);
  absl::StatusOr<Subject> FromClientSecret(const platform::Call& call, const std::string& client_id,
                                           const std::string& client_secret);
  absl::StatusOr<std::string> TokenFor(const platform::Call& call, const Subject& subject);

  db::Pool& pool_;
  platform::TokenVerifier& verifier_;
  const std::shared_ptr<platform::SigningKey> key_;
  const std::shared_ptr<platform::SigningKey> service_key_;
};

}  // namespace thidua::campaign::access
