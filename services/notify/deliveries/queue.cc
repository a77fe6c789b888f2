#include "notify/deliveries/queue.h"

#include <utility>

#include "notify/channels/mail.h"
#include "notify/deliveries/events.h"
#include "notify/deliveries/store.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify::deliveries {

absl::Status Queue(db::Tx& tx, const feed::Origin& origin, const std::vector<NewDelivery>& mails) {
  std::vector<Delivery> rows;
  for (const NewDelivery& mail : mails) {
    Delivery row;
    row.id = platform::NewId(origin.machine_now);
    row.item_id = mail.item_id;
    row.notice_id = mail.notice_id;
    row.person_id = mail.person_id;
    row.unit_id = mail.unit_id;
    row.address = mail.address;
    row.message_id = channels::MessageIdOf(row.id);
    row.created_at = origin.machine_now;
    if (channels::IsMailAddress(mail.address)) {
      row.state = "PENDING";
      row.due_at = origin.machine_now;
    } else {
      row.state = "FAILED";
      row.failure = "ADDRESS_INVALID";
    }
    rows.push_back(std::move(row));
  }
  RETURN_IF_ERROR(InsertDeliveries(tx, rows));
  for (const Delivery& row : rows) {
    if (row.state == "FAILED") RETURN_IF_ERROR(AppendFailed(tx, origin, row));
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify::deliveries
