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
  const uint64_t millis = static_cast<uint64_t>(absl::ToUnixMillis(now)) & 0xFFFFFFFFFFFFULL;
  const uint64_t high = (millis << 16) | 0x7000ULL | absl::Uniform<uint64_t>(random, 0, 0x1000);
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
