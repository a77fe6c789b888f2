// What the token endpoint gives to whom.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/token.h"

namespace thidua::campaign::access {

class TokenIssuer {
 public:
  // `key` signs access tokens; `verifier` judges the assertions of the identity provider.
  TokenIssuer(db::Pool& pool, const platform::SigningKey& key, platform::TokenVerifier& verifier)
      : pool_(pool), key_(key), verifier_(verifier) {}

  // Answers the JSON of RFC 6749 5.1 for a form, or OAuthError / TOKEN_TOO_LARGE.
  absl::StatusOr<std::string> Issue(const platform::Call& call, std::string_view form);

 private:
  // "person:<id>" of a verified assertion.
  absl::StatusOr<std::string> PersonOfAssertion(db::Session& session, const std::string& subject);
  absl::StatusOr<std::string> Mint(db::Session& session, const platform::Call& call,
                                   const std::string& kind, const std::string& id);
  db::Pool& pool_;
  const platform::SigningKey& key_;
  platform::TokenVerifier& verifier_;
};

}  // namespace thidua::campaign::access
