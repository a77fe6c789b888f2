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

// Of the procedures the first are wholly online, then some partly, the last ones not at all.
constexpr int kProcedures = 40;
constexpr int kWhollyOnline = 24;
constexpr int kOnline = 34;

const char* LevelOf(int procedure) {
  if (procedure <= kWhollyOnline) return "FULL";
  return procedure <= kOnline ? "PARTIAL" : "INFORMATION";
}

// By its place among a hundred.
const char* ChannelOf(const YearOfUnit& year, int64_t place) {
  if (place < year.online_percent) return "ONLINE";
  return place < year.online_percent + year.postal_percent ? "POSTAL" : "DIRECT";
}

json Dossier(const Participant& unit, int year, int number, bool late, const char* channel,
             Random& random) {
  const absl::CivilDay received = absl::CivilDay(year, 1, 3) + random.Below(320);
  const absl::CivilDay due = received + 3 + random.Below(12);
  const absl::CivilDay finished = late ? due + 1 + random.Below(5) : due - random.Below(3);
  char code[64];
  std::snprintf(code, sizeof code, "%s-%02d%02d%02d-%04d", unit.code,
                static_cast<int>(received.year() % 100), received.month(), received.day(), number);
  const int drawn = 1 + random.Below(std::string(channel) == "ONLINE" ? kOnline : kProcedures);
  char procedure[16];
  std::snprintf(procedure, sizeof procedure, "1.%06d", drawn);
  const absl::Time event = absl::FromCivil(absl::CivilHour(finished) + 15, platform::VietnamTime());
  return {{"dossier_code", code},
          {"unit_code", unit.code},
          {"procedure_code", procedure},
          {"channel", std::string("DOSSIER_CHANNEL_") + channel},
          {"service_level", std::string("SERVICE_LEVEL_") + LevelOf(drawn)},
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
      // Late ones and channels are spread over the unit by their number, not drawn: 7907 and 7919
      // are prime, so each remainder comes once.
      const bool late = static_cast<int64_t>(i) * 7919 % count < late_count;
      const int64_t place = static_cast<int64_t>(i) * 7907 % count * 100 / count;
      rows.push_back(Dossier(unit, year, i + 1, late, ChannelOf(unit.In(year), place), random));
    }
  }
  return rows;
}

}  // namespace thidua::ctl::demo
