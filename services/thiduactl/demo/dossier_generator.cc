#include "thiduactl/demo/dossier_generator.h"

#include <cstdint>
#include <cstdio>

#include "absl/time/civil_time.h"
#include "platform/clock.h"
#include "thiduactl/demo/participants.h"

namespace thidua::ctl::demo {
namespace {

// A linear congruential generator: its numbers are part of the demo, so no library's may change
// them.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  int Below(int bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state_ >> 33) % static_cast<uint64_t>(bound));
  }

 private:
  uint64_t state_;
};

json Dossier(const Participant& unit, int year, int number, bool late, Random& random) {
  static constexpr const char* kChannels[] = {"DIRECT", "ONLINE", "ONLINE", "POSTAL"};
  const absl::CivilDay received = absl::CivilDay(year, 1, 3) + random.Below(320);
  const absl::CivilDay due = received + 3 + random.Below(12);
  const absl::CivilDay finished = late ? due + 1 + random.Below(5) : due - random.Below(3);
  char code[64];
  std::snprintf(code, sizeof code, "%s-%02d%02d%02d-%04d", unit.code,
                static_cast<int>(received.year() % 100), received.month(), received.day(), number);
  char procedure[16];
  std::snprintf(procedure, sizeof procedure, "1.%06d", 1 + random.Below(40));
  const absl::Time event = absl::FromCivil(absl::CivilHour(finished) + 15, platform::VietnamTime());
  return {{"dossier_code", code},
          {"unit_code", unit.code},
          {"procedure_code", procedure},
          {"channel", std::string("DOSSIER_CHANNEL_") + kChannels[random.Below(4)]},
          {"status", "DOSSIER_STATUS_RETURNED"},
          {"received_date", platform::FormatDate(received)},
          {"due_date", platform::FormatDate(due)},
          {"finished_date", platform::FormatDate(finished)},
          {"event_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", event, absl::UTCTimeZone())}};
}

}  // namespace

std::vector<json> DossiersOfYear(int year, int total) {
  std::vector<json> rows;
  rows.reserve(total);
  uint64_t unit_number = 0;
  for (const Participant& unit : Everybody()) {
    const int count = total / kDossierWeights * unit.dossiers_weight;
    const int late_count = unit.In(year).late_per_mille * count / 1000;
    Random random(static_cast<uint64_t>(year) * 100 + unit_number++);
    for (int i = 0; i < count; ++i) {
      // Late ones are spread over the unit by their number, not drawn: 7919 is prime, so each
      // remainder comes once.
      const bool late = static_cast<int64_t>(i) * 7919 % count < late_count;
      rows.push_back(Dossier(unit, year, i + 1, late, random));
    }
  }
  return rows;
}

}  // namespace thidua::ctl::demo
