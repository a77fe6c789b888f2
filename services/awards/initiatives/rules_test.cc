#include "awards/initiatives/rules.h"

#include "gtest/gtest.h"

namespace thidua::awards::initiatives {
namespace {

using absl::CivilDay;

// shows: S4-08
TEST(InitiativeRules, R_AWD_90_ACutLowersOneAndRaisesNeither) {
  EXPECT_FALSE(CheckCut({5, 4, 10, 10}).has_value());
  EXPECT_FALSE(CheckCut({5, 5, 10, 7}).has_value());
  EXPECT_EQ(CheckCut({5, 5, 10, 10})->reason, "NOTHING_CUT");
  EXPECT_EQ(CheckCut({5, 4, 10, 11})->reason, "NOTHING_CUT");
  EXPECT_EQ(CheckCut({5, 6, 10, 7})->reason, "NOTHING_CUT");
  EXPECT_EQ(CheckCut({5, -1, 10, 7})->reason, "FIELD_OUT_OF_RANGE");
}

// shows: S4-23
TEST(InitiativeRules, R_AWD_91_AnotherPersonRecordsTheRecognition) {
  const CivilDay date(2023, 11, 1), today(2024, 2, 1);
  EXPECT_FALSE(CheckRecognition(2023, false, "person:a", "person:b", date, today).has_value());
  EXPECT_EQ(CheckRecognition(2023, false, "person:a", "person:a", date, today)->reason,
            "REGISTRAR_CANNOT_RECOGNISE");
}

TEST(InitiativeRules, R_AWD_92_OnceNotBeforeItsYearNotInTheFuture) {
  const CivilDay today(2024, 2, 1);
  const auto reason = [&](bool already, CivilDay date) {
    const MaybeRefusal refusal = CheckRecognition(2023, already, "a", "b", date, today);
    return refusal ? refusal->reason : "";
  };
  EXPECT_EQ(reason(true, CivilDay(2023, 11, 1)), "INITIATIVE_STATE");
  EXPECT_EQ(reason(false, CivilDay(2024, 2, 2)), "DATE_IN_FUTURE");
  EXPECT_EQ(reason(false, CivilDay(2022, 12, 31)), "RECOGNISED_BEFORE_ITS_YEAR");
  EXPECT_EQ(reason(false, today), "");
}

}  // namespace
}  // namespace thidua::awards::initiatives
