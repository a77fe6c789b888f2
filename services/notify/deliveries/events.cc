#include "notify/deliveries/events.h"

#include "platform/hash.h"
#include "platform/ids.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::deliveries {
namespace {

feed::Draft DraftOf(const Delivery& delivery, const google::protobuf::Message& payload) {
  return {.aggregate_type = "delivery",
          .aggregate_id = delivery.id,
          .aggregate_version = delivery.attempts + 1,
          .unit_id = delivery.unit_id,
          .payload = &payload,
          .before = nullptr,
          .reason = ""};
}

}  // namespace

absl::Status AppendSent(db::Tx& tx, const feed::Origin& origin, const Delivery& delivery) {
  v1::DeliverySent event;
  event.set_delivery_id(delivery.id);
  event.set_notice_id(delivery.notice_id);
  event.set_unit_id(delivery.unit_id);
  event.set_attempt(delivery.attempts);
  event.set_possible_repeats(delivery.possible_repeats);
  event.set_channel(std::string(NameOf(delivery.channel)));
  return feed::Append(tx, origin, DraftOf(delivery, event));
}

absl::Status AppendFailed(db::Tx& tx, const feed::Origin& origin, const Delivery& delivery) {
  v1::DeliveryFailed event;
  event.set_delivery_id(delivery.id);
  event.set_notice_id(delivery.notice_id);
  event.set_unit_id(delivery.unit_id);
  event.set_attempts(delivery.attempts);
  event.set_failure(delivery.failure);
  event.set_possible_repeats(delivery.possible_repeats);
  event.set_channel(std::string(NameOf(delivery.channel)));
  return feed::Append(tx, origin, DraftOf(delivery, event));
}

absl::Status AppendRead(db::Tx& tx, const platform::Call& call, const std::string& query,
                        const std::vector<Delivery>& shown) {
  v1::PersonalDataRead event;
  event.set_method(call.method());
  event.set_query(query);
  event.set_count(static_cast<int32_t>(shown.size()));
  std::string ids;
  for (const Delivery& delivery : shown) ids += delivery.id + "\n";
  event.set_ids_sha256(platform::Sha256Hex(ids));
  return feed::Append(tx, call,
                      {.aggregate_type = "access",
                       .aggregate_id = platform::NewId(call.machine_now()),
                       .aggregate_version = 1,
                       .unit_id = shown.size() == 1 ? shown.front().unit_id : "",
                       .payload = &event,
                       .before = nullptr,
                       .reason = ""});
}

}  // namespace thidua::notify::deliveries
