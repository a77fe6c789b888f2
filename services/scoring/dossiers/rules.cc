#include "scoring/dossiers/rules.h"

namespace thidua::scoring::dossiers {
namespace {

uint32_t Bit(Flag flag) { return 1u << static_cast<int>(flag); }

absl::CivilMonth MonthOf(absl::CivilDay day) { return absl::CivilMonth(day); }

// The date in Vietnam of an instant; the zone has been UTC+7 without exception since 1975.
absl::CivilDay DateOf(int64_t micros) {
  constexpr int64_t kDay = int64_t{86400} * 1000000;
  constexpr int64_t kOffset = int64_t{7} * 3600 * 1000000;
  const int64_t shifted = micros + kOffset;
  const int64_t days = shifted >= 0 ? shifted / kDay : -((-shifted + kDay - 1) / kDay);
  return absl::CivilDay(1970, 1, 1) + days;
}

// A finished dossier cannot be open again, and a returned one cannot be anything else.
bool ImplausibleJump(Status from, Status to) {
  if (from == Status::kReturned) return to != Status::kReturned;
  return from == Status::kFinished && !IsFinished(to);
}

// From one state to the next.
uint32_t FlagsOfStep(const State& before, const State& after) {
  uint32_t flags = 0;
  if (ImplausibleJump(before.status, after.status)) flags |= Bit(Flag::kImplausibleJump);
  if (before.unit_id != after.unit_id) flags |= Bit(Flag::kUnitChanged);
  if (before.due.has_value() && before.due != after.due) {
    flags |= Bit(Flag::kDueDateMoved);
    if (DateOf(after.event_micros) > *before.due) flags |= Bit(Flag::kDueDateMovedAfterExpiry);
  }
  return flags;
}

uint32_t FlagsOfOne(const State& state) {
  uint32_t flags = 0;
  if (IsFinished(state.status) && !state.due.has_value()) {
    flags |= Bit(Flag::kFinishedWithoutDueDate);
  }
  if (state.due.has_value() && *state.due < state.received) {
    flags |= Bit(Flag::kDueBeforeReceived);
  }
  return flags;
}

}  // namespace

bool IsFinished(Status status) {
  return status == Status::kFinished || status == Status::kReturned;
}

bool IsExcluded(Status status) {
  return status == Status::kRejected || status == Status::kWithdrawn;
}

bool ClockStands(Status status) {
  return status == Status::kSupplementRequested || status == Status::kPaymentRequested ||
         status == Status::kSuspended;
}

Timeliness Classify(const State& state, absl::CivilDay as_of) {
  if (state.status == Status::kRegistered || state.received > as_of) {
    return Timeliness::kNotYetReceived;
  }
  if (IsExcluded(state.status)) return Timeliness::kExcluded;
  const bool finished = IsFinished(state.status) && *state.finished <= as_of;
  if (!finished && ClockStands(state.status)) return Timeliness::kSuspended;
  if (!state.due.has_value()) return Timeliness::kUnclassifiable;
  if (!finished) return as_of <= *state.due ? Timeliness::kRunning : Timeliness::kOverdue;
  if (*state.finished < *state.due) return Timeliness::kEarly;
  return *state.finished == *state.due ? Timeliness::kOnTime : Timeliness::kLate;
}

bool Later(const State& a, const State& b) {
  if (a.event_micros != b.event_micros) return a.event_micros > b.event_micros;
  return a.event_version > b.event_version;
}

uint32_t FlagsOf(const std::vector<State>& in_event_order) {
  uint32_t flags = 0;
  for (size_t i = 0; i < in_event_order.size(); ++i) {
    flags |= FlagsOfOne(in_event_order[i]);
    if (i > 0) flags |= FlagsOfStep(in_event_order[i - 1], in_event_order[i]);
  }
  return flags;
}

std::vector<Flag> FlagList(uint32_t bits) {
  std::vector<Flag> flags;
  for (int i = 1; i <= static_cast<int>(Flag::kDueBeforeReceived); ++i) {
    if ((bits & Bit(static_cast<Flag>(i))) != 0) flags.push_back(static_cast<Flag>(i));
  }
  return flags;
}

Counters& Counters::operator+=(const Counters& other) {
  received += other.received;
  excluded += other.excluded;
  early += other.early;
  on_time += other.on_time;
  late += other.late;
  unclassifiable += other.unclassifiable;
  full_service += other.full_service;
  partial_service += other.partial_service;
  return *this;
}

void Count(const State& state, int64_t sign, Summary& summary) {
  if (state.status == Status::kRegistered) return;
  const auto add = [&](absl::CivilDay day, int64_t Counters::*counter) {
    const SummaryKey key{state.unit_id, MonthOf(day), state.procedure_code, state.channel};
    Counters& counters = summary[key];
    counters.*counter += sign;
    if (counters.IsZero()) summary.erase(key);
  };
  add(state.received, &Counters::received);
  if (IsExcluded(state.status)) {
    add(state.received, &Counters::excluded);
  } else if (state.level == ServiceLevel::kFull) {
    add(state.received, &Counters::full_service);
  } else if (state.level == ServiceLevel::kPartial) {
    add(state.received, &Counters::partial_service);
  }
  if (!IsFinished(state.status)) return;
  const absl::CivilDay finished = *state.finished;
  switch (Classify(state, finished)) {
    case Timeliness::kEarly:
      return add(finished, &Counters::early);
    case Timeliness::kOnTime:
      return add(finished, &Counters::on_time);
    case Timeliness::kLate:
      return add(finished, &Counters::late);
    default:
      return add(finished, &Counters::unclassifiable);
  }
}

Share RatioOf(const Counters& counters) {
  const int64_t in_time = counters.early + counters.on_time;
  return {in_time, in_time + counters.late};
}

Share ShareOf(const std::map<Channel, Counters>& by_channel, Channel channel) {
  Share share;
  for (const auto& [came_by, counters] : by_channel) {
    const int64_t received = counters.received - counters.excluded;
    share.denominator += received;
    if (came_by == channel) share.numerator += received;
  }
  return share;
}

Share OnlineShareOf(const std::map<Channel, Counters>& by_channel, ServiceLevel level) {
  Share share;
  for (const auto& [came_by, counters] : by_channel) {
    const int64_t provided = level == ServiceLevel::kFull      ? counters.full_service
                             : level == ServiceLevel::kPartial ? counters.partial_service
                                                               : 0;
    share.denominator += provided;
    if (came_by == Channel::kOnline) share.numerator += provided;
  }
  return share;
}

}  // namespace thidua::scoring::dossiers
