#include "campaign/clock/follow.h"

#include "absl/synchronization/notification.h"
#include "campaign/clock/store.h"
#include "campaign/snapshot_event.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::clock {
namespace {

constexpr absl::Duration kLookAgain = absl::Milliseconds(500);

class OffsetFollower final : public platform::BackgroundTask {
 public:
  OffsetFollower(db::Pool& pool, platform::BusinessClock& business, const platform::Clock& machine)
      : pool_(pool), business_(business), machine_(machine) {}

  std::string name() const override { return "business-time"; }
  void Run() override {
    do {
      // A database that is away is told by readiness; the clock runs on as it is.
      LoadOffset(pool_, business_, machine_.Now() + absl::Seconds(5)).IgnoreError();
    } while (!stopped_.WaitForNotificationWithTimeout(kLookAgain));
  }
  void Stop() override { stopped_.Notify(); }

 private:
  db::Pool& pool_;
  platform::BusinessClock& business_;
  const platform::Clock& machine_;
  absl::Notification stopped_;
};

}  // namespace

absl::Status LoadOffset(db::Pool& pool, platform::BusinessClock& business, absl::Time deadline) {
  return pool.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(const int64_t offset, ReadOffset(session));
    business.SetOffset(absl::Milliseconds(offset));
    return absl::OkStatus();
  });
}

std::unique_ptr<platform::BackgroundTask> NewOffsetFollower(db::Pool& pool,
                                                            platform::BusinessClock& business,
                                                            const platform::Clock& machine) {
  return std::make_unique<OffsetFollower>(pool, business, machine);
}

feed::SnapshotSource BusinessTimeSnapshot(const platform::Clock& machine) {
  return
      [&machine](db::Session& session,
                 absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
        ASSIGN_OR_RETURN(const int64_t offset, ReadOffset(session));
        v1::BusinessTimeSet payload;
        const absl::Time business_now = machine.Now() + absl::Milliseconds(offset);
        *payload.mutable_business_time() = platform::ToTimestamp(business_now);
        payload.set_offset_ms(offset);
        ASSIGN_OR_RETURN(const common::v1::Event event,
                         SnapshotEvent(absl::ToCivilDay(business_now, platform::VietnamTime()),
                                       "business_time", "business_time", 1, "", payload));
        return emit(event);
      };
}

}  // namespace thidua::campaign::clock
