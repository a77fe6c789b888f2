#include "campaign/pending/rules_pending.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::pending {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;

TEST(Order, R_WRK_01_ByDueDateThenKindThenIdAndNoneLast) {
  const CivilDay day(2023, 6, 15);
  const Place places[] = {{day, Kind::kDoTask, "b"},
                          {day, Kind::kFileReport, "a"},
                          {day + 1, Kind::kDoTask, "a"},
                          {std::nullopt, Kind::kAcknowledgePlan, "a"},
                          {std::nullopt, Kind::kDoTask, "a"}};
  for (size_t i = 0; i + 1 < std::size(places); ++i) {
    EXPECT_TRUE(Before(places[i], places[i + 1])) << i;
    EXPECT_FALSE(Before(places[i + 1], places[i])) << i;
  }
}

TEST(Order, R_WRK_01_AKeyIsReadBack) {
  for (const Kind kind : kKinds) {
    const Place place{CivilDay(2023, 6, 15), kind, "01arz"};
    const std::optional<Place> back = PlaceFrom(place.due, RestOf(place));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->kind, kind);
    EXPECT_EQ(back->id, place.id);
    EXPECT_NE(PermissionFor(kind), "");
  }
  for (const char* bad : {"", "1", "9:a", "0:a", "a:b", "12:a"})
    EXPECT_FALSE(PlaceFrom(std::nullopt, bad).has_value()) << bad;
}

// What a source reads by due day and IdAfter is exactly what comes after the place.
TEST(Order, R_WRK_02_NothingIsLeftOutOrShownTwice) {
  EXPECT_TRUE(rc::check("a page goes on where the last one ended", [] {
    const auto any = [] {
      Place place;
      if (*rc::gen::arbitrary<bool>()) place.due = CivilDay(2023, 1, 1) + *rc::gen::inRange(0, 3);
      place.kind = kKinds[*rc::gen::inRange<size_t>(0, std::size(kKinds))];
      place.id = std::string(1, *rc::gen::inRange('a', 'd'));
      return place;
    };
    const Place after = any();
    const Place row = any();
    const CivilDay last = CivilDay::max();
    const CivilDay row_due = row.due.value_or(last);
    const CivilDay after_due = after.due.value_or(last);
    const bool read =
        row_due > after_due || (row_due == after_due && row.id > IdAfter(after, row.kind));
    RC_ASSERT(read == Before(after, row));
  }));
}

TEST(Own, R_WRK_03_WhereARoleIsHeldAndWhosePlaceItTook) {
  const std::vector<Reach> reach = {{"district", {"district"}},
                                    {"commune", {"commune"}},
                                    {"ended", {"merged"}},
                                    {"merged", {"merged"}}};
  EXPECT_THAT(OwnUnits(reach, {"district"}), ElementsAre("district"));
  EXPECT_THAT(OwnUnits(reach, {"merged"}), ElementsAre("ended", "merged"));
}

}  // namespace
}  // namespace thidua::campaign::pending
