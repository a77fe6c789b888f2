// A real SMTP server (aiosmtpd) for tests, in a process of its own, that answers as it is told.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace thidua::notify::testing {

// A mail that the server took over.
struct ReceivedMail {
  std::string sender;      // of the envelope
  std::string recipients;  // of the envelope
  std::string raw;         // headers and body as they came
  // Value of a header that stands on one line; empty when there is none.
  std::string Header(const std::string& name) const;
  // The text, decoded from base64; lines end with "\r\n".
  std::string Body() const;
};

class SmtpSink {
 public:
  // Ends the test program when the server cannot be started.
  SmtpSink();
  ~SmtpSink();
  SmtpSink(const SmtpSink&) = delete;
  SmtpSink& operator=(const SmtpSink&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  // See smtp_sink.py: "ok", "rcpt 550 5.1.1 unknown", "hang", …
  void Behave(const std::string& behaviour);
  // All mails taken over so far, in order.
  std::vector<ReceivedMail> Mails() const;

 private:
  std::string directory_;
  pid_t process_ = 0;
  int port_ = 0;
};

}  // namespace thidua::notify::testing
