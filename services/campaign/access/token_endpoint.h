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
  // `key` signs access tokens; its public half must be trusted for "access".
  TokenEndpoint(db::Pool& pool, platform::TokenVerifier& verifier,
                std::shared_ptr<platform::SigningKey> key)
      : pool_(pool), verifier_(verifier), key_(std::move(key)) {}

  // The JSON answer to a form (see AccessService.IssueToken).
  absl::StatusOr<std::string> Answer(const platform::Call& call, std::string_view form);
  std::string Jwks() const { return verifier_.PublicJwks(); }

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
};

}  // namespace thidua::campaign::access
