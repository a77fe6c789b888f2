#include "notify/deliveries/queue.h"

#include <optional>
#include <utility>

#include "notify/channels/mail.h"
#include "notify/channels/sms.h"
#include "notify/deliveries/events.h"
#include "notify/deliveries/store.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify::deliveries {

absl::Status Queue(db::Tx& tx, const feed::Origin& origin,
                   const std::vector<NewDelivery>& deliveries) {
  std::vector<Delivery> rows;
  for (const NewDelivery& mail : deliveries) {
    Delivery row;
    row.id = platform::NewId(origin.machine_now);
    row.item_id = mail.item_id;
    row.notice_id = mail.notice_id;
    row.person_id = mail.person_id;
    row.unit_id = mail.unit_id;
    row.channel = mail.channel;
    // A number that is none is kept as it came, for whoever sets it right.
    const std::optional<std::string> number =
        mail.channel == Channel::kSms ? channels::NormalisePhone(mail.address) : std::nullopt;
    row.address = number.value_or(mail.address);
    row.message_id = channels::MessageIdOf(row.id);
    row.created_at = origin.machine_now;
    if (number.has_value() ||
        (mail.channel == Channel::kMail && channels::IsMailAddress(mail.address))) {
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
