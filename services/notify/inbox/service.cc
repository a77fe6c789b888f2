#include "notify/inbox/service.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "notify/inbox/store.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::inbox {
namespace {

constexpr char kCollection[] = "inboxItems";
constexpr char kEnumPrefix[] = "NOTICE_KIND_";

v1::InboxItem ToProto(const Item& item) {
  v1::InboxItem out;
  out.set_name(platform::NameOf(kCollection, item.id));
  v1::NoticeKind kind = v1::NOTICE_KIND_UNSPECIFIED;
  v1::NoticeKind_Parse(kEnumPrefix + item.notice.kind, &kind);
  out.set_kind(kind);
  out.set_title(item.notice.title);
  out.set_body(item.notice.body);
  out.set_link(item.notice.link);
  out.set_unit(platform::NameOf("units", item.notice.unit_id));
  out.set_notice_date(platform::FormatDate(item.notice.date));
  *out.mutable_create_time() = platform::ToTimestamp(item.created_at);
  if (item.read_at.has_value()) *out.mutable_read_time() = platform::ToTimestamp(*item.read_at);
  out.set_notice_template("noticeTemplates/" + item.notice.template_id);
  return out;
}

// The person who calls; an inbox belongs to nobody else.
absl::StatusOr<std::string> PersonOf(const platform::Call& call) {
  if (call.principal().person_id.empty()) {
    return platform::PermissionDenied(
        "PERSON_REQUIRED",
        {"Chỉ người dùng mới có hộp thư thông báo; mã truy cập này không phải của một người.",
         "Only people have an inbox; this token stands for no person."});
  }
  return call.principal().person_id;
}

absl::Status ItemNotFound(const std::string& name) {
  return platform::NotFound(
      "ITEM_NOT_FOUND",
      {"Không có thông báo này trong hộp thư của bạn.", "There is no such item in your inbox."},
      {{"name", name}});
}

}  // namespace

InboxService::InboxService(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::InboxService::service_full_name()) {}

grpc::ServerUnaryReactor* InboxService::ListInbox(grpc::CallbackServerContext* context,
                                                  const v1::ListInboxRequest* request,
                                                  v1::ListInboxResponse* response) {
  return runner_.Unary(
      "ListInbox", context, request, response,
      [this](const platform::Call& call, const v1::ListInboxRequest& req,
             v1::ListInboxResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string person, PersonOf(call));
        ItemFilter filter;
        filter.unread_only = req.unread_only();
        if (req.kind() != v1::NOTICE_KIND_UNSPECIFIED) {
          const std::string name = v1::NoticeKind_Name(req.kind());
          if (name.empty()) {
            return platform::InvalidField(
                "kind", "ENUM_UNKNOWN", {"Không có loại thông báo này.", "There is no such kind."});
          }
          filter.kind = name.substr(sizeof(kEnumPrefix) - 1);
        }
        const std::string scope = "inboxItems|" + person + "|" +
                                  (filter.unread_only ? "unread" : "") + "|" +
                                  filter.kind.value_or("");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.before_id = page.after;
        filter.limit = page.size + 1;
        std::vector<Item> items;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(items, ListItems(session, person, filter));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(items, &Item::id));
        for (const Item& item : items) *res.add_items() = ToProto(item);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* InboxService::GetInboxItem(grpc::CallbackServerContext* context,
                                                     const v1::GetInboxItemRequest* request,
                                                     v1::InboxItem* response) {
  return runner_.Unary(
      "GetInboxItem", context, request, response,
      [this](const platform::Call& call, const v1::GetInboxItemRequest& req,
             v1::InboxItem& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string person, PersonOf(call));
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), kCollection, "name"));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<Item> item, FindItem(session, person, id));
          if (!item.has_value()) return ItemNotFound(req.name());
          res = ToProto(*item);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* InboxService::MarkRead(grpc::CallbackServerContext* context,
                                                 const v1::MarkReadRequest* request,
                                                 v1::InboxItem* response) {
  return runner_.Unary("MarkRead", context, request, response,
                       [this](const platform::Call& call, const v1::MarkReadRequest& req,
                              v1::InboxItem& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string person, PersonOf(call));
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), kCollection, "name"));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(std::optional<Item> item, LockItem(tx, person, id));
                           if (!item.has_value()) return ItemNotFound(req.name());
                           if (!item->read_at.has_value()) {
                             item->read_at = call.machine_now();
                             RETURN_IF_ERROR(SetRead(tx, id, *item->read_at));
                             v1::InboxItemRead event;
                             event.set_item_id(id);
                             event.set_notice_id(item->notice.id);
                             event.set_person_id(person);
                             RETURN_IF_ERROR(feed::Append(tx, call,
                                                          {.aggregate_type = "inbox_item",
                                                           .aggregate_id = id,
                                                           .aggregate_version = 2,
                                                           .unit_id = item->notice.unit_id,
                                                           .payload = &event,
                                                           .before = nullptr,
                                                           .reason = ""}));
                           }
                           res = ToProto(*item);
                           return absl::OkStatus();
                         });
                       });
}

grpc::ServerUnaryReactor* InboxService::CountUnread(grpc::CallbackServerContext* context,
                                                    const v1::CountUnreadRequest* request,
                                                    v1::CountUnreadResponse* response) {
  return runner_.Unary(
      "CountUnread", context, request, response,
      [this](const platform::Call& call, const v1::CountUnreadRequest&,
             v1::CountUnreadResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string person, PersonOf(call));
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const int64_t unread, inbox::CountUnread(session, person));
          constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
          res.set_unread(static_cast<int32_t>(std::min(unread, kMost)));
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::notify::inbox
