// A sender that is killed inside a send: the mail server has taken the mail over, and the process
// dies before it can record that. usage: sender_victim SOCKET SCHEMA USER SMTP_URL
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <utility>

#include "notify/channels/smtp.h"
#include "notify/deliveries/sender.h"
#include "platform/executor.h"

namespace thidua::notify {
namespace {

class Deadly final : public channels::Channel {
 public:
  explicit Deadly(std::unique_ptr<channels::Channel> channel) : channel_(std::move(channel)) {}
  channels::SendResult Send(const channels::Mail& mail) override {
    channels::SendResult result = channel_->Send(mail);
    if (result.outcome == channels::Outcome::kSent) kill(getpid(), SIGKILL);
    return result;
  }

 private:
  std::unique_ptr<channels::Channel> channel_;
};

int SendAndDie(char** argv) {
  const platform::WorkerScope may_block;
  db::Options options;
  options.socket = argv[1];
  options.schema = argv[2];
  options.user = argv[3];
  options.connections = 2;
  auto pool = db::Pool::Create(options);
  channels::SmtpOptions smtp;
  smtp.url = argv[4];
  auto channel = channels::NewSmtpChannel(smtp);
  if (!pool.ok() || !channel.ok()) return 3;
  const platform::SystemClock clock;
  const platform::BusinessClock business(clock);
  platform::MetricsRegistry metrics("notify");
  const platform::Logger log("notify", clock);
  deliveries::SenderOptions sender;
  sender.holder = "victim";
  deliveries::Sender victim(
      sender,
      deliveries::CarryMail({"thidua@tinh.example"}, std::make_unique<Deadly>(*std::move(channel))),
      **pool, clock, business, metrics, log);
  const auto sent = victim.SendOne();
  std::fprintf(stderr, "still alive: %s\n", std::string(sent.status().message()).c_str());
  return 4;
}

}  // namespace
}  // namespace thidua::notify

int main(int argc, char** argv) { return argc == 5 ? thidua::notify::SendAndDie(argv) : 2; }
