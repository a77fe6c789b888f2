// JSON log lines on standard error: one a request, one for each change of state. Never payloads,
// tokens, passwords or personal data.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "platform/clock.h"

namespace thidua::platform {

enum class Severity { kInfo, kWarning, kError };

class Logger {
 public:
  // `service` goes into every line ("svc").
  Logger(std::string service, const Clock& clock);
  using Field = std::pair<std::string_view, std::string>;
  // {"ts":…,"sev":…,"svc":…,"msg":…, fields…}. Thread-safe.
  void Write(Severity severity, std::string_view message,
             std::initializer_list<Field> fields = {}) const;
  void Info(std::string_view message, std::initializer_list<Field> fields = {}) const {
    Write(Severity::kInfo, message, fields);
  }
  void Warning(std::string_view message, std::initializer_list<Field> fields = {}) const {
    Write(Severity::kWarning, message, fields);
  }
  void Error(std::string_view message, std::initializer_list<Field> fields = {}) const {
    Write(Severity::kError, message, fields);
  }

 private:
  const std::string service_;
  const Clock& clock_;
};

}  // namespace thidua::platform
