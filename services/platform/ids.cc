#include "platform/ids.h"

#include <array>
#include <cstdint>

#include "absl/random/random.h"
#include "platform/status.h"

namespace thidua::platform {
namespace {
constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr size_t kIdLength = 26;  // 128 bits, 5 a character
}  // namespace

std::string NewId(absl::Time now) {
  thread_local absl::BitGen random;
  // Ids made by one thread at one instant (the events of one call) sort in the order of making: the
  // 12 bits behind the milliseconds count up from a random start, and carry.
  thread_local uint64_t last_millis = ~uint64_t{0};
  thread_local uint64_t counter = 0;
  const uint64_t millis = static_cast<uint64_t>(absl::ToUnixMillis(now)) & 0xFFFFFFFFFFFFULL;
  counter = millis == last_millis ? counter + 1 : absl::Uniform<uint64_t>(random, 0, 0x800);
  last_millis = millis;
  const uint64_t counted = (millis << 12) + counter;
  const uint64_t high = ((counted >> 12) << 16) | 0x7000ULL | (counted & 0xFFF);
  const uint64_t low = 0x8000000000000000ULL | (absl::Uniform<uint64_t>(random) >> 2);
  std::string id(kIdLength, '0');
  unsigned __int128 value = (static_cast<unsigned __int128>(high) << 64) | low;
  for (size_t i = kIdLength; i-- > 0;) {
    id[i] = kAlphabet[static_cast<size_t>(value & 31)];
    value >>= 5;
  }
  return id;
}

bool IsId(std::string_view text) {
  return text.size() == kIdLength && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

absl::StatusOr<std::string> IdFromName(std::string_view name, std::string_view collection,
                                       std::string_view field) {
  const std::string prefix = std::string(collection) + "/";
  if (name.substr(0, prefix.size()) == prefix && IsId(name.substr(prefix.size()))) {
    return std::string(name.substr(prefix.size()));
  }
  return InvalidField(
      field, "NAME_MALFORMED",
      {"phải có dạng \"" + prefix + "<mã>\"", "must have the form \"" + prefix + "<id>\""});
}

std::string NameOf(std::string_view collection, std::string_view id) {
  return std::string(collection) + "/" + std::string(id);
}

}  // namespace thidua::platform
