#include "platform/admission.h"

#include <cctype>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_format.h"
#include "google/protobuf/descriptor.h"
#include "platform/frame_errors.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

std::string Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

// The trace id of a W3C traceparent (00-<32 hex>-<16 hex>-<2 hex>); a fresh one when there is none.
std::string TraceId(const std::string& traceparent) {
  if (traceparent.size() == 55 && traceparent[2] == '-' && traceparent[35] == '-') {
    std::string id = traceparent.substr(3, 32);
    bool hex = true;
    for (const char c : id) hex = hex && std::isxdigit(static_cast<unsigned char>(c)) != 0;
    if (hex && id != std::string(32, '0')) return id;
  }
  thread_local absl::BitGen random;
  return absl::StrFormat("%016x%016x", absl::Uniform<uint64_t>(random),
                         absl::Uniform<uint64_t>(random));
}

absl::Status CheckPolicy(const common::v1::Policy& policy, const std::string& method) {
  const bool unit = policy.scope() == common::v1::SCOPE_UNIT;
  if (policy.scope() == common::v1::SCOPE_UNSPECIFIED) {
    return absl::FailedPreconditionError("rpc without a policy: " + method);
  }
  if (unit && (policy.permission().empty() || policy.unit_from().empty())) {
    return absl::FailedPreconditionError("UNIT policy without permission or unit_from: " + method);
  }
  if (!unit && !policy.unit_from().empty()) {
    return absl::FailedPreconditionError("unit_from without scope UNIT: " + method);
  }
  return absl::OkStatus();
}

const char* CodeName(absl::StatusCode code) {
  static constexpr const char* kNames[] = {"OK",
                                           "CANCELLED",
                                           "UNKNOWN",
                                           "INVALID_ARGUMENT",
                                           "DEADLINE_EXCEEDED",
                                           "NOT_FOUND",
                                           "ALREADY_EXISTS",
                                           "PERMISSION_DENIED",
                                           "RESOURCE_EXHAUSTED",
                                           "FAILED_PRECONDITION",
                                           "ABORTED",
                                           "OUT_OF_RANGE",
                                           "UNIMPLEMENTED",
                                           "INTERNAL",
                                           "UNAVAILABLE",
                                           "DATA_LOSS",
                                           "UNAUTHENTICATED"};
  const int index = static_cast<int>(code);
  return index >= 0 && index < 17 ? kNames[index] : "UNKNOWN";
}

}  // namespace

bool TooLateToBegin(absl::Time deadline, absl::Time now) {
  return deadline - now < absl::Milliseconds(25);
}

Admission::Admission(Dependencies dependencies)
    : deps_(std::move(dependencies)),
      snapshots_(deps_.most_snapshots),
      watches_(deps_.most_watches),
      handled_(&deps_.metrics->Counters("grpc_server_handled_total",
                                        "Calls answered, by method and code")),
      seconds_(&deps_.metrics->Histograms("grpc_server_handling_seconds",
                                          "Time from arrival to answer, by method")) {
  for (auto [name, executor] :
       {std::pair{"calls", deps_.calls}, std::pair{"streams", deps_.streams},
        std::pair{"chunks", deps_.chunks}}) {
    Executor* pool = executor;
    deps_.metrics->Gauge("worker_queue_depth", "Calls waiting for a worker", {{"pool", name}},
                         [pool] { return static_cast<double>(pool->queued()); });
    deps_.metrics->Gauge("worker_running", "Workers at work", {{"pool", name}},
                         [pool] { return static_cast<double>(pool->running()); });
  }
}

absl::Status Admission::RegisterService(std::string_view service_full_name) {
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      std::string(service_full_name));
  if (service == nullptr) {
    return absl::FailedPreconditionError("no such service: " + std::string(service_full_name));
  }
  for (int i = 0; i < service->method_count(); ++i) {
    const auto* method = service->method(i);
    const std::string name = "/" + service->full_name() + "/" + method->name();
    const common::v1::Policy policy = method->options().GetExtension(common::v1::policy);
    RETURN_IF_ERROR(CheckPolicy(policy, name));
    absl::MutexLock lock(&mutex_);
    policies_[name] = policy;
  }
  absl::MutexLock lock(&mutex_);
  registered_.emplace_back(service_full_name);
  return absl::OkStatus();
}

std::string Admission::TakeRegistered() {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> taken;
  taken.swap(registered_);
  return taken.size() == 1 ? taken.front() : "";
}

