#include "scoring/dossiers/rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::scoring::dossiers {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

State Open(CivilDay received, std::optional<CivilDay> due, Status status = Status::kProcessing) {
  State state;
  state.unit_id = "u1";
  state.procedure_code = "1.000001";
  state.status = status;
  state.received = received;
  state.due = due;
  return state;
}
State Finished(CivilDay received, std::optional<CivilDay> due, CivilDay finished,
               Status status = Status::kFinished) {
  State state = Open(received, due, status);
  state.finished = finished;
  return state;
}

const CivilDay kMar1(2023, 3, 1);
const CivilDay kMar10(2023, 3, 10);
const CivilDay kMar31(2023, 3, 31);

// R-SCO-10
// shows: S3-06
TEST(ClassifyTest, FinishedAreEarlyOnTimeOrLateByDate) {
  EXPECT_EQ(Classify(Finished(kMar1, kMar10, kMar10 - 1), kMar31), Timeliness::kEarly);
  EXPECT_EQ(Classify(Finished(kMar1, kMar10, kMar10), kMar31), Timeliness::kOnTime);
  EXPECT_EQ(Classify(Finished(kMar1, kMar10, kMar10 + 1), kMar31), Timeliness::kLate);
  EXPECT_EQ(Classify(Finished(kMar1, kMar10, kMar10, Status::kReturned), kMar31),
            Timeliness::kOnTime);
}

// R-SCO-10
TEST(ClassifyTest, OpenAreRunningOnTheDueDateAndOverdueAfterIt) {
  EXPECT_EQ(Classify(Open(kMar1, kMar10), kMar10 - 1), Timeliness::kRunning);
  EXPECT_EQ(Classify(Open(kMar1, kMar10), kMar10), Timeliness::kRunning);
  EXPECT_EQ(Classify(Open(kMar1, kMar10), kMar10 + 1), Timeliness::kOverdue);
}

// R-SCO-10 The real program counted dossiers without a due date as in time; here they are a bucket
// of their own.
TEST(ClassifyTest, WithoutADueDateNothingIsClaimed) {
  EXPECT_EQ(Classify(Finished(kMar1, std::nullopt, kMar10), kMar31), Timeliness::kUnclassifiable);
  EXPECT_EQ(Classify(Open(kMar1, std::nullopt), kMar31), Timeliness::kUnclassifiable);
}

TEST(ClassifyTest, TheClockStandsAndSomeAreOutside) {
  for (Status status :
       {Status::kSupplementRequested, Status::kPaymentRequested, Status::kSuspended}) {
    EXPECT_EQ(Classify(Open(kMar1, kMar10, status), kMar31), Timeliness::kSuspended);
  }
  for (Status status : {Status::kRejected, Status::kWithdrawn}) {
    EXPECT_EQ(Classify(Open(kMar1, kMar10, status), kMar31), Timeliness::kExcluded);
  }
  EXPECT_EQ(Classify(Open(kMar1, kMar10, Status::kRegistered), kMar31),
            Timeliness::kNotYetReceived);
  EXPECT_EQ(Classify(Open(kMar10, kMar31), kMar10 - 1), Timeliness::kNotYetReceived);
}

// R-SCO-11
TEST(ClassifyTest, AsOfAnEarlierDateItWasStillOpen) {
  const State late = Finished(kMar1, kMar10, kMar31);
  EXPECT_EQ(Classify(late, kMar10), Timeliness::kRunning);
  EXPECT_EQ(Classify(late, kMar31 - 1), Timeliness::kOverdue);
  EXPECT_EQ(Classify(late, kMar31), Timeliness::kLate);
}

CivilDay AnyDay() { return CivilDay(2022, 11, 1) + *rc::gen::inRange(0, 500); }

State AnyState() {
  State state;
  state.unit_id = *rc::gen::element<std::string>("u1", "u2", "u3");
  state.procedure_code = *rc::gen::element<std::string>("1.1", "1.2");
  state.channel = *rc::gen::element(Channel::kDirect, Channel::kOnline, Channel::kPostal);
  state.status = static_cast<Status>(*rc::gen::inRange(1, 11));
  state.level = *rc::gen::element(ServiceLevel::kNotSaid, ServiceLevel::kInformation,
                                  ServiceLevel::kPartial, ServiceLevel::kFull);
  state.received = AnyDay();
  if (*rc::gen::inRange(0, 6) != 0) state.due = state.received + *rc::gen::inRange(-2, 40);
  if (IsFinished(state.status)) state.finished = state.received + *rc::gen::inRange(0, 60);
  return state;
}

