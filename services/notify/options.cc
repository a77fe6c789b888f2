#include "notify/options.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/flags/flag.h"
#include "notify/channels/mail.h"

ABSL_FLAG(std::string, smtp_url, "",
          "mail server, smtp://host:port or smtps://host:port; empty: mails stay queued. Without "
          "TLS only on "
          "loopback");
ABSL_FLAG(std::string, smtp_user, "", "user at the mail server; empty: no login");
ABSL_FLAG(std::string, smtp_password_file, "", "file that holds the password of --smtp_user");
ABSL_FLAG(std::string, mail_from, "thidua@localhost.localdomain", "sender's address");
ABSL_FLAG(std::string, mail_from_name, "Thi đua cải cách hành chính", "sender's name");
ABSL_FLAG(std::string, sms_url, "",
          "sendsms of a Kannel gateway, http://host:port/cgi-bin/sendsms; empty: SMS stay queued. "
          "Without TLS only on loopback");
ABSL_FLAG(std::string, sms_user, "thidua", "user at the SMS gateway");
ABSL_FLAG(std::string, sms_password_file, "", "file that holds the password of --sms_user");
ABSL_FLAG(std::string, sms_from, "THIDUA",
          "sender of SMS: 3 to 15 digits, or at most 11 letters and digits");
ABSL_FLAG(bool, sms_accents, false,
          "SMS with the marks of Vietnamese: up to three parts instead of one");
ABSL_FLAG(int, sms_per_number_hour, 6, "most SMS to one number within an hour; 0: no limit");
ABSL_FLAG(std::string, meeting_reminders, std::string(thidua::notify::meetings::kDefaultPlan),
          "when people are reminded of a meeting by SMS: T-DAYS@HH:MM and MINUTESm, by commas");

namespace thidua::notify {
namespace {

void Refuse(const std::string& problem) {
  std::fprintf(stderr, "thidua-notify: %s\n", problem.c_str());
  std::exit(2);
}

// The first line of the file; empty without a file.
std::string SecretIn(const std::string& flag, const std::string& file) {
  std::string secret;
  if (file.empty()) return secret;
  std::ifstream in(file);
  if (!std::getline(in, secret)) Refuse(flag + ": cannot read " + file);
  return secret;
}

}  // namespace

Options ParseOptionsOrExit(int argc, char** argv) {
  Options options;
  options.service = platform::ParseServiceOptionsOrExit("notify", argc, argv);
  options.smtp.url = absl::GetFlag(FLAGS_smtp_url);
  options.smtp.user = absl::GetFlag(FLAGS_smtp_user);
  options.smtp.password = SecretIn("--smtp_password_file", absl::GetFlag(FLAGS_smtp_password_file));
  options.mail_from.address = absl::GetFlag(FLAGS_mail_from);
  options.mail_from.name = absl::GetFlag(FLAGS_mail_from_name);
  if (!channels::IsMailAddress(options.mail_from.address)) {
    Refuse("--mail_from is not a mail address: " + options.mail_from.address);
  }
  options.sms.url = absl::GetFlag(FLAGS_sms_url);
  options.sms.user = absl::GetFlag(FLAGS_sms_user);
  options.sms.password = SecretIn("--sms_password_file", absl::GetFlag(FLAGS_sms_password_file));
  options.sms_from.from = absl::GetFlag(FLAGS_sms_from);
  options.sms_from.with_accents = absl::GetFlag(FLAGS_sms_accents);
  if (!channels::IsSmsSender(options.sms_from.from)) {
    Refuse("--sms_from is neither 3 to 15 digits nor at most 11 letters and digits: " +
           options.sms_from.from);
  }
  options.sender.most_to_number = absl::GetFlag(FLAGS_sms_per_number_hour);
  const auto plan = meetings::ParsePlan(absl::GetFlag(FLAGS_meeting_reminders));
  if (!plan.has_value()) {
    Refuse("--meeting_reminders must be like " + std::string(meetings::kDefaultPlan) + ": " +
           absl::GetFlag(FLAGS_meeting_reminders));
  }
  options.meeting_reminders = *plan;
  return options;
}

}  // namespace thidua::notify
