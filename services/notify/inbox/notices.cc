#include "notify/inbox/notices.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "notify/deliveries/queue.h"
#include "notify/inbox/rules.h"
#include "notify/inbox/store.h"
#include "notify/store_locks.h"
#include "notify/templates/writer.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::inbox {

namespace {

using MaybeId = std::optional<std::string>;

// Writes the notice; its id is empty when one with this key exists already.
absl::StatusOr<Notice> Write(db::Tx& tx, const feed::Origin& origin, const NoticeDraft& draft,
                             bool to_people) {
  // People come by campaign's feed and notices by others', in transactions that do not see each
  // other. Both hold the unit: whoever comes second sees what the first one wrote.
  ASSIGN_OR_RETURN(const bool known, units::Projection::Lock(tx, draft.unit_id));
  if (!known) return units::UnknownUnit(draft.unit_id);
  Notice notice;
  ASSIGN_OR_RETURN(const bool exists, NoticeExists(tx, draft.key));
  if (exists) return notice;
  ASSIGN_OR_RETURN(templates::WrittenNotice written,
                   templates::WriteNotice(tx, draft.kind, draft.date, draft.values));
  notice.id = platform::NewId(origin.machine_now);
  notice.key = draft.key;
  notice.kind = std::string(templates::NameOf(draft.kind));
  notice.unit_id = draft.unit_id;
  notice.to_people = to_people;
  notice.date = draft.date;
  notice.link = draft.link;
  notice.template_id = written.template_id;
  notice.title = std::move(written.text.subject);
  notice.body = std::move(written.text.body);
  notice.sms = std::move(written.text.sms);
  notice.source_event_id = draft.source_event_id;
  notice.created_at = origin.machine_now;
  RETURN_IF_ERROR(InsertNotice(tx, notice));
  return notice;
}

// Items, deliveries and the event.
absl::StatusOr<MaybeId> Address(db::Tx& tx, const feed::Origin& origin, const Notice& notice,
                                const std::vector<Contact>& contacts, Ways ways) {
  using deliveries::Channel;
  std::vector<NewItem> items;
  std::vector<deliveries::NewDelivery> queued;
  int mails = 0;
  for (const Contact& contact : contacts) {
    items.push_back({platform::NewId(origin.machine_now), contact.person_id});
    const auto send = [&](Channel channel, const std::string& address) {
      queued.push_back(
          {channel, items.back().id, notice.id, contact.person_id, contact.post.unit_id, address});
      mails += channel == Channel::kMail ? 1 : 0;
    };
    const bool by_sms = ways != Ways::kMail && !contact.phone.empty();
    if (by_sms) send(Channel::kSms, contact.phone);
    if (!contact.email.empty() && (ways != Ways::kSms || !by_sms)) {
      send(Channel::kMail, contact.email);
    }
  }
  RETURN_IF_ERROR(InsertItems(tx, notice, items));
  RETURN_IF_ERROR(deliveries::Queue(tx, origin, queued));

  v1::NoticeCreated event;
  event.set_notice_id(notice.id);
  event.set_kind(notice.kind);
  event.set_unit_id(notice.unit_id);
  event.set_notice_date(platform::FormatDate(notice.date));
  event.set_link(notice.link);
  event.set_template_id(notice.template_id);
  event.set_source_event_id(notice.source_event_id);
  event.set_recipients(static_cast<int32_t>(items.size()));
  event.set_mails(mails);
  event.set_sms(static_cast<int32_t>(queued.size()) - mails);
  RETURN_IF_ERROR(feed::Append(tx, origin,
                               {.aggregate_type = "notice",
                                .aggregate_id = notice.id,
                                .aggregate_version = 1,
                                .unit_id = notice.unit_id,
                                .payload = &event,
                                .before = nullptr,
                                .reason = ""}));
  return MaybeId(notice.id);
}

}  // namespace

absl::StatusOr<MaybeId> MakeNotice(db::Tx& tx, const feed::Origin& origin,
                                   const NoticeDraft& draft) {
  ASSIGN_OR_RETURN(const Notice notice, Write(tx, origin, draft, false));
  if (notice.id.empty()) return MaybeId();
  ASSIGN_OR_RETURN(std::vector<Contact> contacts, ContactsOfUnit(tx, draft.unit_id));
  contacts.erase(
      std::remove_if(contacts.begin(), contacts.end(),
                     [&](const Contact& contact) { return !PostCovers(contact.post, draft.date); }),
      contacts.end());
  return Address(tx, origin, notice, contacts, Ways::kMail);
}

absl::StatusOr<MaybeId> MakeNoticeToPeople(db::Tx& tx, const feed::Origin& origin,
                                           const NoticeDraft& draft,
                                           const std::vector<std::string>& person_ids, Ways ways) {
  // As with units: whoever of us and of campaign's feed comes second sees what the first one wrote.
  std::set<std::string> locks;
  for (const std::string& person_id : person_ids) locks.insert(PersonLock(person_id));
  RETURN_IF_ERROR(LockNames(tx, locks));
  ASSIGN_OR_RETURN(const Notice notice, Write(tx, origin, draft, true));
  if (notice.id.empty()) return MaybeId();
  RETURN_IF_ERROR(InsertNamed(tx, notice.id, person_ids));
  ASSIGN_OR_RETURN(const std::vector<Contact> contacts, ContactsNamed(tx, person_ids));
  return Address(tx, origin, notice, contacts, ways);
}

absl::Status Backfill(db::Tx& tx, const feed::Origin& origin, const Contact& contact,
                      absl::CivilDay learned_on) {
  const absl::CivilDay from = std::max(contact.post.valid_from, learned_on - kBackfillDays);
  const absl::CivilDay to = contact.post.valid_to.value_or(absl::CivilDay(9999, 12, 31));
  ASSIGN_OR_RETURN(const std::vector<Notice> missed,
                   NoticesWithoutItem(tx, contact.person_id, contact.post.unit_id, from, to));
  ASSIGN_OR_RETURN(const std::vector<Notice> naming,
                   NoticesNaming(tx, contact.person_id, learned_on - kBackfillDays));
  std::vector<Notice> wanted(naming);
  std::copy_if(missed.begin(), missed.end(), std::back_inserter(wanted), [&](const Notice& notice) {
    return IsBackfilled(contact.post, notice.date, learned_on);
  });
  v1::NoticesBackfilled event;
  std::vector<deliveries::NewDelivery> mails;
  for (Notice notice : wanted) {
    notice.created_at = origin.machine_now;  // of the item; the notice itself stays as it is
    const NewItem item{platform::NewId(origin.machine_now), contact.person_id};
    RETURN_IF_ERROR(InsertItems(tx, notice, {item}));
    event.add_notice_ids(notice.id);
    if (contact.email.empty()) continue;
    mails.push_back({deliveries::Channel::kMail, item.id, notice.id, contact.person_id,
                     contact.post.unit_id, contact.email});
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
