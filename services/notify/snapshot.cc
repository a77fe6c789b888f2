#include "notify/snapshot.h"

#include <string>
#include <vector>

#include "notify/deadlines/events.h"
#include "notify/deadlines/store.h"
#include "notify/inbox/store.h"
#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify {
namespace {

constexpr int kRowsAtOnce = 500;

absl::StatusOr<common::v1::Event> EventOf(const google::protobuf::Message& payload) {
  common::v1::Event event;
  event.set_type(payload.GetDescriptor()->full_name());
  event.set_actor("service:notify");
  ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(payload));
  return event;
}

}  // namespace

absl::Status WriteSnapshot(db::Session& session,
                           absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  deadlines::DeadlineFilter filter;
  filter.limit = kRowsAtOnce;
  for (;;) {
    ASSIGN_OR_RETURN(const std::vector<deadlines::Deadline> page,
                     deadlines::ListDeadlines(session, filter));
    for (const deadlines::Deadline& deadline : page) {
      ASSIGN_OR_RETURN(common::v1::Event event, EventOf(deadlines::ToEvent(deadline)));
      event.set_aggregate_type("deadline");
      event.set_aggregate_id(deadline.id);
      event.set_aggregate_version(deadline.row_version);
      event.set_unit_id(deadline.unit_id);
      *event.mutable_occur_time() = platform::ToTimestamp(deadline.created_at);
      event.set_business_date(
          platform::FormatDate(absl::ToCivilDay(deadline.created_at, platform::VietnamTime())));
      RETURN_IF_ERROR(emit(event));
    }
    if (page.size() < kRowsAtOnce) break;
    filter.after_due = page.back().due;
    filter.after_id = page.back().id;
  }
  std::string after;
  for (;;) {
    ASSIGN_OR_RETURN(const std::vector<inbox::NoticeSummary> page,
                     inbox::NoticesAfter(session, after, kRowsAtOnce));
    for (const inbox::NoticeSummary& summary : page) {
      const inbox::Notice& notice = summary.notice;
      v1::NoticeCreated payload;
      payload.set_notice_id(notice.id);
      payload.set_kind(notice.kind);
      payload.set_unit_id(notice.unit_id);
      payload.set_notice_date(platform::FormatDate(notice.date));
      payload.set_link(notice.link);
      payload.set_template_id(notice.template_id);
      payload.set_source_event_id(notice.source_event_id);
      payload.set_recipients(static_cast<int32_t>(summary.recipients));
      payload.set_mails(static_cast<int32_t>(summary.mails));
      payload.set_sms(static_cast<int32_t>(summary.sms));
      ASSIGN_OR_RETURN(common::v1::Event event, EventOf(payload));
      event.set_aggregate_type("notice");
      event.set_aggregate_id(notice.id);
      event.set_aggregate_version(1);
      event.set_unit_id(notice.unit_id);
      *event.mutable_occur_time() = platform::ToTimestamp(notice.created_at);
      event.set_business_date(platform::FormatDate(notice.date));
      RETURN_IF_ERROR(emit(event));
    }
    if (page.size() < kRowsAtOnce) break;
    after = page.back().notice.id;
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify
