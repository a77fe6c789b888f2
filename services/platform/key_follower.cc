#include "platform/key_follower.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/synchronization/notification.h"
#include "google/api/httpbody.pb.h"
#include "google/protobuf/empty.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "platform/replace_file.h"
#include "platform/signed_jwks.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

constexpr absl::Duration kFetchTime = absl::Seconds(3);

absl::StatusOr<std::string> ReadFile(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return absl::NotFoundError("cannot read " + file);
  return text.str();
}

// campaign runs on this machine, so its clock is ours, but for the seconds of a correction.
constexpr absl::Duration kAhead = absl::Minutes(1);

}  // namespace

JwksSource JwksOfCampaign(PeerChannel campaign) {
  if (campaign.channel == nullptr) return nullptr;
  return [campaign = std::move(campaign)]() -> absl::StatusOr<std::string> {
    grpc::ClientContext context;
    RETURN_IF_ERROR(PrepareContext(campaign, kFetchTime, &context));
    const google::protobuf::Empty request;  // on the wire the same as GetJwksRequest
    google::api::HttpBody answer;
    grpc::Status status;
    absl::Notification done;
    grpc::TemplatedGenericStub<google::protobuf::Empty, google::api::HttpBody> stub(
        campaign.channel);
    stub.UnaryCall(&context, "/thidua.campaign.v1.AccessService/GetJwks", {}, &request, &answer,
                   [&](grpc::Status answered) {
                     status = std::move(answered);
                     done.Notify();
                   });
    done.WaitForNotification();
    if (!status.ok()) return FromGrpc(status);
    return answer.data();
  };
}

KeyFollower::KeyFollower(KeyFollowerOptions options, KeyRing& ring, const Clock& clock,
                         const Logger& log)
    : options_(std::move(options)),
      ring_(ring),
      clock_(clock),
      log_(log),
      pace_(std::min(absl::Seconds(1), options_.fetch),
            std::min(absl::Minutes(1), options_.fetch)) {
  ring_.OnUnknownKey([this] {
    absl::MutexLock lock(&mutex_);
    unknown_key_ = true;
  });
}

absl::Status KeyFollower::Load() {
  RETURN_IF_ERROR(ReadTrusted());
  if (options_.published != nullptr) ReadCache();
  return absl::OkStatus();
}

void KeyFollower::Follow(JwksSource published, std::string cache_file) {
  if (published == nullptr) return;
  options_.published = std::move(published);
  options_.cache_file = std::move(cache_file);
  ReadCache();
}

void KeyFollower::Run() {
  for (;;) {
    const absl::Time now = clock_.Now();
    bool asked = false;
    {
      absl::MutexLock lock(&mutex_);
      if (stopped_) return;
      asked = unknown_key_ && now >= last_look_ + options_.at_least;
      if (asked) {
        unknown_key_ = false;
        last_look_ = now;
      }
    }
    LookAtFile();
    if (options_.published != nullptr && (asked || now >= next_fetch_)) {
      last_look_ = now;
      Fetch(now);
    }
    absl::MutexLock lock(&mutex_);
    resting_ = clock_.Now() < last_look_ + options_.at_least;
    mutex_.AwaitWithTimeout(absl::Condition(this, &KeyFollower::Roused), options_.look);
  }
}

void KeyFollower::Stop() {
  absl::MutexLock lock(&mutex_);
  stopped_ = true;
}

absl::Status KeyFollower::ReadTrusted() {
  struct stat info {};
  if (::stat(options_.trusted_file.c_str(), &info) != 0) {
    return absl::NotFoundError("key list " + options_.trusted_file + " is missing");
  }
  const FileStamp stamp = {info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
  if (stamp == stamp_) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string text, ReadFile(options_.trusted_file));
  ASSIGN_OR_RETURN(KeyList keys, ParseTrustedKeys(text));
  ring_.SetTrusted(std::move(keys));
  stamp_ = stamp;
  return absl::OkStatus();
}

void KeyFollower::ReadCache() {
  const absl::StatusOr<std::string> text = ReadFile(options_.cache_file);
  if (!text.ok()) return;  // the first start
  const absl::Status taken = Take(*text, options_.max_age);
  if (!taken.ok()) {
    log_.Warning("copy of published keys is refused",
                 {{"file", options_.cache_file}, {"detail", std::string(taken.message())}});
    return;
  }
  cached_ = *text;
}

absl::Status KeyFollower::Take(const std::string& text, absl::Duration oldest) {
  ASSIGN_OR_RETURN(SignedAccessKeys list,
                   OpenSignedJwks(text, ring_.trusted(), options_.publisher));
  const absl::Time now = clock_.Now();
  // Once signed, always signed: without these an impostor could send a list of earlier, with a key
  // that has been given up since.
  if (list.issued < now - oldest) {
    return absl::UnauthenticatedError("the list of keys is too old");
  }
  if (list.issued > now + kAhead) {
    return absl::UnauthenticatedError("the list of keys is of a time to come");
  }
  if (list.issued < issued_) {
    return absl::UnauthenticatedError("the list of keys is older than the one there is");
  }
  ring_.SetPublished(std::move(list.keys));
  issued_ = list.issued;
  return absl::OkStatus();
}

void KeyFollower::LookAtFile() { NoteTransition(&file_failing_, ReadTrusted(), "trusted keys"); }

void KeyFollower::Fetch(absl::Time now) {
  const absl::Status status = FetchOnce();
  NoteTransition(&fetch_failing_, status, "published keys");
  if (status.ok()) pace_.Succeeded();
  next_fetch_ = now + (status.ok() ? options_.fetch : pace_.Failed());
}

absl::Status KeyFollower::FetchOnce() {
  ASSIGN_OR_RETURN(std::string text, options_.published());
  RETURN_IF_ERROR(Take(text, options_.fresh));
  if (text == cached_ || options_.cache_file.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(ReplaceFile(options_.cache_file, text));
  cached_ = std::move(text);
  return absl::OkStatus();
}

void KeyFollower::NoteTransition(bool* failing, const absl::Status& status, const char* what) {
  if (*failing == !status.ok()) return;
  *failing = !status.ok();
  log_.Write(*failing ? Severity::kWarning : Severity::kInfo,
             *failing ? "keys cannot be read again" : "keys are read again",
             {{"keys", what}, {"detail", std::string(status.message())}});
}

}  // namespace thidua::platform
