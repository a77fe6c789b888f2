// Which hosts are this machine for certain: plaintext and passwords may go there.
#pragma once

#include <string_view>

namespace thidua::platform {

// A host without port: "localhost", "::1" or "[::1]", or an IPv4 address of 127.0.0.0/8. A name
// that merely begins so ("127.example.com") is none.
bool IsLoopbackHost(std::string_view host);

// The same for "host:port".
bool IsLoopbackAddress(std::string_view address);

}  // namespace thidua::platform
