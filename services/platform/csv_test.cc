#include "platform/csv.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::platform {
namespace {

using ::testing::ElementsAre;

// "line: field|field" of each record, then "! line" of the fault.
std::vector<std::string> Read(std::string_view text) {
  CsvReader reader(text);
  std::vector<std::string> read;
  while (const auto record = reader.Next()) {
    std::string shown = std::to_string(record->line) + ":";
    for (size_t i = 0; i < record->fields.size(); ++i) {
      shown += (i == 0 ? " " : "|") + record->fields[i];
    }
    read.push_back(shown);
  }
  EXPECT_FALSE(reader.Next().has_value()) << "the end stays the end";
  if (reader.fault().has_value()) read.push_back("! " + std::to_string(reader.fault()->line));
  return read;
}

TEST(CsvReader, FieldsBetweenCommas) {
  EXPECT_THAT(Read("a,b\nc,d\n"), ElementsAre("1: a|b", "2: c|d"));
  EXPECT_THAT(Read(",\n"), ElementsAre("1: |"));
  EXPECT_THAT(Read("a,"), ElementsAre("1: a|")) << "the last line need not end";
  EXPECT_THAT(Read("\xEF\xBB\xBFmã"), ElementsAre("1: mã"));
  EXPECT_THAT(Read(""), ElementsAre());
}

TEST(CsvReader, LineEndsOfEveryKind) {
  EXPECT_THAT(Read("a\r\nb\nc\r"), ElementsAre("1: a", "2: b", "3: c"));
  EXPECT_THAT(Read("a\rb\n"), ElementsAre("1: a\rb")) << "a CR alone ends only the last line";
  EXPECT_THAT(Read("\n\r\na\n\n\nb\n\n"), ElementsAre("3: a", "6: b")) << "blank lines are counted";
  EXPECT_THAT(Read("\"\"\n"), ElementsAre("1: ")) << "an empty field in quotes is a record";
  EXPECT_THAT(Read("\"a\"\r"), ElementsAre("1: a"));
}

TEST(CsvReader, QuotedFields) {
  EXPECT_THAT(Read("\"a,1\",\"say \"\"yes\"\"\"\r\n\"two\nlines\",x\nlast,\"\""),
              ElementsAre("1: a,1|say \"yes\"", "2: two\nlines|x", "4: last|"));
  EXPECT_THAT(Read("\"\"\"\",\"\r\n\""), ElementsAre("1: \"|\r\n"));
}

TEST(CsvReader, QuotesOutOfPlaceAreToldByTheirLine) {
  EXPECT_THAT(Read("x\na\"b\n"), ElementsAre("1: x", "! 2"));
  EXPECT_THAT(Read("x\n\"a\"b\n"), ElementsAre("1: x", "! 2"));
  EXPECT_THAT(Read("\"a\"\"\" \"b\""), ElementsAre("! 1"));
  EXPECT_THAT(Read("x\n\"open\nand on\n"), ElementsAre("1: x", "! 2")) << "where it was opened";
  EXPECT_THAT(Read("\"a\nb\",c\"d"), ElementsAre("! 2")) << "the quote, not the record";
  EXPECT_THAT(Read("\""), ElementsAre("! 1"));
  CsvReader reader("\"");
  reader.Next();
  EXPECT_EQ(reader.fault()->vi, "thiếu dấu nháy kép đóng");
  EXPECT_EQ(reader.fault()->en, "a quote is not closed");
}

std::string Quoted(const std::string& field) {
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

TEST(CsvReader, WhatIsWrittenIsRead) {
  EXPECT_TRUE(rc::check("quoted fields come back", [] {
    const auto field =
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab ,\"\n\r;")));
    const auto records =
        *rc::gen::resize(20, rc::gen::container<std::vector<std::vector<std::string>>>(
                                 rc::gen::container<std::vector<std::string>>(3, field)));
    std::string text;
    for (const auto& fields : records) {
      for (size_t i = 0; i < fields.size(); ++i) text += (i == 0 ? "" : ",") + Quoted(fields[i]);
      text += "\r\n";
    }
    CsvReader reader(text);
    for (const auto& fields : records) {
      const auto record = reader.Next();
      RC_ASSERT(record.has_value());
      RC_ASSERT(record->fields == fields);
    }
    RC_ASSERT(!reader.Next().has_value());
    RC_ASSERT(!reader.fault().has_value());
  }));
}

TEST(CsvReader, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check("ends, and lines grow", [](const std::string& bytes) {
    CsvReader reader(bytes);
    int line = 0;
    while (const auto record = reader.Next()) {
      RC_ASSERT(record->line > line);
      RC_ASSERT(!record->fields.empty());
      line = record->line;
    }
  }));
}

}  // namespace
}  // namespace thidua::platform
