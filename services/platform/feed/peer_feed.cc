#include "platform/feed/peer_feed.h"

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/support/client_callback.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

using common::v1::ExportSnapshotRequest;
using common::v1::ReadEventsRequest;
using common::v1::ReadEventsResponse;
using common::v1::SnapshotItem;

constexpr absl::Duration kReadTimeout = absl::Seconds(10);
constexpr absl::Duration kSnapshotTimeout = absl::Minutes(5);

// Sends one request and collects what is streamed back.
class SnapshotReactor final : public grpc::ClientBidiReactor<ExportSnapshotRequest, SnapshotItem> {
 public:
  void Begin() {
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&item_);
    StartCall();
  }
  absl::StatusOr<FeedSnapshot> Await() {
    done_.WaitForNotification();
    if (!status_.ok()) return platform::FromGrpc(status_);
    if (!complete_) return absl::DataLossError("the snapshot ended before its last item");
    return std::move(snapshot_);
  }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return;
    snapshot_.epoch = item_.epoch();
    snapshot_.position = item_.position();
    complete_ = !item_.has_event();
    if (item_.has_event()) snapshot_.events.push_back(std::move(*item_.mutable_event()));
    item_.Clear();
    StartRead(&item_);
  }
  void OnDone(const grpc::Status& status) override {
    status_ = status;
    done_.Notify();
  }

  const ExportSnapshotRequest request_;
  SnapshotItem item_;
  FeedSnapshot snapshot_;
  bool complete_ = false;
  grpc::Status status_;
  absl::Notification done_;
};

class PeerFeed final : public FeedReader {
 public:
  PeerFeed(const std::string& producer, platform::PeerChannel channel)
      : read_method_("/thidua." + producer + ".v1.FeedService/ReadEvents"),
        snapshot_method_("/thidua." + producer + ".v1.FeedService/ExportSnapshot"),
        channel_(std::move(channel)) {}

  absl::StatusOr<ReadEventsResponse> ReadEvents(const ReadEventsRequest& request) override {
    grpc::ClientContext context;
    const InFlight in_flight(*this, &context);
    RETURN_IF_ERROR(in_flight.status());
    RETURN_IF_ERROR(platform::PrepareContext(channel_, kReadTimeout, &context));
    ReadEventsResponse response;
    grpc::Status answer;
    absl::Notification done;
    grpc::TemplatedGenericStub<ReadEventsRequest, ReadEventsResponse> stub(channel_.channel);
    stub.UnaryCall(&context, read_method_, {}, &request, &response, [&](grpc::Status status) {
      answer = std::move(status);
      done.Notify();
    });
    done.WaitForNotification();
    if (!answer.ok()) return platform::FromGrpc(answer);
    return response;
  }

  absl::StatusOr<FeedSnapshot> ExportSnapshot() override {
    grpc::ClientContext context;
    const InFlight in_flight(*this, &context);
    RETURN_IF_ERROR(in_flight.status());
    RETURN_IF_ERROR(platform::PrepareContext(channel_, kSnapshotTimeout, &context));
    SnapshotReactor reactor;
    grpc::TemplatedGenericStub<ExportSnapshotRequest, SnapshotItem> stub(channel_.channel);
    stub.PrepareBidiStreamingCall(&context, snapshot_method_, {}, &reactor);
    reactor.Begin();
    return reactor.Await();
  }

  void Cancel() override {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
    if (in_flight_ != nullptr) in_flight_->TryCancel();
  }

 private:
  // Makes a call's context reachable for Cancel while it runs.
  class InFlight {
   public:
    InFlight(PeerFeed& feed, grpc::ClientContext* context) : feed_(feed) {
      absl::MutexLock lock(&feed_.mutex_);
      if (feed_.cancelled_) {
        status_ = absl::CancelledError("the reader is stopping");
      } else {
        feed_.in_flight_ = context;
      }
    }
    ~InFlight() {
      absl::MutexLock lock(&feed_.mutex_);
      feed_.in_flight_ = nullptr;
    }
    const absl::Status& status() const { return status_; }

   private:
    PeerFeed& feed_;
    absl::Status status_;
  };

  const std::string read_method_;
  const std::string snapshot_method_;
  const platform::PeerChannel channel_;
  absl::Mutex mutex_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* in_flight_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

}  // namespace

std::unique_ptr<FeedReader> NewPeerFeed(const std::string& producer,
                                        platform::PeerChannel channel) {
  return std::make_unique<PeerFeed>(producer, std::move(channel));
}

}  // namespace thidua::feed
