// Spans of days, the last one included.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"

namespace thidua::campaign::directory {

struct Span {
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;  // nullopt: without end

  bool Holds(absl::CivilDay day) const { return from <= day && (!to || day <= *to); }
  bool Overlaps(const Span& other) const {
    return (!other.to || from <= *other.to) && (!to || other.from <= *to);
  }
  bool Covers(const Span& other) const {
    return from <= other.from && (!to || (other.to && *other.to <= *to));
  }
  friend bool operator==(const Span& a, const Span& b) { return a.from == b.from && a.to == b.to; }
};

}  // namespace thidua::campaign::directory