// yyyymmdd as a number: the oracle compares these and knows nothing of civil time.
int64_t Number(CivilDay day) { return day.year() * 10000 + int64_t{100} * day.month() + day.day(); }

std::string Oracle(const State& s, CivilDay as_of_day) {
  const int64_t as_of = Number(as_of_day);
  const int status = static_cast<int>(s.status);
  if (status == 1 || Number(s.received) > as_of) return "not yet";
  if (status == 3 || status == 7) return "excluded";
  const int64_t end = s.finished && Number(*s.finished) <= as_of ? Number(*s.finished) : 0;
  if (end == 0 && (status == 5 || status == 6 || status == 8)) return "suspended";
  if (!s.due) return "unclassifiable";
  const int64_t due = Number(*s.due);
  if (end == 0) return due < as_of ? "overdue" : "running";
  return end < due ? "early" : end > due ? "late" : "on time";
}

std::string Word(Timeliness t) {
  static const char* const kWords[] = {"",         "early",   "on time",   "late",
                                       "running",  "overdue", "suspended", "unclassifiable",
                                       "excluded", "not yet"};
  return kWords[static_cast<int>(t)];
}

TEST(ClassifyTest, AgreesWithTheOracleOnNumbers) {
  EXPECT_TRUE(rc::check("Classify = oracle", [] {
    const State state = AnyState();
    const CivilDay as_of = AnyDay();
    RC_ASSERT(Word(Classify(state, as_of)) == Oracle(state, as_of));
  }));
}

// R-SCO-12
TEST(LaterTest, EventTimeThenVersion) {
  State a;
  State b;
  a.event_micros = 2;
  b.event_micros = 1;
  b.event_version = 9;
  EXPECT_TRUE(Later(a, b));
  EXPECT_FALSE(Later(b, a));
  b.event_micros = 2;
  EXPECT_TRUE(Later(b, a));
  EXPECT_FALSE(Later(a, a));
}

int64_t At(CivilDay day) {  // noon in Vietnam
  return absl::ToUnixMicros(
      absl::FromCivil(absl::CivilSecond(day) + int64_t{5} * 3600, absl::UTCTimeZone()));
}

// R-SCO-13 A known exporter sends paused dossiers as finished, so 9 → 5 happens; it is flagged,
// never hidden.
TEST(FlagsTest, JumpsBackAreImplausible) {
  const State open = Open(kMar1, kMar10);
  const State done = Finished(kMar1, kMar10, kMar10);
  const State paused = Open(kMar1, kMar10, Status::kSupplementRequested);
  const State returned = Finished(kMar1, kMar10, kMar10, Status::kReturned);
  EXPECT_THAT(FlagList(FlagsOf({open, done, returned})), IsEmpty());
  EXPECT_THAT(FlagList(FlagsOf({open, paused, open, done})), IsEmpty());
  EXPECT_THAT(FlagList(FlagsOf({open, done, paused})), ElementsAre(Flag::kImplausibleJump));
  EXPECT_THAT(FlagList(FlagsOf({done, paused, done})), ElementsAre(Flag::kImplausibleJump));
  EXPECT_THAT(FlagList(FlagsOf({returned, done})), ElementsAre(Flag::kImplausibleJump));
}

// R-SCO-13
TEST(FlagsTest, MovedDueDatesAndOddDates) {
  State moved = Open(kMar1, kMar31);
  moved.event_micros = At(kMar10);
  EXPECT_THAT(FlagList(FlagsOf({Open(kMar1, kMar10), moved})), ElementsAre(Flag::kDueDateMoved));
  moved.event_micros = At(kMar10 + 1);
  EXPECT_THAT(FlagList(FlagsOf({Open(kMar1, kMar10), moved})),
              ElementsAre(Flag::kDueDateMoved, Flag::kDueDateMovedAfterExpiry));
  EXPECT_THAT(FlagList(FlagsOf({Open(kMar1, std::nullopt), moved})), IsEmpty());
  EXPECT_THAT(FlagList(FlagsOf({Finished(kMar1, std::nullopt, kMar10)})),
              ElementsAre(Flag::kFinishedWithoutDueDate));
  EXPECT_THAT(FlagList(FlagsOf({Open(kMar10, kMar1)})), ElementsAre(Flag::kDueBeforeReceived));
  State elsewhere = Open(kMar1, kMar10);
  elsewhere.unit_id = "u2";
  EXPECT_THAT(FlagList(FlagsOf({Open(kMar1, kMar10), elsewhere})), ElementsAre(Flag::kUnitChanged));
}

