// Dates: of contracts, of a plan's JSON, of documents' wording; and the folding that wording is
// read by.
#include <string>

#include "campaign/wording/dates.h"
#include "campaign/wording/fold.h"
#include "fuzz/fuzz.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/utf8.h"

using thidua::fuzz::TextOf;
namespace wording = thidua::campaign::wording;
namespace platform = thidua::platform;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = TextOf(data, size);
  const auto day = platform::ParseDate(text, "date");
  if (day.ok()) {
    FUZZ_CHECK(platform::FormatDate(*day) == text);
    FUZZ_CHECK(day->year() >= 1900 && day->year() <= 2200);
  } else {
    const std::string reason = platform::ReasonOf(day.status());
    FUZZ_CHECK(reason == "DATE_MALFORMED" || reason == "DATE_IMPOSSIBLE");
  }
  wording::PartialDate partial;
  if (wording::ParsePartialDate(text, &partial) == wording::DateProblem::kNone) {
    FUZZ_CHECK(partial.first() <= partial.last());
    FUZZ_CHECK(partial.day == 0 || partial.first() == partial.last());
    // What is known to the day is a date of the contracts, too.
    FUZZ_CHECK((partial.day != 0) == day.ok());
  } else {
    FUZZ_CHECK(!day.ok());
  }
  for (const wording::WordedSpan& span : wording::FindDates(text).spans) {
    FUZZ_CHECK(span.first <= span.last);
    FUZZ_CHECK(span.first.year() >= 1900 && span.last.year() <= 2200);
  }
  const bool utf8 = !thidua::platform::FirstNonUtf8(text).has_value();
  const std::string folded = wording::Fold(text);
  if (utf8) {  // of other bytes, what is left when an accent goes may read anew
    FUZZ_CHECK(wording::Fold(folded) == folded);
    FUZZ_CHECK(wording::FoldedWords(folded) == wording::FoldedWords(text));
  }
  return 0;
}
