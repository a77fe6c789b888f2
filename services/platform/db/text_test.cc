// What needs no server: values, rows, the error table, statements in a file.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/db/errors.h"
#include "platform/db/migration_files.h"
#include "platform/db/session.h"
#include "platform/db/sql_text.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

using platform::ReasonOf;

// A row that is nothing but texts.
class Texts final : public Row {
 public:
  explicit Texts(std::vector<std::optional<std::string>> texts) : texts_(std::move(texts)) {}
  const std::string& error() const { return error_; }

 protected:
  std::optional<std::string> Raw(int column) const override {
    return texts_[static_cast<size_t>(column)];
  }

 private:
  std::vector<std::optional<std::string>> texts_;
};

// The value, or nullopt when reading was an error.
template <class T>
std::optional<T> Read(std::optional<std::string> text) {
  const Texts row({std::move(text)});
  T value = row.Get<T>(0);
  if (!row.error().empty()) return std::nullopt;
  return value;
}

TEST(RowTest, IntegersAreWholeAndInRange) {
  EXPECT_EQ(Read<int64_t>("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(Read<int64_t>("9223372036854775808"), std::nullopt);
  EXPECT_EQ(Read<uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(Read<uint64_t>("18446744073709551616"), std::nullopt);
  EXPECT_EQ(Read<uint64_t>("-1"), std::nullopt);
  EXPECT_EQ(Read<int32_t>("2147483648"), std::nullopt);
  EXPECT_EQ(Read<uint32_t>("4294967295"), UINT32_MAX);
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "1e3", "0x1", "abc"}) {
    EXPECT_EQ(Read<int64_t>(text), std::nullopt) << text;
  }
  EXPECT_EQ(Read<bool>("1"), true);
  EXPECT_EQ(Read<bool>("0"), false);
  EXPECT_EQ(Read<bool>("2"), std::nullopt);
}

TEST(RowTest, NullNeedsAnOptional) {
  EXPECT_EQ(Read<int64_t>(std::nullopt), std::nullopt);
  EXPECT_EQ(Read<std::string>(std::nullopt), std::nullopt);
  EXPECT_EQ(Read<std::optional<int64_t>>(std::nullopt),
            std::make_optional(std::optional<int64_t>()));
  EXPECT_EQ(Read<std::optional<int64_t>>("x"), std::nullopt);
  EXPECT_EQ(Read<std::string>(""), "");
}

TEST(RowTest, DatesExistAndTimesAreUtc) {
  EXPECT_EQ(Read<absl::CivilDay>("2024-02-29"), absl::CivilDay(2024, 2, 29));
  for (const char* text : {"2023-02-29", "0000-00-00", "2019-11-31", "2024-1-02",
                           "2024-01-02 00:00:00", "2024/01/02"}) {
    EXPECT_EQ(Read<absl::CivilDay>(text), std::nullopt) << text;
  }
  EXPECT_EQ(Read<absl::Time>("1970-01-01 00:00:01"), absl::FromUnixSeconds(1));
  EXPECT_EQ(Read<absl::Time>("1970-01-01 00:00:01.5"), absl::FromUnixMillis(1500));
  EXPECT_EQ(Read<absl::Time>("1970-01-01 00:00:01.000007"), absl::FromUnixMicros(1'000'007));
  for (const char* text : {"1970-01-01", "1970-01-01T00:00:01", "1970-01-01 24:00:00",
                           "1970-01-01 00:00:01.", "1970-01-01 00:00:01.0000001"}) {
    EXPECT_EQ(Read<absl::Time>(text), std::nullopt) << text;
  }
}

TEST(ValueTest, TakesTheFormItIsBoundIn) {
  EXPECT_EQ(ToValue(true), Value(int64_t{1}));
  EXPECT_EQ(ToValue(uint64_t{UINT64_MAX}), Value(UINT64_MAX));
  EXPECT_EQ(ToValue(int8_t{-1}), Value(int64_t{-1}));
  EXPECT_EQ(ToValue(std::optional<int>()), Value(nullptr));
  EXPECT_EQ(ToValue(absl::CivilDay(2022, 10, 3)), Value(std::string("2022-10-03")));
  EXPECT_EQ(ToValue(absl::FromUnixMicros(1)), Value(std::string("1970-01-01 00:00:00.000001")));
  EXPECT_EQ(Placeholders(2, 3), "(?,?,?),(?,?,?)");
}

TEST(ErrorsTest, AreClassifiedByCode) {
  const std::map<int, Fault> expected = {
      {1062, Fault::kDuplicateKey}, {4025, Fault::kConstraint},  {1452, Fault::kConstraint},
      {1406, Fault::kBadValue},     {1118, Fault::kTooLarge},    {1205, Fault::kConflict},
      {1213, Fault::kConflict},     {1020, Fault::kConflict},    {1969, Fault::kTimeout},
      {2013, Fault::kUnavailable},  {1927, Fault::kUnavailable}, {1114, Fault::kStorageFull},
      {1021, Fault::kStorageFull},  {1142, Fault::kDenied},      {1143, Fault::kDenied},
      {1064, Fault::kDefect},       {1146, Fault::kDefect},      {2057, Fault::kDefect},
      {0, Fault::kDefect},          {99999, Fault::kDefect}};
  for (const auto& [code, fault] : expected) EXPECT_EQ(Classify(code, ""), fault) << code;
  EXPECT_EQ(Classify(1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"),
            Fault::kStorageFull);
  EXPECT_EQ(Classify(1030, "Got error 122 from storage engine"), Fault::kDefect);
  EXPECT_EQ(Classify(1105,
                     "Parameter of prepared statement is set through "
                     "mysql_send_long_data() and exceeds 'max_allowed_packet' bytes"),
            Fault::kTooLarge);
}

TEST(ErrorsTest, NameTheKeyTheConstraintAndTheColumnButNotTheData) {
  const auto metadata = [](Fault fault, int code, const char* message, const char* key) {
    return platform::MetadataOf(FromSql(fault, code, message), key);
  };
  EXPECT_EQ(metadata(Fault::kDuplicateKey, 1062,
                     "Duplicate entry 'a' for key 'b' for key 'events_position'", "key"),
            "events_position");
  EXPECT_EQ(metadata(Fault::kDuplicateKey, 1062, "Duplicate entry 'x' for key 't.PRIMARY'", "key"),
            "PRIMARY");
  EXPECT_EQ(metadata(Fault::kConstraint, 4025, "CONSTRAINT `files_state` failed for `s`.`files`",
                     "constraint"),
            "files_state");
  EXPECT_EQ(metadata(Fault::kBadValue, 1366,
                     "Incorrect string value: 'secret' for column `s`.`t`.`c` at row 1", "column"),
            "c");
  EXPECT_EQ(metadata(Fault::kBadValue, 1406, "Data too long for column 'name' at row 1", "column"),
            "name");
  for (const Fault fault : {Fault::kDuplicateKey, Fault::kBadValue, Fault::kConstraint}) {
    EXPECT_EQ(FromSql(fault, 1, "secret").ToString().find("secret"), std::string::npos);
  }
}

TEST(ErrorsTest, EveryFaultHasAReasonOrIsADefect) {
  for (const Fault fault : {Fault::kDuplicateKey, Fault::kConstraint, Fault::kBadValue,
                            Fault::kTooLarge, Fault::kConflict, Fault::kTimeout,
                            Fault::kUnavailable, Fault::kStorageFull, Fault::kDenied}) {
    EXPECT_NE(ReasonOf(FromSql(fault, 1, "")), "");
  }
  EXPECT_EQ(FromSql(Fault::kDefect, 1064, "near x").code(), absl::StatusCode::kInternal);
}

TEST(SqlTextTest, TheFirstWordTells) {
  EXPECT_TRUE(OnlyReads("  (SELECT 1) UNION (SELECT 2)"));
  EXPECT_TRUE(OnlyReads("with a AS (SELECT 1) SELECT * FROM a"));
  EXPECT_FALSE(OnlyReads("SELECTED"));
  EXPECT_FALSE(OnlyReads("INSERT INTO a SELECT 1"));
  EXPECT_FALSE(OnlyReads(""));
  EXPECT_TRUE(MayBeLimited("update\na SET b = 1"));
  EXPECT_FALSE(MayBeLimited("CREATE TABLE a (b INT)"));
}

TEST(SplitStatementsTest, EndsAtASemicolonAtTheEndOfALine) {
  using Statements = std::vector<std::string>;
  EXPECT_EQ(SplitStatements("A;\nB ;  \nC"), (Statements{"A", "B", "C"}));
  EXPECT_EQ(SplitStatements("A; B;"), (Statements{"A; B"}));
  EXPECT_EQ(SplitStatements("A ';\n' B;\n"), (Statements{"A ';\n' B"}));
  EXPECT_EQ(SplitStatements("A 'it''s;\n' `;\n` \"\\\";\n\";\nB"),
            (Statements{"A 'it''s;\n' `;\n` \"\\\";\n\"", "B"}));
  EXPECT_EQ(SplitStatements("-- don't;\nA /* ;\n */ B;\n# end;\n"), (Statements{"A   B"}));
  EXPECT_EQ(SplitStatements("A --1;\nB"), (Statements{"A --1", "B"}));
  EXPECT_EQ(SplitStatements(" \n;\n-- nothing\n"), Statements{});
}

}  // namespace
}  // namespace thidua::db
