#include "notify/deliveries/carrier.h"

#include <utility>

namespace thidua::notify::deliveries {
namespace {

class MailCarrier final : public Carrier {
 public:
  MailCarrier(MailSender sender, std::unique_ptr<channels::Channel> channel)
      : sender_(std::move(sender)), channel_(std::move(channel)) {}

  Channel channel() const override { return Channel::kMail; }
  channels::SendResult Send(const Delivery& delivery) override {
    channels::Mail mail;
    mail.message_id = delivery.message_id;
    mail.from_address = sender_.address;
    mail.from_name = sender_.name;
    mail.to_address = delivery.address;
    mail.subject = delivery.subject;
    mail.body = delivery.body;
    mail.date = delivery.created_at;
    return channel_->Send(mail);
  }

 private:
  const MailSender sender_;
  const std::unique_ptr<channels::Channel> channel_;
};

class SmsCarrier final : public Carrier {
 public:
  SmsCarrier(SmsSender sender, std::unique_ptr<channels::SmsChannel> channel)
      : sender_(std::move(sender)), channel_(std::move(channel)) {}

  Channel channel() const override { return Channel::kSms; }
  channels::SendResult Send(const Delivery& delivery) override {
    channels::PlannedText planned = channels::PlanText(delivery.sms, sender_.with_accents);
    channels::Sms sms;
    sms.reference = delivery.id;
    sms.to = delivery.address;
    sms.from = sender_.from;
    sms.text = std::move(planned.text);
    sms.coding = planned.coding;
    sms.parts = planned.parts;
    return channel_->Send(sms);
  }

 private:
  const SmsSender sender_;
  const std::unique_ptr<channels::SmsChannel> channel_;
};

}  // namespace

std::unique_ptr<Carrier> CarryMail(MailSender sender, std::unique_ptr<channels::Channel> channel) {
  return std::make_unique<MailCarrier>(std::move(sender), std::move(channel));
}

std::unique_ptr<Carrier> CarrySms(SmsSender sender, std::unique_ptr<channels::SmsChannel> channel) {
  return std::make_unique<SmsCarrier>(std::move(sender), std::move(channel));
}

}  // namespace thidua::notify::deliveries
