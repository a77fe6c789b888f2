// What takes a delivery over the wire: as a mail or as an SMS.
#pragma once

#include <memory>
#include <string>

#include "notify/channels/channel.h"
#include "notify/channels/sms_channel.h"
#include "notify/deliveries/store.h"

namespace thidua::notify::deliveries {

class Carrier {
 public:
  virtual ~Carrier() = default;
  virtual Channel channel() const = 0;
  // One attempt; blocks for a bounded time. Called by one thread at a time.
  virtual channels::SendResult Send(const Delivery& delivery) = 0;
};

// Whom mails come from.
struct MailSender {
  std::string address;
  std::string name = "Thi đua cải cách hành chính";
};
std::unique_ptr<Carrier> CarryMail(MailSender sender, std::unique_ptr<channels::Channel> channel);

// Whom SMS come from, and how they are written.
struct SmsSender {
  std::string from = "THIDUA";  // a number, or at most 11 letters and digits
  // Unaccented by default: with marks the same text takes up to three parts instead of one, which
  // are paid for each, and not every handset and gateway shows them.
  bool with_accents = false;
};
std::unique_ptr<Carrier> CarrySms(SmsSender sender, std::unique_ptr<channels::SmsChannel> channel);

}  // namespace thidua::notify::deliveries
