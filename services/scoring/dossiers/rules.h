// Timeliness of dossiers and what a dossier counts for. Pure: no clock, database, proto or log.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::scoring::dossiers {

enum class Channel { kDirect = 1, kOnline = 2, kPostal = 3 };

// The numbers are the national portal's codes.
enum class Status {
  kRegistered = 1,
  kReceived = 2,
  kRejected = 3,
  kProcessing = 4,
  kSupplementRequested = 5,
  kPaymentRequested = 6,
  kWithdrawn = 7,
  kSuspended = 8,
  kFinished = 9,
  kReturned = 10,
};

// At which level the procedure is provided online. The numbers are the national portal's codes.
enum class ServiceLevel { kNotSaid = 0, kInformation = 2, kPartial = 3, kFull = 4 };

// One state of a dossier. Dates are civil dates in Asia/Ho_Chi_Minh.
struct State {
  std::string unit_id;
  std::string unit_code;  // as sent
  std::string procedure_code;
  Channel channel = Channel::kDirect;
  ServiceLevel level = ServiceLevel::kNotSaid;
  Status status = Status::kReceived;
  absl::CivilDay received;
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> finished;
  int64_t event_micros = 0;  // when the source recorded it
  int64_t event_version = 0;
};

bool IsFinished(Status status);   // 9, 10
bool IsExcluded(Status status);   // 3, 7: rejected, withdrawn
bool ClockStands(Status status);  // 5, 6, 8

enum class Timeliness {
  kEarly = 1,
  kOnTime = 2,
  kLate = 3,
  kRunning = 4,
  kOverdue = 5,
  kSuspended = 6,
  kUnclassifiable = 7,
  kExcluded = 8,
  kNotYetReceived = 9,
};

// R-SCO-10 Dates are compared, never times of day: finished before the due date is early, on it on
// time, after it late; open and not past the due date is running, past it overdue. Without a due
// date a dossier is neither in time nor late. R-SCO-11 As of a date: what was finished later was
// still open then.
Timeliness Classify(const State& state, absl::CivilDay as_of);

// R-SCO-12 Whether `a` is a later state of the same dossier than `b`: by event time, then by
// version.
bool Later(const State& a, const State& b);

// What looks wrong. The numbers are those of the contract's DossierFlag.
enum class Flag {
  kImplausibleJump = 1,
  kFinishedWithoutDueDate = 2,
  kDueDateMoved = 3,
  kDueDateMovedAfterExpiry = 4,
  kUnitChanged = 5,
  kDueBeforeReceived = 6,
};

// R-SCO-13 The flags of a dossier, as bits (1 << flag), from all its states in event order: the
// same whatever the order in which they arrived. A flag never changes a score.
uint32_t FlagsOf(const std::vector<State>& in_event_order);
std::vector<Flag> FlagList(uint32_t bits);

// Where counts are kept: unit, first day of the month, procedure, channel.
using SummaryKey = std::tuple<std::string, absl::CivilMonth, std::string, Channel>;

// Exact counters that do not depend on the date asked about. Open dossiers do, and are counted from
// the rows.
struct Counters {
  int64_t received = 0;  // in the month of receipt
  int64_t excluded = 0;  // in the month of receipt
  int64_t early = 0;     // these in the month of finishing
  int64_t on_time = 0;
  int64_t late = 0;
  int64_t unclassifiable = 0;
  int64_t full_service = 0;     // of those received and not excluded, in the month of receipt:
  int64_t partial_service = 0;  // procedures provided wholly and partly online

  bool operator==(const Counters&) const = default;
  Counters& operator+=(const Counters& other);
  bool IsZero() const { return *this == Counters{}; }
};

using Summary = std::map<SummaryKey, Counters>;

// R-SCO-14 Adds what a state counts for, `sign` times (1 or −1). Entries that become zero are taken
// out.
void Count(const State& state, int64_t sign, Summary& summary);

// A ratio that scores read.
struct Share {
  int64_t numerator = 0;
  int64_t denominator = 0;
};
// early + on time, and early + on time + late.
Share RatioOf(const Counters& counters);

// R-SCO-55 Of the dossiers received, rejected and withdrawn ones left out, those that came by the
// channel; or, of procedures provided at the level, those that came online. What has no level is in
// no share of a level.
Share ShareOf(const std::map<Channel, Counters>& by_channel, Channel channel);
Share OnlineShareOf(const std::map<Channel, Counters>& by_channel, ServiceLevel level);

}  // namespace thidua::scoring::dossiers
