#include "platform/feed/leaf.h"

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "platform/json.h"
#include "platform/timestamp.h"

namespace thidua::feed {

absl::StatusOr<std::string> LeafContent(const common::v1::Event& event) {
  return platform::CanonicalJson({
      {"id", event.id()},
      {"type", event.type()},
      {"aggregate_type", event.aggregate_type()},
      {"aggregate_id", event.aggregate_id()},
      {"aggregate_version", absl::StrCat(event.aggregate_version())},
      {"unit_id", event.unit_id()},
      {"actor", event.actor()},
      {"occur_time", Rfc3339(platform::FromTimestamp(event.occur_time()))},
      {"business_date", event.business_date()},
      {"payload_json", event.payload_json()},
      {"before_json", event.before_json()},
      {"reason", event.reason()},
      {"request_id", event.request_id()},
  });
}

std::string Rfc3339(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

}  // namespace thidua::feed
