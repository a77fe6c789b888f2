#include "platform/loopback.h"

#include <arpa/inet.h>

#include <array>
#include <cstdint>
#include <string>

namespace thidua::platform {

bool IsLoopbackHost(std::string_view host) {
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  std::array<uint8_t, 4> bytes = {};
  return inet_pton(AF_INET, std::string(host).c_str(), bytes.data()) == 1 && bytes[0] == 127;
}

bool IsLoopbackAddress(std::string_view address) {
  return IsLoopbackHost(address.substr(0, address.rfind(':')));
}

}  // namespace thidua::platform