// R-SCO-14 Month boundaries: received in March, finished in April.
TEST(CountTest, EachCounterInItsOwnMonth) {
  Summary summary;
  Count(Finished(kMar31, kMar31 + 5, kMar31 + 1), 1, summary);
  ASSERT_EQ(summary.size(), 2u);
  const auto at = [&](int month) {
    return summary.at(
        SummaryKey{"u1", absl::CivilMonth(2023, month), "1.000001", Channel::kDirect});
  };
  EXPECT_EQ(at(3), (Counters{.received = 1}));
  EXPECT_EQ(at(4), (Counters{.early = 1}));
}

// R-SCO-14 Applying every change as minus old plus new gives what counting the last states anew
// gives, and the buckets of finished dossiers add up to the finished dossiers. shows: S4-11
TEST(CountTest, DeltasOverAnyHistoryEqualARecount) {
  EXPECT_TRUE(rc::check("deltas = recount", [] {
    const int dossiers = *rc::gen::inRange(1, 6);
    std::vector<std::optional<State>> current(static_cast<size_t>(dossiers));
    Summary running;
    const int steps = *rc::gen::inRange(0, 30);
    for (int i = 0; i < steps; ++i) {
      std::optional<State>& slot = current[*rc::gen::inRange<size_t>(0, current.size())];
      const State next = AnyState();
      if (slot.has_value()) Count(*slot, -1, running);
      Count(next, 1, running);
      slot = next;
    }
    Summary anew;
    int64_t finished = 0;
    for (const std::optional<State>& state : current) {
      if (!state.has_value()) continue;
      Count(*state, 1, anew);
      finished += IsFinished(state->status) ? 1 : 0;
    }
    RC_ASSERT(running == anew);
    Counters all;
    for (const auto& entry : running) all += entry.second;
    RC_ASSERT(all.early + all.on_time + all.late + all.unclassifiable == finished);
    RC_ASSERT(all.received >= finished + all.excluded);
  }));
}

TEST(CountTest, TheRatioLeavesOutWhatCannotBeClassified) {
  const Share ratio = RatioOf(
      {.received = 20, .excluded = 3, .early = 5, .on_time = 4, .late = 1, .unclassifiable = 7});
  EXPECT_EQ(ratio.numerator, 9);
  EXPECT_EQ(ratio.denominator, 10);
}

// R-SCO-55
// shows: S4-10
TEST(ShareTest, ChannelsAndLevelsOfServiceLeaveOutWhatWasRejected) {
  Summary summary;
  const auto count = [&](int times, Channel channel, ServiceLevel level, Status status) {
    State state = Open(kMar1, kMar10, status);
    state.channel = channel;
    state.level = level;
    for (int i = 0; i < times; ++i) Count(state, 1, summary);
  };
  count(4, Channel::kOnline, ServiceLevel::kFull, Status::kProcessing);
  count(1, Channel::kDirect, ServiceLevel::kFull, Status::kProcessing);
  count(2, Channel::kOnline, ServiceLevel::kFull, Status::kRejected);
  count(3, Channel::kOnline, ServiceLevel::kPartial, Status::kProcessing);
  count(2, Channel::kPostal, ServiceLevel::kPartial, Status::kProcessing);
  count(5, Channel::kPostal, ServiceLevel::kNotSaid, Status::kProcessing);
  count(1, Channel::kDirect, ServiceLevel::kInformation, Status::kProcessing);
  count(1, Channel::kDirect, ServiceLevel::kFull, Status::kRegistered);
  std::map<Channel, Counters> by_channel;
  for (const auto& [key, counters] : summary) by_channel[std::get<3>(key)] += counters;
  const auto text = [](const Share& share) {
    return std::to_string(share.numerator) + "/" + std::to_string(share.denominator);
  };
  EXPECT_EQ(text(ShareOf(by_channel, Channel::kOnline)), "7/16");
  EXPECT_EQ(text(ShareOf(by_channel, Channel::kPostal)), "7/16");
  EXPECT_EQ(text(ShareOf(by_channel, Channel::kDirect)), "2/16");
  EXPECT_EQ(text(OnlineShareOf(by_channel, ServiceLevel::kFull)), "4/5");
  EXPECT_EQ(text(OnlineShareOf(by_channel, ServiceLevel::kPartial)), "3/5");
  EXPECT_EQ(text(OnlineShareOf({}, ServiceLevel::kFull)), "0/0");
}

}  // namespace
}  // namespace thidua::scoring::dossiers
