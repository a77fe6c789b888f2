#include "campaign/access/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "platform/hash.h"

namespace thidua::campaign::access {

std::string NewSecret() {
  std::array<unsigned char, 32> bytes;
  // Without randomness there is no secret, and nothing sensible to go on with.
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) std::abort();
  return absl::WebSafeBase64Escape(std::string(bytes.begin(), bytes.end()));
}

std::string HashOf(std::string_view secret) { return platform::Sha256(secret); }

bool Matches(std::string_view secret, std::string_view hash) {
  const std::string wanted = HashOf(secret);
  return hash.size() == wanted.size() &&
         CRYPTO_memcmp(wanted.data(), hash.data(), hash.size()) == 0;
}

}  // namespace thidua::campaign::access
