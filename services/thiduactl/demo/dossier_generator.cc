#include "thiduactl/demo/dossier_generator.h"

#include <cstdint>
#include <cstdio>

#include "absl/time/civil_time.h"
#include "platform/clock.h"

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

}  // namespace

std::vector<json> GenerateDossiers(const std::vector<std::string>& unit_codes,
                                   const std::vector<int>& late_per_mille, int per_unit) {
  static constexpr const char* kChannels[] = {"DIRECT", "ONLINE", "ONLINE", "POSTAL"};
  std::vector<json> rows;
  for (size_t unit = 0; unit < unit_codes.size(); ++unit) {
    Random random(2023 + unit);
    for (int i = 0; i < per_unit; ++i) {
      const absl::CivilDay received = absl::CivilDay(2023, 1, 3) + random.Below(320);
      const absl::CivilDay due = received + 3 + random.Below(12);
      // Exactly the asked share is late: spread over the year by the position, not drawn.
      const bool late = (i * 7919) % per_unit < late_per_mille[unit] * per_unit / 1000;
      const absl::CivilDay finished = late ? due + 1 + random.Below(5) : due - random.Below(3);
      char code[64];
      std::snprintf(code, sizeof code, "%s-%02d%02d%02d-%04d", unit_codes[unit].c_str(),
                    static_cast<int>(received.year() % 100), received.month(), received.day(),
                    i + 1);
      char procedure[16];
      std::snprintf(procedure, sizeof procedure, "1.%06d", 1 + random.Below(40));
      const absl::Time event =
          absl::FromCivil(absl::CivilHour(finished) + 15, platform::VietnamTime());
      rows.push_back(
          {{"dossier_code", code},
           {"unit_code", unit_codes[unit]},
           {"procedure_code", procedure},
           {"channel", std::string("DOSSIER_CHANNEL_") + kChannels[random.Below(4)]},
           {"status", "DOSSIER_STATUS_RETURNED"},
           {"received_date", platform::FormatDate(received)},
           {"due_date", platform::FormatDate(due)},
           {"finished_date", platform::FormatDate(finished)},
           {"event_time", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", event, absl::UTCTimeZone())}});
    }
  }
  return rows;
}

}  // namespace thidua::ctl::demo
