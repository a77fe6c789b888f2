#include "notify/inbox/notices.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "notify/deliveries/queue.h"
#include "notify/inbox/rules.h"
#include "notify/inbox/store.h"
#include "notify/templates/writer.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::inbox {

absl::StatusOr<std::optional<std::string>> MakeNotice(db::Tx& tx, const feed::Origin& origin,
                                                      const NoticeDraft& draft) {
  // People come by campaign's feed and notices by others', in transactions that do not see each
  // other. Both hold the unit: whoever comes second sees what the first one wrote.
  ASSIGN_OR_RETURN(const bool known, units::Projection::Lock(tx, draft.unit_id));
  if (!known) return units::UnknownUnit(draft.unit_id);
  ASSIGN_OR_RETURN(const bool exists, NoticeExists(tx, draft.key));
  if (exists) return std::optional<std::string>();
  ASSIGN_OR_RETURN(templates::WrittenNotice written,
                   templates::WriteNotice(tx, draft.kind, draft.date, draft.values));
  Notice notice;
  notice.id = platform::NewId(origin.machine_now);
  notice.key = draft.key;
  notice.kind = std::string(templates::NameOf(draft.kind));
  notice.unit_id = draft.unit_id;
  notice.date = draft.date;
  notice.link = draft.link;
  notice.template_id = written.template_id;
  notice.title = std::move(written.text.subject);
  notice.body = std::move(written.text.body);
  notice.source_event_id = draft.source_event_id;
  notice.created_at = origin.machine_now;
  RETURN_IF_ERROR(InsertNotice(tx, notice));

  ASSIGN_OR_RETURN(const std::vector<Contact> contacts, ContactsOfUnit(tx, draft.unit_id));
  std::vector<NewItem> items;
  std::vector<deliveries::NewDelivery> mails;
  for (const Contact& contact : contacts) {
    if (!PostCovers(contact.post, draft.date)) continue;
    items.push_back({platform::NewId(origin.machine_now), contact.person_id});
    if (contact.email.empty()) continue;
    mails.push_back({items.back().id, notice.id, contact.person_id, draft.unit_id, contact.email});
  }
  RETURN_IF_ERROR(InsertItems(tx, notice, items));
  RETURN_IF_ERROR(deliveries::Queue(tx, origin, mails));

  v1::NoticeCreated event;
  event.set_notice_id(notice.id);
  event.set_kind(notice.kind);
  event.set_unit_id(notice.unit_id);
  event.set_notice_date(platform::FormatDate(notice.date));
  event.set_link(notice.link);
  event.set_template_id(notice.template_id);
  event.set_source_event_id(notice.source_event_id);
  event.set_recipients(static_cast<int32_t>(items.size()));
  event.set_mails(static_cast<int32_t>(mails.size()));
  RETURN_IF_ERROR(feed::Append(tx, origin,
                               {.aggregate_type = "notice",
                                .aggregate_id = notice.id,
                                .aggregate_version = 1,
                                .unit_id = notice.unit_id,
                                .payload = &event,
                                .before = nullptr,
                                .reason = ""}));
  return std::optional<std::string>(notice.id);
}

absl::Status Backfill(db::Tx& tx, const feed::Origin& origin, const Contact& contact,
                      absl::CivilDay learned_on) {
  const absl::CivilDay from = std::max(contact.post.valid_from, learned_on - kBackfillDays);
  const absl::CivilDay to = contact.post.valid_to.value_or(absl::CivilDay(9999, 12, 31));
  ASSIGN_OR_RETURN(const std::vector<Notice> missed,
                   NoticesWithoutItem(tx, contact.person_id, contact.post.unit_id, from, to));
  v1::NoticesBackfilled event;
  std::vector<deliveries::NewDelivery> mails;
  for (Notice notice : missed) {
    if (!IsBackfilled(contact.post, notice.date, learned_on)) continue;
    notice.created_at = origin.machine_now;  // of the item; the notice itself stays as it is
    const NewItem item{platform::NewId(origin.machine_now), contact.person_id};
    RETURN_IF_ERROR(InsertItems(tx, notice, {item}));
    event.add_notice_ids(notice.id);
    if (contact.email.empty()) continue;
    mails.push_back({item.id, notice.id, contact.person_id, contact.post.unit_id, contact.email});
  }
  if (event.notice_ids().empty()) return absl::OkStatus();
  RETURN_IF_ERROR(deliveries::Queue(tx, origin, mails));
  event.set_person_id(contact.person_id);
  event.set_unit_id(contact.post.unit_id);
  event.set_mails(static_cast<int32_t>(mails.size()));
  return feed::Append(tx, origin,
                      {.aggregate_type = "backfill",
                       .aggregate_id = platform::NewId(origin.machine_now),
                       .aggregate_version = 1,
                       .unit_id = contact.post.unit_id,
                       .payload = &event,
                       .before = nullptr,
                       .reason = ""});
}

}  // namespace thidua::notify::inbox
