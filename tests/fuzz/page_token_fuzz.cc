// Page tokens. Input: a scope, a line end, a token (and a key).
#include <string>

#include "fuzz/fuzz.h"
#include "platform/paging.h"
#include "platform/status.h"

using thidua::fuzz::TakeLine;
using thidua::fuzz::TextOf;
namespace platform = thidua::platform;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest = TextOf(data, size);
  const std::string scope(TakeLine(&rest));
  const auto page = platform::ReadPage(0, rest, scope);
  if (page.ok()) {
    FUZZ_CHECK(page->size == 50);
    // The key that was read is said by the token that we would make of it.
    if (!rest.empty()) {
      FUZZ_CHECK(!page->after.empty());
      const auto own = platform::ReadPage(0, platform::NextPageToken(page->after, scope), scope);
      FUZZ_CHECK(own.ok() && own->after == page->after);
    }
  } else {
    const std::string reason = platform::ReasonOf(page.status());
    FUZZ_CHECK(reason == "PAGE_TOKEN_MALFORMED" || reason == "PAGE_TOKEN_MISMATCH");
  }
  // Keys are ids and short codes: never empty, and far below what a token may hold.
  if (rest.empty() || rest.size() > 700) return 0;
  const std::string token = platform::NextPageToken(rest, scope);
  const auto back = platform::ReadPage(7, token, scope);
  FUZZ_CHECK(back.ok() && back->after == rest && back->size == 7);
  FUZZ_CHECK(!platform::ReadPage(7, token, scope + "|").ok());
  return 0;
}
