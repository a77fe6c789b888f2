#include "awards/initiatives/rules.h"

#include <map>
#include <utility>

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

RecognitionCase Case() {
  RecognitionCase one;
  one.year = 2023;
  one.registrar = "person:a";
  one.actor = "person:b";
  one.authority = "Chủ tịch Ủy ban nhân dân tỉnh";
  one.date = CivilDay(2023, 11, 1);
  one.today = CivilDay(2024, 2, 1);
  return one;
}

std::string ReasonFor(const RecognitionCase& one) {
  const MaybeRefusal refusal = CheckRecognition(one);
  return refusal ? refusal->reason : "";
}

// shows: S4-23
TEST(InitiativeRules, R_AWD_91_AnotherPersonRecordsTheRecognition) {
  RecognitionCase one = Case();
  EXPECT_EQ(ReasonFor(one), "");
  one.actor = one.registrar;
  EXPECT_EQ(ReasonFor(one), "REGISTRAR_CANNOT_RECOGNISE");
}

TEST(InitiativeRules, R_AWD_91_NoAuthorRecordsTheRecognitionOfTheOwnWork) {
  RecognitionCase one = Case();
  one.authors = {"p1", "p2"};
  one.actor_person = "p2";
  EXPECT_EQ(ReasonFor(one), "OWN_PERSON");
  one.actor_person = "p3";
  EXPECT_EQ(ReasonFor(one), "");
  one.actor_person = "";  // a system
  EXPECT_EQ(ReasonFor(one), "");
}

TEST(InitiativeRules, R_AWD_92_OnceNotBeforeItsYearNotInTheFuture) {
  RecognitionCase one = Case();
  one.date = one.today;
  EXPECT_EQ(ReasonFor(one), "");
  one.date = CivilDay(2024, 2, 2);
  EXPECT_EQ(ReasonFor(one), "DATE_IN_FUTURE");
  one.date = CivilDay(2022, 12, 31);
  EXPECT_EQ(ReasonFor(one), "RECOGNISED_BEFORE_ITS_YEAR");
  one.state = State::kRecognised;
  EXPECT_EQ(ReasonFor(one), "INITIATIVE_STATE");
}

// shows: S3-31
TEST(InitiativeRules, R_AWD_93_OnlyTheseMovesAreLegal) {
  const std::map<std::pair<State, Move>, State> kLegal = {
      {{State::kRegistered, Move::kOpenBallot}, State::kUnderReview},
      {{State::kRegistered, Move::kRecognise}, State::kRecognised},
      {{State::kUnderReview, Move::kCancelBallot}, State::kRegistered},
      {{State::kUnderReview, Move::kCloseCarried}, State::kCarried},
      {{State::kUnderReview, Move::kCloseNotCarried}, State::kNotRecognised},
      {{State::kCarried, Move::kRecognise}, State::kRecognised},
      {{State::kNotRecognised, Move::kRecognise}, State::kRecognised}};
  for (State state : {State::kRegistered, State::kUnderReview, State::kCarried, State::kRecognised,
                      State::kNotRecognised}) {
    EXPECT_EQ(StateNamed(NameOf(state)), state);
    for (Move move : {Move::kOpenBallot, Move::kCancelBallot, Move::kCloseCarried,
                      Move::kCloseNotCarried, Move::kRecognise}) {
      const MoveResult result = Apply(state, move);
      const auto legal = kLegal.find({state, move});
      EXPECT_EQ(result.refusal.has_value(), legal == kLegal.end()) << NameOf(state);
      if (legal != kLegal.end()) EXPECT_EQ(result.state, legal->second);
    }
  }
  EXPECT_EQ(Apply(State::kUnderReview, Move::kRecognise).refusal->metadata.at("legal_moves"),
            "CloseBallot, CancelBallot");
  EXPECT_EQ(Apply(State::kRecognised, Move::kOpenBallot).refusal->metadata.at("legal_moves"), "-");
  EXPECT_EQ(StateNamed("OPEN"), std::nullopt);
}

TEST(InitiativeRules, R_AWD_94_TheDecisionFollowsTheBallotAndALostOneIsNotTurnedRound) {
  RecognitionCase one = Case();
  one.judgement = Judgement{CivilDay(2023, 11, 2), {"Hội đồng Sáng kiến huyện", "HĐSK huyện"}};
  one.state = State::kCarried;
  one.date = CivilDay(2023, 11, 1);
  EXPECT_EQ(ReasonFor(one), "RECOGNISED_BEFORE_BALLOT");
  one.date = CivilDay(2023, 11, 2);
  EXPECT_EQ(ReasonFor(one), "");
  one.authority = "Hội đồng Sáng kiến huyện";
  EXPECT_EQ(ReasonFor(one), "");
  one.state = State::kNotRecognised;
  EXPECT_EQ(ReasonFor(one), "NOT_CARRIED_BY_THIS_COUNCIL");
  one.authority = "HĐSK huyện";
  EXPECT_EQ(ReasonFor(one), "NOT_CARRIED_BY_THIS_COUNCIL");
  one.authority = "Hội đồng Sáng kiến tỉnh";
  EXPECT_EQ(ReasonFor(one), "");
}

TEST(InitiativeRules, R_AWD_96_SharesAreOfAllAuthorsAndMakeAHundred) {
  const auto fits = [](size_t authors, const std::vector<int>& shares) {
    return !CheckShares(authors, shares).has_value();
  };
  EXPECT_TRUE(fits(0, {}));
  EXPECT_TRUE(fits(2, {}));
  EXPECT_TRUE(fits(1, {100}));
  EXPECT_TRUE(fits(3, {50, 49, 1}));
  EXPECT_FALSE(fits(0, {100}));
  EXPECT_FALSE(fits(2, {100}));
  EXPECT_FALSE(fits(2, {60, 41}));
  EXPECT_FALSE(fits(2, {60, 39}));
  EXPECT_FALSE(fits(2, {100, 0}));
  EXPECT_FALSE(fits(2, {101, -1}));
}

// shows: S3-07
TEST(InitiativeRules, R_AWD_97_BenefitsAreCountedAndSayHow) {
  const auto reason = [](std::optional<int64_t> hours, std::optional<int64_t> vnd,
                         const std::string& basis) {
    const MaybeRefusal refusal = CheckBenefit({hours, vnd, basis});
    return refusal ? refusal->reason : "";
  };
  EXPECT_EQ(reason(std::nullopt, std::nullopt, ""), "");
  EXPECT_EQ(reason(0, std::nullopt, "đếm lượt hồ sơ"), "");
  EXPECT_EQ(reason(100'000'000, 1'000'000'000'000'000, "đếm"), "");
  EXPECT_EQ(reason(1, std::nullopt, ""), "FIELD_REQUIRED");
  EXPECT_EQ(reason(std::nullopt, 1, ""), "FIELD_REQUIRED");
  EXPECT_EQ(reason(-1, std::nullopt, "đếm"), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(reason(std::nullopt, -1, "đếm"), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(reason(100'000'001, std::nullopt, "đếm"), "FIELD_OUT_OF_RANGE");
  EXPECT_EQ(reason(std::nullopt, 1'000'000'000'000'001, "đếm"), "FIELD_OUT_OF_RANGE");
}

}  // namespace
}  // namespace thidua::awards::initiatives
