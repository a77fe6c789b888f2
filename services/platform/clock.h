// Two clocks, both injected. Machine time is for leases, tokens and deadlines of calls. Business
// time is for legal dates, deadlines and validity; in the local and test profiles it can be moved,
// and then it differs from machine time by an offset that all services learn from campaign's feed.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace thidua::platform {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// Stands still until moved. For tests.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time start) : micros_(absl::ToUnixMicros(start)) {}
  absl::Time Now() const override { return absl::FromUnixMicros(micros_.load()); }
  void Set(absl::Time time) { micros_.store(absl::ToUnixMicros(time)); }
  void Advance(absl::Duration by) { micros_.fetch_add(absl::ToInt64Microseconds(by)); }

 private:
  std::atomic<int64_t> micros_;
};

// Asia/Ho_Chi_Minh: UTC+7 all year since 1975, for every legal date.
absl::TimeZone VietnamTime();

// Machine time plus an offset. Thread-safe.
class BusinessClock {
 public:
  explicit BusinessClock(const Clock& machine) : machine_(machine) {}
  absl::Time Now() const;
  // The civil date in Vietnam.
  absl::CivilDay Today() const;
  void SetOffset(absl::Duration offset);
  absl::Duration offset() const;

 private:
  const Clock& machine_;
  std::atomic<int64_t> offset_ms_{0};
};

// YYYY-MM-DD that exists in the calendar; anything else (31/11, 2023-02-29, "2023-2-1") is refused
// with DATE_IMPOSSIBLE or DATE_MALFORMED on the named field. Years 1900..2200.
absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text, std::string_view field);
// YYYY-MM-DD.
std::string FormatDate(absl::CivilDay day);
// dd/mm/yyyy, as people in Vietnam read it.
std::string FormatDateVi(absl::CivilDay day);

}  // namespace thidua::platform
