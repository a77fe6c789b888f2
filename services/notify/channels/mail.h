// One mail, and how an attempt to send it ended. Pure: what goes over the wire is made here, byte
// for byte the same in every attempt.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace thidua::notify::channels {

struct Mail {
  std::string message_id;    // without angle brackets
  std::string from_address;  // valid in the sense of IsMailAddress
  std::string from_name;     // as people read it
  std::string to_address;    // valid in the sense of IsMailAddress
  std::string subject;
  std::string body;  // plain UTF-8 with "\n"
  absl::Time date;   // the Date header: when it was queued, so that a repeat is the same mail
};

// R-NOT-30 an address we hand to a mail server: ASCII, one "@", a dot-atom before it, host labels
// after it, at most 254 characters. Nothing in it can end a header or an SMTP command.
bool IsMailAddress(std::string_view text);

// R-NOT-31 "<delivery id>@thidua": from the identity of the delivery alone, so that all attempts
// carry it.
std::string MessageIdOf(std::string_view delivery_id);

// R-NOT-32 the message as RFC 5322 and MIME want it: header lines of at most 998 characters and no
// others than ours, text in encoded words (RFC 2047), body in base64, CRLF throughout.
std::string Compose(const Mail& mail);

// One header text in encoded words of at most 75 characters, each with whole characters; folded
// lines.
std::string EncodedWords(std::string_view text);

}  // namespace thidua::notify::channels
