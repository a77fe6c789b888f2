#include "campaign/intake/csv.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::intake {
namespace {

using ::testing::ElementsAre;

std::string ProblemOf(std::string_view bytes) {
  CsvFile file;
  std::vector<CsvProblem> problems;
  if (ReadCsv(bytes, &file, &problems)) return "";
  return problems.front().reason + "@" + std::to_string(problems.front().line);
}

CsvFile Read(std::string_view bytes) {
  CsvFile file;
  std::vector<CsvProblem> problems;
  EXPECT_TRUE(ReadCsv(bytes, &file, &problems)) << problems.front().en;
  return file;
}

TEST(ReadCsv, FieldsQuotesAndLineEnds) {
  const CsvFile file =
      Read("\xEF\xBB\xBFmã,tên\r\nH00,\"Sở \"\"Nội vụ\"\", tỉnh\"\r\n\r\nH01,\"hai\ndòng\"\nH02,");
  EXPECT_THAT(file.header, ElementsAre("mã", "tên"));
  ASSERT_EQ(file.rows.size(), 3u);
  EXPECT_THAT(file.rows[0].fields, ElementsAre("H00", "Sở \"Nội vụ\", tỉnh"));
  EXPECT_EQ(file.rows[0].line, 2);
  EXPECT_THAT(file.rows[1].fields, ElementsAre("H01", "hai\ndòng"));
  EXPECT_EQ(file.rows[1].line, 4);
  EXPECT_THAT(file.rows[2].fields, ElementsAre("H02", ""));
  EXPECT_EQ(file.rows[2].line, 6);
}

TEST(ReadCsv, ToldByLine) {
  EXPECT_EQ(ProblemOf(""), "CSV_EMPTY@1");
  EXPECT_EQ(ProblemOf("\xEF\xBB\xBF"), "CSV_EMPTY@1");
  EXPECT_EQ(ProblemOf("a,b\n1\n"), "CSV_WIDTH@2");
  EXPECT_EQ(ProblemOf("a,b\n1,2\n1,2,3\n"), "CSV_WIDTH@3");
  EXPECT_EQ(ProblemOf("a,b\n1,\"2\n3\n"), "CSV_QUOTE@2");
  EXPECT_EQ(ProblemOf("a,b\n1,\"2\"x\n"), "CSV_QUOTE@2");
  EXPECT_EQ(ProblemOf("a,b\n1,x\"2\"\n"), "CSV_QUOTE@2");
  EXPECT_EQ(ProblemOf("a,a\n1,2\n"), "CSV_COLUMN@1");
  EXPECT_EQ(ProblemOf("a,b\n1,Kr\xF4ng\n"), "CSV_NOT_UTF8@2");
  EXPECT_EQ(ProblemOf(std::string_view("\xFF\xFE"
                                       "a\0",
                                       4)),
            "CSV_NOT_UTF8@1");
  EXPECT_EQ(ProblemOf(std::string_view("a,b\n1,\0\n", 8)), "CSV_CONTROL@2");
  EXPECT_EQ(ProblemOf(std::string(kLargestCsv + 1, 'a')), "CSV_TOO_LARGE@0");
}

TEST(ReadCsv, AHeaderAloneIsAFileWithoutRows) { EXPECT_TRUE(Read("a,b").rows.empty()); }

std::string Quote(const std::string& field) {
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

TEST(ReadCsv, WhatIsWrittenIsRead) {
  EXPECT_TRUE(rc::check("quoted fields come back", [] {
    const auto text = rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("abc ,\"\n\r;đ")).as("byte"));
    const auto field = rc::gen::map(text, [](std::string s) {
      // Halves of đ are not UTF-8: keep ASCII only.
      s.erase(std::remove_if(s.begin(), s.end(), [](char c) { return (c & 0x80) != 0; }), s.end());
      return s;
    });
    const std::vector<std::string> fields = *rc::gen::container<std::vector<std::string>>(3, field);
    const CsvFile file = Read("x,y,z\n" + Quote(fields[0]) + "," + Quote(fields[1]) + "," +
                              Quote(fields[2]) + "\r\n");
    RC_ASSERT(file.rows.size() == 1u);
    RC_ASSERT(file.rows[0].fields == fields);
  }));
}

TEST(ReadCsv, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check("no crash, rows as wide as the header", [](const std::string& bytes) {
    CsvFile file;
    std::vector<CsvProblem> problems;
    const bool read = ReadCsv(bytes, &file, &problems);
    RC_ASSERT(read == problems.empty());
    for (const CsvRow& row : file.rows) RC_ASSERT(row.fields.size() == file.header.size());
  }));
}

}  // namespace
}  // namespace thidua::campaign::intake
