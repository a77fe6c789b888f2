#include "awards/decisions/rules.h"

#include "gtest/gtest.h"

namespace thidua::awards::decisions {
namespace {

using absl::CivilDay;

TEST(DecisionRules, R_AWD_50_NumbersAreReadAndComparedWithoutLeadingZeros) {
  EXPECT_EQ(ReadNumber("125/QĐ-UBND").key, "125/QĐ-UBND");
  EXPECT_EQ(ReadNumber("05/QĐ-UBND").key, "5/QĐ-UBND");
  EXPECT_EQ(ReadNumber("05/QĐ-UBND").key, ReadNumber("5/QĐ-UBND").key);
  EXPECT_EQ(ReadNumber("7/QĐ-HĐND&UBND").key, "7/QĐ-HĐND&UBND");
  for (const char* wrong :
       {"", "125", "/QĐ-UBND", "0/QĐ-UBND", "000/QĐ-UBND", "125/QĐ-", "125/KH-UBND", "125/QĐ-ubnd",
        "125 /QĐ-UBND", "1234567/QĐ-UBND", "125/QĐ-UBND "}) {
    EXPECT_EQ(ReadNumber(wrong).refusal->reason, "DECISION_NUMBER_MALFORMED") << wrong;
  }
}

TEST(DecisionRules, R_AWD_51_NotBeforeTheVoteNotInTheFuture) {
  const CivilDay today(2024, 2, 20);
  const std::vector<CivilDay> closed = {CivilDay(2024, 2, 10), CivilDay(2024, 2, 12)};
  EXPECT_FALSE(CheckIssueDate(CivilDay(2024, 2, 12), today, closed).has_value());
  EXPECT_FALSE(CheckIssueDate(today, today, closed).has_value());
  EXPECT_EQ(CheckIssueDate(CivilDay(2024, 2, 11), today, closed)->reason, "DECISION_BEFORE_BALLOT");
  EXPECT_EQ(CheckIssueDate(CivilDay(2024, 2, 21), today, closed)->reason, "DATE_IN_FUTURE");
}

TEST(DecisionRules, R_AWD_52_WhoSignsForAnotherSaysForWhom) {
  EXPECT_FALSE(CheckSignature({"N", "Chủ tịch", SigningMode::kDirect, ""}).has_value());
  EXPECT_FALSE(CheckSignature({"N", "Phó Chủ tịch", SigningMode::kDeputy, "Chủ tịch"}).has_value());
  for (SigningMode mode : {SigningMode::kOnBehalf, SigningMode::kDeputy, SigningMode::kByOrder,
                           SigningMode::kByDelegation}) {
    EXPECT_EQ(CheckSignature({"N", "P", mode, ""})->field, "signature.signs_for");
  }
  EXPECT_EQ(CheckSignature({"N", "P", SigningMode::kDirect, "Chủ tịch"})->reason,
            "SIGNS_FOR_NOBODY");
  EXPECT_EQ(CheckSignature({"", "P", SigningMode::kDirect, ""})->field, "signature.signer_name");
  EXPECT_EQ(CheckSignature({"N", "", SigningMode::kDirect, ""})->field,
            "signature.signer_position");
}

TEST(DecisionRules, R_AWD_53_OneDecisionOnePlan) {
  EXPECT_FALSE(CheckOnePlan({"p", "p"}).has_value());
  EXPECT_EQ(CheckOnePlan({"p", "p", "q"})->field, "nominations[2]");
}

TEST(DecisionRules, R_AWD_54_OnlyADraftMoves) {
  EXPECT_FALSE(CheckDraft(State::kDraft).has_value());
  EXPECT_EQ(CheckDraft(State::kIssued)->metadata.at("state"), "ISSUED");
  EXPECT_EQ(CheckDraft(State::kCancelled)->reason, "DECISION_STATE");
}

TEST(DecisionRules, NamesAreReadAsTheyAreWritten) {
  for (State state : {State::kDraft, State::kIssued, State::kCancelled}) {
    EXPECT_EQ(StateNamed(NameOf(state)), state);
  }
  for (SigningMode mode : {SigningMode::kDirect, SigningMode::kOnBehalf, SigningMode::kDeputy,
                           SigningMode::kByOrder, SigningMode::kByDelegation}) {
    EXPECT_EQ(SigningModeNamed(NameOf(mode)), mode);
  }
  EXPECT_EQ(StateNamed("DIRECT"), std::nullopt);
}

}  // namespace
}  // namespace thidua::awards::decisions
