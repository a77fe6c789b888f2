// The list of access keys as its publisher signs it. Whoever answers on the publisher's port can
// send a list; only the publisher can sign one.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/keys.h"
#include "platform/token.h"

namespace thidua::platform {

// The JWKS with one member more, which RFC 7517 allows:
//   "thidua_signature": {"kid": <key id>, "iat": <seconds since 1970>, "sig": <base64url>}
// sig: Ed25519 over the canonical JSON (json.h) of {"iat", "keys", "kid", "use": "jwks"}; "use"
// keeps it apart from whatever else the key signs.
absl::StatusOr<std::string> SignJwks(const std::string& jwks, const SigningKey& key,
                                     absl::Time now);

struct SignedAccessKeys {
  KeyList keys;  // as ParseAccessKeys takes them
  absl::Time issued;
};
// Refused unless a key of `trusted` whose use is `publisher` ("service:campaign") has signed it.
// How old it may be is for the caller to say.
absl::StatusOr<SignedAccessKeys> OpenSignedJwks(const std::string& text, const KeyList& trusted,
                                                std::string_view publisher);

}  // namespace thidua::platform
