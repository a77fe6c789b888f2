#include "campaign/clock/service.h"

#include "campaign/clock/store.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/feed/append.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::clock {
namespace {

absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

void Fill(absl::Time machine_now, int64_t offset_ms, bool adjustable, v1::BusinessTime& out) {
  const absl::Time business = machine_now + absl::Milliseconds(offset_ms);
  *out.mutable_business_time() = platform::ToTimestamp(business);
  out.set_business_date(platform::FormatDate(absl::ToCivilDay(business, platform::VietnamTime())));
  out.set_offset_ms(offset_ms);
  out.set_adjustable(adjustable);
}

absl::Status Validate(const v1::SetBusinessTimeRequest& request) {
  Fields fields;
  const int year = FromTimestamp(request.business_time()) < absl::FromUnixSeconds(0)
                       ? 0
                       : static_cast<int>(absl::ToCivilDay(FromTimestamp(request.business_time()),
                                                           platform::VietnamTime())
                                              .year());
  if (!request.has_business_time() || year < 2000 || year > 2200) {
    fields.Refuse("business_time", "TIME_OUT_OF_RANGE",
                  {"phải nằm trong các năm 2000 đến 2200", "must lie in the years 2000 to 2200"});
  }
  fields.Text(request.reason(), 1, 500, "reason");
  return fields.status();
}

}  // namespace

ClockService::ClockService(platform::Admission& admission, db::Pool& pool, bool adjustable)
    : runner_(admission, v1::ClockService::service_full_name()),
      pool_(pool),
      adjustable_(adjustable) {}

grpc::ServerUnaryReactor* ClockService::GetBusinessTime(grpc::CallbackServerContext* context,
                                                        const v1::GetBusinessTimeRequest* request,
                                                        v1::BusinessTime* response) {
  return runner_.Unary("GetBusinessTime", context, request, response,
                       [this](const platform::Call& call, const auto&, auto& res) -> absl::Status {
                         // As the call goes by.
                         const absl::Duration offset = call.business_now() - call.machine_now();
                         Fill(call.machine_now(), absl::ToInt64Milliseconds(offset), adjustable_,
                              res);
                         return absl::OkStatus();
                       });
}

grpc::ServerUnaryReactor* ClockService::SetBusinessTime(grpc::CallbackServerContext* context,
                                                        const v1::SetBusinessTimeRequest* request,
                                                        v1::BusinessTime* response) {
  return runner_.Unary(
      "SetBusinessTime", context, request, response,
      [this](const platform::Call& call, const auto& req, auto& res) -> absl::Status {
        // Time is everybody's: the right must be held everywhere.
        RETURN_IF_ERROR(call.Require("*"));
        if (!adjustable_) {
          return platform::FailedPrecondition(
              "CLOCK_FIXED", {"hệ thống vận hành thật không cho dời giờ nghiệp vụ",
                              "the production profile does not let time be moved"});
        }
        RETURN_IF_ERROR(Validate(req));
        const int64_t offset =
            absl::ToInt64Milliseconds(FromTimestamp(req.business_time()) - call.machine_now());
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const int64_t before, LockOffset(tx));
          RETURN_IF_ERROR(WriteOffset(tx, offset));
          v1::BusinessTimeSet now;
          *now.mutable_business_time() = req.business_time();
          now.set_offset_ms(offset);
          v1::BusinessTimeSet then;
          then.set_offset_ms(before);
          feed::Draft draft{.aggregate_type = "business_time", .aggregate_id = "business_time"};
          draft.payload = &now;
          draft.before = &then;
          draft.reason = req.reason();
          RETURN_IF_ERROR(feed::Append(tx, call, draft));
          Fill(call.machine_now(), offset, adjustable_, res);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::clock