absl::Status Admission::Admit(const std::string& method, const grpc::CallbackServerContext& context,
                              bool streaming, CallRecord* record) {
  record->method = method;
  record->start = deps_.clock->Now();
  record->work_start = record->start;
  record->call_id = NewId(record->start);
  record->trace_id = TraceId(Metadata(context, "traceparent"));
  record->peer = context.peer();
  // Before anything that may need the database, the tree of units for one.
  if (!ready_.load()) return NotReady();

  Call::Context call;
  call.method = method;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = policies_.find(method);
    if (found == policies_.end()) return Internal("no policy for " + method);
    call.policy = found->second;
  }
  call.call_id = record->call_id;
  call.trace_id = record->trace_id;
  call.machine_now = record->start;
  call.business_now = record->start + deps_.business->offset();
  call.unit_tree = unit_tree_;

  // A caller without a deadline is seen as one far in the future.
  const absl::Time asked = absl::FromChrono(context.deadline());
  const absl::Duration longest = streaming ? absl::Hours(24) : deps_.longest_deadline;
  call.deadline = asked > record->start + absl::Hours(24 * 365)
                      ? record->start + (streaming ? longest : deps_.default_deadline)
                      : std::min(asked, record->start + longest);
  const bool too_late = TooLateToBegin(call.deadline, record->start);

  const auto scope = call.policy.scope();
  const std::string bearer = Metadata(context, "authorization");
  if (scope != common::v1::SCOPE_PUBLIC) {
    ASSIGN_OR_RETURN(call.principal, deps_.tokens->VerifyAccess(bearer));
  }
  const std::string permission = call.policy.permission();
  const bool service = call.principal.kind == PrincipalKind::kService;
  const bool holds = permission.empty() || call.principal.HoldsAnywhere(permission);
  record->call = std::make_unique<Call>(std::move(call));
  if (scope == common::v1::SCOPE_SERVICE && !service) {
    return PermissionDenied("SERVICE_ONLY", {"Chỉ dành cho các dịch vụ của hệ thống",
                                             "Only services of the system may call this"});
  }
  if (!holds) {
    return PermissionDenied(
        "PERMISSION_DENIED",
        {"Không có quyền " + permission, "Permission " + permission + " is not held"},
        {{"permission", permission}});
  }
  return too_late ? DeadlineTooShort() : absl::OkStatus();
}

absl::Status Admission::StillValid(const Call& call) const {
  return deps_.clock->Now() > call.principal().valid_until ? TokenExpired() : absl::OkStatus();
}

absl::Status Admission::BeginWork(bool caller_gone, CallRecord* record) const {
  record->work_start = deps_.clock->Now();
  if (caller_gone) return absl::CancelledError("the caller is gone");
  if (record->work_start > record->call->deadline()) {
    return absl::DeadlineExceededError("waited too long for a worker");
  }
  if (before_work_ == nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(before_work_(record->call->deadline()));
  Call::Context context = record->call->context();
  ReadClocks(&context);
  record->call = std::make_unique<Call>(std::move(context));
  return absl::OkStatus();
}

absl::StatusOr<Call::Context> Admission::Renewed(const Call& call) const {
  RETURN_IF_ERROR(StillValid(call));
  Call::Context context = call.context();
  context.deadline = std::min(context.deadline, deps_.clock->Now() + absl::Seconds(30));
  if (before_work_ != nullptr) RETURN_IF_ERROR(before_work_(context.deadline));
  ReadClocks(&context);
  return context;
}

void Admission::ReadClocks(Call::Context* context) const {
  context->machine_now = deps_.clock->Now();
  context->business_now = context->machine_now + deps_.business->offset();
}

grpc::Status Admission::Done(const CallRecord& record, absl::Status status) {
  if (status.ok() && record.call != nullptr && !record.call->checked() &&
      record.call->policy().scope() == common::v1::SCOPE_UNIT) {
    status = Internal("a UNIT rpc answered OK without Require: " + record.method);
  }
  const absl::Time end = deps_.clock->Now();
  grpc::Status wire = ToGrpc(status, deps_.service_name + ".thidua");
  const auto code = static_cast<absl::StatusCode>(wire.error_code());
  handled_->Add({{"grpc_method", record.method}, {"grpc_code", CodeName(code)}}).Increment();
  seconds_->Add({{"grpc_method", record.method}}, LatencyBuckets())
      .Observe(absl::ToDoubleSeconds(end - record.start));
  if (status.ok() && record.call != nullptr && record.call->quiet()) return wire;
  const bool ours = code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown;
  deps_.log->Write(
      ours ? Severity::kError : Severity::kInfo, "call",
      {{"rpc", record.method},
       {"code", CodeName(code)},
       {"reason", ReasonOf(status)},
       // What has no reason is a defect of ours; its text is for operators and never leaves by the
       // wire.
       {"detail", ours ? std::string(status.message()) : ""},
       {"principal", record.call != nullptr ? record.call->principal().subject : ""},
       {"request_id", record.call_id},
       {"trace_id", record.trace_id},
       {"peer", record.peer},
       {"ms", absl::StrFormat("%.1f", absl::ToDoubleMilliseconds(end - record.start))},
       {"queue_ms",
        absl::StrFormat("%.1f", absl::ToDoubleMilliseconds(record.work_start - record.start))}});
  return wire;
}

}  // namespace thidua::platform
