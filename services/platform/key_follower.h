// Keeps a process's keys fresh beside its calls: the operator's file, and the keys that the token
// endpoint publishes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/background.h"
#include "platform/client.h"
#include "platform/clock.h"
#include "platform/keys.h"
#include "platform/log.h"
#include "platform/retry_pace.h"

namespace thidua::platform {

// Where the published keys come from: the signed JWKS (see signed_jwks.h). May block for a few
// seconds.
using JwksSource = std::function<absl::StatusOr<std::string>()>;

// campaign's AccessService.GetJwks; null without a channel.
JwksSource JwksOfCampaign(PeerChannel campaign);

struct KeyFollowerOptions {
  std::string trusted_file;                      // required: the operator's JWKS
  JwksSource published;                          // null: the file is all there is
  std::string cache_file;                        // copy of what was published last; empty: none
  std::string publisher = "service:campaign";    // whose key of the file must have signed the list
  absl::Duration max_age = absl::Hours(7 * 24);  // of the copy, by the time when it was signed
  absl::Duration fresh = absl::Minutes(10);      // of a list that was asked for
  absl::Duration look = absl::Seconds(1);        // how often the file is looked at
  absl::Duration fetch = absl::Minutes(5);       // how often the published keys are asked for
  absl::Duration at_least = absl::Seconds(5);    // between two fetches, whatever tokens arrive
};

class KeyFollower final : public BackgroundTask {
 public:
  // All must outlive it.
  KeyFollower(KeyFollowerOptions options, KeyRing& ring, const Clock& clock, const Logger& log);

  // Before Run: reads the operator's file, which must be there, and the cached copy, which may be.
  absl::Status Load();
  // Before Run, after Load: adds the published keys to the file's. Only a list that the publisher
  // signed is taken, from the source and from the copy: while the publisher is away anybody on this
  // machine can listen on its port.
  void Follow(JwksSource published, std::string cache_file);

  std::string name() const override { return "keys"; }
  // Reads again what has changed; asks at once when a token names an unknown key. A failure keeps
  // the keys there are and is logged once.
  void Run() override;
  void Stop() override;

 private:
  using FileStamp = std::pair<int64_t, int64_t>;
  absl::Status ReadTrusted();
  void ReadCache();
  absl::Status Take(const std::string& text, absl::Duration oldest);
  void LookAtFile();
  void Fetch(absl::Time now);
  absl::Status FetchOnce();
  void NoteTransition(bool* failing, const absl::Status& status, const char* what);
  bool Roused() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopped_ || (unknown_key_ && !resting_);
  }

  KeyFollowerOptions options_;
  KeyRing& ring_;
  const Clock& clock_;
  const Logger& log_;
  FileStamp stamp_ = {0, 0};
  std::string cached_;
  absl::Time issued_ = absl::InfinitePast();  // of the list that was taken last
  absl::Time next_fetch_ = absl::InfinitePast();
  absl::Time last_look_ = absl::InfinitePast();
  RetryPace pace_;
  bool file_failing_ = false;
  bool fetch_failing_ = false;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool unknown_key_ ABSL_GUARDED_BY(mutex_) = false;
  bool resting_ ABSL_GUARDED_BY(mutex_) = false;  // too soon after the last fetch
};

}  // namespace thidua::platform
