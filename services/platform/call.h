// What a handler knows of the call it serves: who calls, with which rights, until when.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "thidua/common/v1/policy.pb.h"

namespace thidua::platform {

// Permissions held at a unit and everything below it. The unit id "*" means everywhere.
struct Grant {
  std::string unit_id;
  std::vector<std::string> permissions;  // exact names, or "*", "scoring.*", "*.feed.read"
};

enum class PrincipalKind { kAnonymous, kPerson, kClient, kService };

// The verified bearer of a token. subject: "person:<id>", "client:<id>", "service:<name>", or
// "anonymous" on public rpcs.
struct Principal {
  PrincipalKind kind = PrincipalKind::kAnonymous;
  std::string subject = "anonymous";
  std::string person_id;  // kPerson only
  std::vector<Grant> grants;
  // The last moment at which its token is taken, leeway included; streams end then.
  absl::Time valid_until = absl::InfiniteFuture();

  // Whether any grant, at whatever unit, has the permission.
  bool HoldsAnywhere(std::string_view permission) const;
};

// Answers whether one unit lies at or below another on a date. Every service has one: campaign its
// own tables, the others a projection. UNKNOWN_UNIT (NOT_FOUND) when `unit_id` is not known.
class UnitTree {
 public:
  virtual ~UnitTree() = default;
  virtual absl::StatusOr<bool> IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                        absl::CivilDay as_of, absl::Time deadline) = 0;
  // The unit and all below it on the date.
  virtual absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit_id,
                                                           absl::CivilDay as_of,
                                                           absl::Time deadline) = 0;
};

// Which units a list may show.
struct VisibleUnits {
  bool all = false;
  std::vector<std::string> ids;  // sorted; meaningful when !all
  bool Contains(const std::string& unit_id) const;
};

// One call. Lives until the answer is sent; not copied. Handlers take it by const reference.
class Call {
 public:
  struct Context {
    std::string method;  // "/thidua.campaign.v1.PlanService/GetPlan"
    common::v1::Policy policy;
    Principal principal;
    absl::Time deadline;
    std::string call_id;   // made by us, in every log line
    std::string trace_id;  // from W3C traceparent, or made by us
    absl::Time machine_now;
    absl::Time business_now;
    UnitTree* unit_tree = nullptr;  // null on services that need none (tests)
  };
  explicit Call(Context context) : context_(std::move(context)) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const Principal& principal() const { return context_.principal; }
  const std::string& method() const { return context_.method; }
  const common::v1::Policy& policy() const { return context_.policy; }
  absl::Time deadline() const { return context_.deadline; }
  const std::string& call_id() const { return context_.call_id; }
  const std::string& trace_id() const { return context_.trace_id; }
  absl::Time machine_now() const { return context_.machine_now; }
  absl::Time business_now() const { return context_.business_now; }
  absl::CivilDay business_today() const;

  // PERMISSION_DENIED unless the policy's permission is held at the unit or above it today. On
  // SCOPE_UNIT rpcs with unit_from RESOURCE or a field path this must be called before the handler
  // answers OK.
  absl::Status Require(const std::string& unit_id) const;
  // The same for a named permission other than the policy's.
  absl::Status RequirePermission(std::string_view permission, const std::string& unit_id) const;
  // For lists (unit_from FILTER): the units at which the policy's permission is held. Counts as the
  // check.
  absl::StatusOr<VisibleUnits> Visible() const;
  // Whether Require or Visible has been asked and granted.
  bool checked() const { return checked_.load(); }
  // The answer tells nothing new, as when a poll finds nothing: an OK call then leaves no log line.
  // Metrics count it as ever, and an error is logged as ever.
  void Quiet() const { quiet_.store(true); }
  bool quiet() const { return quiet_.load(); }
  // For the frame: a message of this stream was checked.
  void MarkChecked() const { checked_.store(true); }
  const Context& context() const { return context_; }

 private:
  Context context_;
  mutable std::atomic<bool> checked_{false};
  mutable std::atomic<bool> quiet_{false};
};

}  // namespace thidua::platform
