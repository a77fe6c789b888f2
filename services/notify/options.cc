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

namespace thidua::notify {
namespace {

void Refuse(const std::string& problem) {
  std::fprintf(stderr, "thidua-notify: %s\n", problem.c_str());
  std::exit(2);
}

}  // namespace

Options ParseOptionsOrExit(int argc, char** argv) {
  Options options;
  options.service = platform::ParseServiceOptionsOrExit("notify", argc, argv);
  options.smtp.url = absl::GetFlag(FLAGS_smtp_url);
  options.smtp.user = absl::GetFlag(FLAGS_smtp_user);
  if (const std::string file = absl::GetFlag(FLAGS_smtp_password_file); !file.empty()) {
    std::ifstream in(file);
    if (!std::getline(in, options.smtp.password))
      Refuse("--smtp_password_file: cannot read " + file);
  }
  options.sender.from_address = absl::GetFlag(FLAGS_mail_from);
  options.sender.from_name = absl::GetFlag(FLAGS_mail_from_name);
  if (!channels::IsMailAddress(options.sender.from_address)) {
    Refuse("--mail_from is not a mail address: " + options.sender.from_address);
  }
  return options;
}

}  // namespace thidua::notify
