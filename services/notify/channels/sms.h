// One SMS: the number it goes to, the text as the gateway gets it, and how an attempt ended. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "notify/channels/outcome.h"

namespace thidua::notify::channels {

// How the characters of an SMS are coded.
enum class Coding {
  kGsm7,  // GSM 03.38: 160 characters in one part, 153 in each of several
  kUcs2,  // 16 bits a character: 70 in one part, 67 in each of several
};

struct Sms {
  std::string reference;  // of ours; no personal data
  std::string to;         // as NormalisePhone writes it
  std::string from;       // number or name that the receiver sees
  std::string text;       // of PlanText
  Coding coding = Coding::kGsm7;
  int parts = 1;
};

// R-NOT-33 the number as E.164 ("+84912345678") from any of the ways in which people write it:
// +84…, 0084…, 84…, 0…, with blanks, dots, dashes or brackets. Of Vietnam only mobile numbers, as a
// fixed line takes no SMS; of other countries any with "+". nullopt for what is none.
std::optional<std::string> NormalisePhone(std::string_view text);

// What the receiver sees as the sender: 3 to 15 digits, or a name of at most 11 letters and digits,
// as networks ask for.
bool IsSmsSender(std::string_view text);

// Vietnamese without its marks: "Đắk Nông" -> "Dak Nong"; quotation marks, dashes and the ellipsis
// become their ASCII kin, any other character that GSM 03.38 lacks becomes "?".
std::string Unaccented(std::string_view text);
// Whether GSM 03.38 has every character.
bool IsGsm7(std::string_view text);
// Parts in which the text goes out; at least 1.
int PartsOf(std::string_view text, Coding coding);

struct PlannedText {
  std::string text;
  Coding coding = Coding::kGsm7;
  int parts = 1;
};
inline constexpr int kMostAccentedParts = 3;
// R-NOT-34 without marks a text is one part of at most 160 characters; with marks it is at most
// three parts of UCS-2 (201 characters), unless GSM 03.38 has all of it. What is longer is cut at
// its end, which "..." shows: templates put first what matters.
PlannedText PlanText(std::string_view text, bool with_accents);

// What was seen of one exchange with the gateway's sendsms interface.
struct GatewayExchange {
  bool handed_over = false;  // the whole request was given to the connection
  int status = 0;            // HTTP status of the answer; 0 when there was none
  std::string_view answer;   // its text
};
// R-NOT-41 202 is taken over, at once or to be sent on later. A number that the gateway has no way
// to, or that is on its lists of refused ones, is final. Every other refusal is about us or about
// the gateway (wrong password, no sender, out of order) and may be tried again. When the whole
// request was handed over and no answer came, the outcome is not known.
Outcome Classify(const GatewayExchange& exchange);

}  // namespace thidua::notify::channels
