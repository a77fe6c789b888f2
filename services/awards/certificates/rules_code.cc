#include "awards/certificates/rules_code.h"

#include <array>
#include <cstdint>

namespace thidua::awards::certificates {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kDataCharacters = 19;
constexpr size_t kGroup = 4;

// The field of 32 elements, by the primitive polynomial x^5 + x^2 + 1.
uint8_t Times(uint8_t a, uint8_t b) {
  uint8_t product = 0;
  for (; b != 0; b = static_cast<uint8_t>(b >> 1)) {
    if (b & 1) product = static_cast<uint8_t>(product ^ a);
    a = static_cast<uint8_t>(a << 1);
    if (a & 0x20) a = static_cast<uint8_t>(a ^ 0x25);
  }
  return product;
}

using Data = std::array<uint8_t, kDataCharacters>;

// Character i is weighed with x^(i+1), the check character with 1: all weights differ and none is
// 0, so one wrong character and two exchanged ones always change the sum.
uint8_t CheckOf(const Data& data) {
  uint8_t weight = 1, sum = 0;
  for (uint8_t value : data) {
    weight = Times(weight, 2);
    sum = static_cast<uint8_t>(sum ^ Times(weight, value));
  }
  return sum;
}

std::string Write(const Data& data) {
  std::string code;
  for (size_t i = 0; i <= kDataCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) code.push_back('-');
    code.push_back(kAlphabet[i < kDataCharacters ? data[i] : CheckOf(data)]);
  }
  return code;
}

// The value of a typed character; -1 when it is none, -2 when it does not matter.
int ValueOf(char c) {
  if (c == '-' || c == ' ') return -2;
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

// R-AWD-70
std::string MakeCode(std::string_view random_bytes) {
  Data data{};
  size_t bit = 0;
  for (uint8_t& value : data) {
    for (int i = 0; i < 5; ++i, ++bit) {
      const auto byte = static_cast<uint8_t>(random_bytes.at(bit / 8));
      value = static_cast<uint8_t>(value << 1 | (byte >> (bit % 8) & 1));
    }
  }
  return Write(data);
}

// R-AWD-71
std::optional<std::string> ReadCode(std::string_view typed) {
  Data data{};
  size_t count = 0;
  int check = -1;
  for (char c : typed) {
    const int value = ValueOf(c);
    if (value == -2) continue;
    if (value == -1 || count > kDataCharacters) return std::nullopt;
    if (count < kDataCharacters) {
      data[count] = static_cast<uint8_t>(value);
    } else {
      check = value;
    }
    ++count;
  }
  if (count != kDataCharacters + 1 || check != CheckOf(data)) return std::nullopt;
  return Write(data);
}

}  // namespace thidua::awards::certificates
