#include "scoring/dossiers/fold_rules.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::scoring::dossiers {
namespace {

HashedState At(int64_t time, int64_t version, Status status, std::string hash) {
  HashedState offered;
  offered.state.unit_id = "u1";
  offered.state.received = absl::CivilDay(2023, 3, 1);
  offered.state.due = absl::CivilDay(2023, 3, 10);
  offered.state.status = status;
  if (IsFinished(status)) offered.state.finished = absl::CivilDay(2023, 3, 9);
  offered.state.event_micros = time;
  offered.state.event_version = version;
  offered.content_sha256 = std::move(hash);
  return offered;
}

// R-SCO-15
TEST(FoldTest, LaterWinsOlderIsKeptSameIsNothing) {
  Dossier dossier;
  EXPECT_EQ(dossier.Offer(At(10, 0, Status::kProcessing, "a")), Verdict::kAccepted);
  EXPECT_EQ(dossier.Offer(At(10, 0, Status::kProcessing, "a")), Verdict::kUnchanged);
  EXPECT_EQ(dossier.Offer(At(20, 0, Status::kFinished, "b")), Verdict::kAccepted);
  EXPECT_EQ(dossier.Offer(At(10, 0, Status::kProcessing, "a")), Verdict::kUnchanged);
  EXPECT_EQ(dossier.Offer(At(15, 0, Status::kSupplementRequested, "c")), Verdict::kSuperseded);
  EXPECT_EQ(dossier.Offer(At(15, 0, Status::kSupplementRequested, "c")), Verdict::kUnchanged);
  EXPECT_EQ(dossier.Offer(At(15, 0, Status::kProcessing, "d")), Verdict::kConflict);
  EXPECT_EQ(dossier.Offer(At(20, 1, Status::kReturned, "e")), Verdict::kAccepted);
  EXPECT_EQ(dossier.present().content_sha256, "e");
  ASSERT_EQ(dossier.states().size(), 4u);
  EXPECT_TRUE(dossier.states()[1].arrived_late);
  EXPECT_FALSE(dossier.states()[2].arrived_late);
}

TEST(FoldTest, ALateArrivalCanUncoverAJump) {
  Dossier dossier;
  dossier.Offer(At(10, 0, Status::kProcessing, "a"));
  dossier.Offer(At(30, 0, Status::kSupplementRequested, "c"));
  EXPECT_TRUE(FlagList(dossier.flags()).empty());
  dossier.Offer(At(20, 0, Status::kFinished, "b"));
  EXPECT_EQ(FlagList(dossier.flags()), std::vector<Flag>{Flag::kImplausibleJump});
}

// R-SCO-15 Any order, any repetition: the same present state, the same states, the same flags.
// shows: S1-14
TEST(FoldTest, OrderAndRepetitionDoNotMatter) {
  EXPECT_TRUE(rc::check("fold is order-independent and idempotent", [] {
    std::vector<HashedState> states;
    const int count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
      states.push_back(At(*rc::gen::inRange<int64_t>(0, 5), i,
                          static_cast<Status>(*rc::gen::inRange(1, 11)), std::to_string(i)));
    }
    Dossier in_order;
    std::sort(states.begin(), states.end(),
              [](const HashedState& a, const HashedState& b) { return Later(b.state, a.state); });
    for (const HashedState& state : states) RC_ASSERT(in_order.Offer(state) == Verdict::kAccepted);
    for (size_t i = states.size(); i > 1; --i) {
      std::swap(states[i - 1], states[*rc::gen::inRange<size_t>(0, i)]);
    }
    Dossier shuffled;
    for (const HashedState& state : states) {
      const Verdict verdict = shuffled.Offer(state);
      RC_ASSERT((verdict == Verdict::kAccepted || verdict == Verdict::kSuperseded));
    }
    for (const HashedState& state : states) RC_ASSERT(shuffled.Offer(state) == Verdict::kUnchanged);
    RC_ASSERT(shuffled.states().size() == in_order.states().size());
    for (size_t i = 0; i < in_order.states().size(); ++i) {
      RC_ASSERT(shuffled.states()[i].content_sha256 == in_order.states()[i].content_sha256);
    }
    RC_ASSERT(shuffled.flags() == in_order.flags());
  }));
}

}  // namespace
}  // namespace thidua::scoring::dossiers
