#include "platform/grpc_log.h"

#include <cstring>
#include <string>

#include "absl/base/const_init.h"
#include "absl/synchronization/mutex.h"
#include "grpc/support/log.h"

namespace thidua::platform {
namespace {

// Threads of gRPC may still report while a host goes away, so the log is held while it is written.
ABSL_CONST_INIT absl::Mutex g_mutex(absl::kConstInit);
const Logger* g_log ABSL_GUARDED_BY(g_mutex) = nullptr;

void Report(gpr_log_func_args* line) {
  const Severity severity =
      line->severity == GPR_LOG_SEVERITY_ERROR ? Severity::kError : Severity::kInfo;
  const char* const slash = std::strrchr(line->file, '/');
  const std::string place =
      std::string(slash == nullptr ? line->file : slash + 1) + ":" + std::to_string(line->line);
  absl::MutexLock lock(&g_mutex);
  if (g_log != nullptr) {
    g_log->Write(severity, "grpc", {{"detail", line->message}, {"place", place}});
  }
}

}  // namespace

GrpcLogScope::GrpcLogScope(const Logger& log) : log_(log) {
  {
    absl::MutexLock lock(&g_mutex);
    g_log = &log_;
  }
  gpr_set_log_function(Report);
}

GrpcLogScope::~GrpcLogScope() {
  absl::MutexLock lock(&g_mutex);
  if (g_log != &log_) return;
  g_log = nullptr;
  gpr_set_log_function(nullptr);
}

}  // namespace thidua::platform
