#include "notify/deadlines/service.h"

#include <string>
#include <vector>

#include "notify/deadlines/store.h"
#include "notify/visibility.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::notify::deadlines {
namespace {

constexpr char kCollection[] = "deadlines";

v1::Deadline ToProto(const Deadline& deadline, const std::vector<Reminder>& reminders) {
  v1::Deadline out;
  out.set_name(platform::NameOf(kCollection, deadline.id));
  v1::DeadlineKind kind = v1::DEADLINE_KIND_UNSPECIFIED;
  v1::DeadlineKind_Parse("DEADLINE_KIND_" + deadline.kind, &kind);
  out.set_kind(kind);
  out.set_unit(platform::NameOf("units", deadline.unit_id));
  if (!deadline.plan_id.empty()) out.set_plan(platform::NameOf("plans", deadline.plan_id));
  out.set_link(deadline.link);
  out.set_title(deadline.title);
  out.set_source_phrase(deadline.source_phrase);
  if (deadline.start.has_value()) out.set_start_date(platform::FormatDate(*deadline.start));
  out.set_due_date(platform::FormatDate(deadline.due));
  out.set_state(deadline.state == "MET" ? v1::DEADLINE_STATE_MET : v1::DEADLINE_STATE_OPEN);
  if (deadline.met_on.has_value()) out.set_met_date(platform::FormatDate(*deadline.met_on));
  for (const Reminder& reminder : reminders) {
    v1::Reminder* row = out.add_reminders();
    row->set_code(reminder.code);
    *row->mutable_fire_time() = platform::ToTimestamp(reminder.fire_at);
    v1::ReminderState state = v1::REMINDER_STATE_UNSPECIFIED;
    v1::ReminderState_Parse("REMINDER_STATE_" + reminder.state, &state);
    row->set_state(state);
    row->set_reason(reminder.reason);
    if (reminder.decided_on.has_value()) {
      row->set_decide_date(platform::FormatDate(*reminder.decided_on));
    }
  }
  return out;
}

// Keyset: "<due date>|<id>".
std::string KeyOf(const Deadline& deadline) {
  return platform::FormatDate(deadline.due) + "|" + deadline.id;
}

absl::Status ReadKey(const std::string& key, DeadlineFilter* filter) {
  if (key.empty()) return absl::OkStatus();
  const size_t bar = key.find('|');
  const auto due = platform::ParseDate(key.substr(0, bar), "page_token");
  if (bar == std::string::npos || !due.ok()) {
    return platform::InvalidField("page_token", "PAGE_TOKEN_MALFORMED",
                                  {"Mã trang không đúng dạng.", "page_token is not one we made."});
  }
  filter->after_due = *due;
  filter->after_id = key.substr(bar + 1);
  return absl::OkStatus();
}

absl::Status ReadFilter(const v1::ListDeadlinesRequest& req, DeadlineFilter* filter) {
  if (!req.plan().empty()) {
    ASSIGN_OR_RETURN(filter->plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
  }
  switch (req.state()) {
    case v1::DEADLINE_STATE_UNSPECIFIED:
      return absl::OkStatus();
    case v1::DEADLINE_STATE_OPEN:
      filter->state = "OPEN";
      return absl::OkStatus();
    case v1::DEADLINE_STATE_MET:
      filter->state = "MET";
      return absl::OkStatus();
    default:
      return platform::InvalidField("state", "ENUM_UNKNOWN",
                                    {"Không có trạng thái này.", "There is no such state."});
  }
}

}  // namespace

DeadlineService::DeadlineService(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::DeadlineService::service_full_name()) {}

grpc::ServerUnaryReactor* DeadlineService::ListDeadlines(grpc::CallbackServerContext* context,
                                                         const v1::ListDeadlinesRequest* request,
                                                         v1::ListDeadlinesResponse* response) {
  return runner_.Unary(
      "ListDeadlines", context, request, response,
      [this](const platform::Call& call, const v1::ListDeadlinesRequest& req,
             v1::ListDeadlinesResponse& res) -> absl::Status {
        DeadlineFilter filter;
        RETURN_IF_ERROR(ReadFilter(req, &filter));
        ASSIGN_OR_RETURN(filter.units, VisibleUnitsOf(call, req.unit()));
        const std::string scope = "deadlines|" + req.unit() + "|" + req.plan() + "|" +
                                  std::to_string(static_cast<int>(req.state()));
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        RETURN_IF_ERROR(ReadKey(page.after, &filter));
        filter.limit = page.size + 1;
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<Deadline> found, deadlines::ListDeadlines(session, filter));
          res.set_next_page_token(page.Cut(found, KeyOf));
          for (const Deadline& deadline : found) {
            ASSIGN_OR_RETURN(const std::vector<Reminder> reminders,
                             RemindersOf(session, deadline.id));
            *res.add_deadlines() = ToProto(deadline, reminders);
          }
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* DeadlineService::GetDeadline(grpc::CallbackServerContext* context,
                                                       const v1::GetDeadlineRequest* request,
                                                       v1::Deadline* response) {
  return runner_.Unary(
      "GetDeadline", context, request, response,
      [this](const platform::Call& call, const v1::GetDeadlineRequest& req,
             v1::Deadline& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), kCollection, "name"));
        std::optional<Deadline> deadline;
        std::vector<Reminder> reminders;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(deadline, FindDeadline(session, id));
          if (!deadline.has_value()) return absl::OkStatus();
          ASSIGN_OR_RETURN(reminders, RemindersOf(session, id));
          return absl::OkStatus();
        }));
        if (!deadline.has_value()) {
          return platform::NotFound("DEADLINE_NOT_FOUND",
                                    {"Không có thời hạn này.", "There is no such deadline."},
                                    {{"name", req.name()}});
        }
        RETURN_IF_ERROR(call.Require(deadline->unit_id));
        res = ToProto(*deadline, reminders);
        return absl::OkStatus();
      });
}

}  // namespace thidua::notify::deadlines
