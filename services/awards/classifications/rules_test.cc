#include "awards/classifications/rules.h"

#include "gtest/gtest.h"

namespace thidua::awards::classifications {
namespace {

const absl::CivilDay kToday(2024, 2, 1);

Record Good() { return {"p1", 2023, "GOOD", "12/QĐ-UBND", absl::CivilDay(2023, 12, 20)}; }

std::string ReasonOf(const Record& record, const std::string& caller = "p2") {
  const MaybeRefusal refusal = CheckRecord(record, caller, kToday);
  return refusal ? refusal->reason : "";
}

TEST(Classifications, R_AWD_100_FourLevelsByADocument) {
  Record record = Good();
  for (const char* level : {"EXCELLENT", "GOOD", "COMPLETED", "NOT_COMPLETED"}) {
    record.level = level;
    EXPECT_EQ(ReasonOf(record), "") << level;
  }
  for (const char* level : {"", "good", "HTT"}) {
    record.level = level;
    EXPECT_EQ(ReasonOf(record), "LEVEL_UNKNOWN") << level;
  }
  record = Good();
  record.document_number = "  ";
  EXPECT_EQ(ReasonOf(record), "FIELD_REQUIRED");
  record.document_number = std::string(129, 'x');
  EXPECT_EQ(ReasonOf(record), "FIELD_TOO_LONG");
}

TEST(Classifications, R_AWD_100_OfAYearThatIsHereByADocumentOfItOrLater) {
  Record record = Good();
  record.year = 2025;
  EXPECT_EQ(ReasonOf(record), "FIELD_OUT_OF_RANGE");
  record.year = 1999;
  EXPECT_EQ(ReasonOf(record), "FIELD_OUT_OF_RANGE");
  record = Good();
  record.document_date = kToday;
  EXPECT_EQ(ReasonOf(record), "");
  record.document_date = kToday + 1;
  EXPECT_EQ(ReasonOf(record), "DATE_IN_FUTURE");
  record.document_date = absl::CivilDay(2022, 12, 31);
  EXPECT_EQ(ReasonOf(record), "DOCUMENT_BEFORE_YEAR");
}

TEST(Classifications, R_AWD_101_NobodyRecordsTheOwnOne) {
  EXPECT_EQ(ReasonOf(Good(), "p1"), "OWN_PERSON");
  EXPECT_EQ(ReasonOf(Good(), ""), "") << "a system";
}

}  // namespace
}  // namespace thidua::awards::classifications
