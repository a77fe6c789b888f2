#include "platform/log.h"

#include <unistd.h>

#include <string>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"

namespace thidua::platform {

Logger::Logger(std::string service, const Clock& clock)
    : service_(std::move(service)), clock_(clock) {}

void Logger::Write(Severity severity, std::string_view message,
                   std::initializer_list<Field> fields) const {
  nlohmann::ordered_json line;
  line["ts"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", clock_.Now(), absl::UTCTimeZone());
  line["sev"] = severity == Severity::kInfo      ? "info"
                : severity == Severity::kWarning ? "warning"
                                                 : "error";
  line["svc"] = service_;
  line["msg"] = message;
  for (const auto& [key, value] : fields) {
    if (!value.empty()) line[std::string(key)] = value;
  }
  std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  // One write(2) a line, so that lines of several threads never mix.
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = ::write(STDERR_FILENO, text.data() + done, text.size() - done);
    if (wrote <= 0) return;  // nowhere to report that the log is full
    done += static_cast<size_t>(wrote);
  }
}

}  // namespace thidua::platform
