#include "scoring/dossiers/csv.h"

#include "gtest/gtest.h"
#include "platform/status.h"

namespace thidua::scoring::dossiers {
namespace {

constexpr char kHeader[] =
    "dossier_code,unit_code,procedure_code,channel,status,received_date,event_time\n";

Rows Read(const std::string& lines) {
  const absl::StatusOr<Rows> rows = ReadDossierCsv(kHeader + lines);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.value_or(Rows());
}
std::string Refusal(const std::string& lines) {
  const absl::Status status = ReadDossierCsv(kHeader + lines).status();
  const auto fields = platform::FieldsOf(status);
  return fields.empty() ? "" : fields[0].reason + " " + fields[0].text.en.substr(0, 7);
}
std::string Line(const std::string& channel, const std::string& status) {
  return "A,H00.9,1.1," + channel + "," + status + ",2023-03-01,2023-03-11T00:00:00Z\n";
}

TEST(DossierCsv, StatusAndChannelAreCodesOfThePortalOrNames) {
  for (int code = 1; code <= 10; ++code) {
    const std::string name =
        v1::DossierStatus_Name(code).substr(std::string("DOSSIER_STATUS_").size());
    EXPECT_EQ(Read(Line("1", std::to_string(code)))[0].status(), code);
    EXPECT_EQ(Read(Line("1", name))[0].status(), code) << name;
  }
  EXPECT_EQ(Read(Line("POSTAL", "RETURNED"))[0].channel(), v1::DOSSIER_CHANNEL_POSTAL);
  EXPECT_EQ(Read(Line("3", "RETURNED"))[0].channel(), v1::DOSSIER_CHANNEL_POSTAL);
  for (const char* none : {"", "finished", "DOSSIER_STATUS_FINISHED", "FAX", "UNSPECIFIED"}) {
    EXPECT_EQ(Read(Line("1", none))[0].status(), 0) << none;  // refused with the row
  }
}

TEST(DossierCsv, TheLevelOfServiceMayBeLeftOutButNotMadeUp) {
  const auto level = [](const std::string& cell) {
    return ReadDossierCsv(std::string("service_level,") + kHeader + cell + "," + Line("2", "9"))
        ->Get(0)
        .service_level();
  };
  EXPECT_EQ(Read(Line("2", "9"))[0].service_level(), v1::SERVICE_LEVEL_UNSPECIFIED);
  EXPECT_EQ(level(""), v1::SERVICE_LEVEL_UNSPECIFIED);
  EXPECT_EQ(level("4"), v1::SERVICE_LEVEL_FULL);
  EXPECT_EQ(level("PARTIAL"), v1::SERVICE_LEVEL_PARTIAL);
  for (const char* none : {"1", "5", "full", "0"}) {
    EXPECT_FALSE(v1::ServiceLevel_IsValid(level(none))) << none;  // refused with the row
  }
}

TEST(DossierCsv, BytesThatAreNotUtf8AreRefusedByTheirLine) {
  // What is wrong is told, and what is told must be text.
  for (const std::string& bytes : {std::string("\xE1\xBB"), std::string("A\xFF")}) {
    EXPECT_EQ(Refusal("\n" + bytes + ",H00.9,1.1,1,9,2023-03-01,2023-03-11T00:00:00Z\n"),
              "CSV_NOT_UTF8 Line 3:");
    const auto header = platform::FieldsOf(ReadDossierCsv(bytes + "," + kHeader).status());
    ASSERT_EQ(header.size(), 1u);
    EXPECT_EQ(header[0].reason, "CSV_NOT_UTF8");
  }
}

TEST(DossierCsv, QuotesAsInRfc4180) {
  const Rows rows = Read(
      "\"A,1\",\"H00\"\".9\",\"1\n.1\",1,9,2023-03-01,2023-03-11T00:00:00Z\r\n\r\n"
      "B,,\"\",1,9,2023-03-01,2023-03-11T00:00:00Z");
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].dossier_code(), "A,1");
  EXPECT_EQ(rows[0].unit_code(), "H00\".9");
  EXPECT_EQ(rows[0].procedure_code(), "1\n.1");
  EXPECT_EQ(rows[1].dossier_code(), "B");
  EXPECT_EQ(rows[1].unit_code(), "");
  EXPECT_EQ(rows[1].procedure_code(), "");
  EXPECT_TRUE(rows[1].has_event_time());  // no carriage return is left in the last column
  EXPECT_TRUE(rows[0].has_event_time());

  EXPECT_EQ(Refusal("\"A,H00.9\n"), "CSV_QUOTE Line 2:");
  EXPECT_EQ(Refusal("\"A\"x,H00.9,1.1,1,9,2023-03-01,2023-03-11T00:00:00Z\n"), "CSV_QUOTE Line 2:");
  EXPECT_EQ(Refusal("A\"x,H00.9,1.1,1,9,2023-03-01,2023-03-11T00:00:00Z\n"), "CSV_QUOTE Line 2:");
  // Lines are counted as an editor does, within quotes too.
  EXPECT_EQ(Refusal("\"A\n1\",H,1,1,9,2023-03-01,2023-03-11T00:00:00Z\n\nB\n"),
            "CSV_WIDTH Line 5:");
}

}  // namespace
}  // namespace thidua::scoring::dossiers
