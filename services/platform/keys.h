// Public keys by key id, and the list of those a process trusts at this moment. The list is an
// unchanging snapshot that is swapped as a whole: who verifies a token reads no file, asks nobody
// and waits for nobody else's verification.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "platform/ed25519.h"

namespace thidua::platform {

struct TrustedKey {
  ed25519::Key key;
  std::string use;  // "access", "assertion" or "service:<name>"
  std::string jwk;  // the JWK as JSON
};
using KeyList = std::map<std::string, std::shared_ptr<const TrustedKey>>;  // by key id

// The JWKS that the operator keeps: each key must be an Ed25519 JWK with kid and thidua_use, else
// all of it is refused.
absl::StatusOr<KeyList> ParseTrustedKeys(const std::string& jwks);
// A JWKS that a token endpoint publishes: of it only keys for "access" are taken, whatever else it
// claims; keys of other kinds are passed over. Refused when no key is left.
absl::StatusOr<KeyList> ParseAccessKeys(const std::string& jwks);

// The keys of a process: those of the operator's file and those its token endpoint publishes. The
// file wins where both name a key. Thread-safe.
class KeyRing {
 public:
  void SetTrusted(KeyList keys);
  void SetPublished(KeyList keys);
  std::shared_ptr<const KeyList> keys() const;
  // Those of the operator's file alone.
  KeyList trusted() const;

  // Told, on the thread that verifies, when a token names a key that is not in the list; must be
  // quick. Set before the first verification.
  void OnUnknownKey(std::function<void()> told) { unknown_key_ = std::move(told); }
  void NoteUnknownKey() const {
    if (unknown_key_ != nullptr) unknown_key_();
  }

 private:
  void Swap(KeyList* kept, KeyList keys);
  std::function<void()> unknown_key_;
  mutable absl::Mutex setting_;  // one that sets at a time
  KeyList trusted_ ABSL_GUARDED_BY(setting_);
  KeyList published_ ABSL_GUARDED_BY(setting_);
  // Held for the copy of a pointer only.
  mutable absl::Mutex mutex_;
  std::shared_ptr<const KeyList> keys_ ABSL_GUARDED_BY(mutex_) = std::make_shared<KeyList>();
};

}  // namespace thidua::platform
