#include <gmock/gmock.h>

#include "awards/nominations/individuals_fixture.h"

namespace thidua::awards::classifications {
namespace {

using test::Reason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ClassificationsTest : public nominations::testing::IndividualsTest {
 protected:
  using Stub = v1::ClassificationService::Stub;

  v1::ImportClassificationsResponse Import(const std::string& rows, bool validate_only = false) {
    v1::ImportClassificationsRequest request;
    request.mutable_content()->set_content_type("text/csv");
    request.mutable_content()->set_data("person_id,year,level,document_number,document_date\n" +
                                        rows);
    request.set_request_id(RequestId());
    request.set_validate_only(validate_only);
    v1::ImportClassificationsResponse response;
    const grpc::Status status = Call<v1::ClassificationService>(&Stub::ImportClassifications,
                                                                request, &response, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::ListClassificationsResponse List(const std::string& who) {
    v1::ListClassificationsRequest request;
    v1::ListClassificationsResponse response;
    const grpc::Status status =
        Call<v1::ClassificationService>(&Stub::ListClassifications, request, &response, who);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::string Row(const std::string& label, const std::string& level) {
    return Id(label) + ",2023," + level + ",310/QĐ-UBND,2023-12-20\n";
  }
};

TEST_F(ClassificationsTest, OneRecordForAPersonAndAYearWhichALaterWordReplaces) {
  v1::Classification recorded;
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_COMPLETED, &recorded).ok());
  EXPECT_EQ(recorded.person(), PersonName("an"));
  EXPECT_EQ(recorded.unit(), UnitName("commune-1"));
  EXPECT_EQ(recorded.recorder(), "person:" + Id("officer"));
  const std::string name = recorded.name();
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_GOOD, &recorded).ok());
  EXPECT_EQ(recorded.name(), name);
  EXPECT_EQ(recorded.level(), v1::CLASSIFICATION_LEVEL_GOOD);
  EXPECT_EQ(recorded.etag(), "\"2\"");
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_GOOD, &recorded).ok());
  EXPECT_EQ(recorded.etag(), "\"2\"") << "the same again changes nothing";
  EXPECT_EQ(Count("classifications"), "1");
  EXPECT_EQ(Count("events WHERE type LIKE '%ClassificationRecorded'"), "2");
  EXPECT_EQ(Count("events WHERE before_payload LIKE '%COMPLETED%'"), "1") << "the earlier word";
}

TEST_F(ClassificationsTest, RightsAreAskedForAtTheUnitOfThePost) {
  v1::Classification recorded;
  for (const char* who : {"commune", "stranger", "leader", "nobody"}) {
    EXPECT_EQ(Classify("an", v1::CLASSIFICATION_LEVEL_GOOD, &recorded, who).error_code(),
              grpc::StatusCode::PERMISSION_DENIED)
        << who;
  }
  EXPECT_EQ(Reason(Classify("who is this", v1::CLASSIFICATION_LEVEL_GOOD, &recorded, "admin")),
            "PERSON_NOT_FOUND");
}

TEST_F(ClassificationsTest, AFileIsTakenWholeOrNotAtAll) {
  v1::ImportClassificationsResponse report =
      Import(Row("an", "GOOD") + Row("binh", "VERY_GOOD") + Row("nobody here", "GOOD"));
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(report.row_count(), 3);
  ASSERT_EQ(report.error_count(), 2);
  EXPECT_EQ(report.errors(0).line(), 3);
  EXPECT_EQ(report.errors(0).column(), "level");
  EXPECT_EQ(report.errors(0).reason(), "LEVEL_UNKNOWN");
  EXPECT_EQ(report.errors(1).line(), 4);
  EXPECT_EQ(report.errors(1).reason(), "PERSON_UNKNOWN");
  EXPECT_EQ(Count("classifications"), "0");

  report = Import(Row("an", "GOOD") + Row("binh", "EXCELLENT"), true);
  EXPECT_EQ(report.created_count(), 2);
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(Count("classifications"), "0");
  report = Import(Row("an", "GOOD") + Row("binh", "EXCELLENT"));
  EXPECT_TRUE(report.applied());
  EXPECT_EQ(report.created_count(), 2);
  report = Import(Row("an", "GOOD") + Row("binh", "GOOD"));
  EXPECT_EQ(report.unchanged_count(), 1);
  EXPECT_EQ(report.updated_count(), 1);
}

TEST_F(ClassificationsTest, WhatIsWrongWithAFileIsToldWithItsLine) {
  v1::ImportClassificationsRequest request;
  request.set_request_id(RequestId());
  v1::ImportClassificationsResponse unread;
  EXPECT_EQ(Reason(Call<v1::ClassificationService>(&Stub::ImportClassifications, request, &unread,
                                                   "officer")),
            "CONTENT_TYPE");
  EXPECT_EQ(Import(Id("an") + ",2023,GOOD,\xff,2023-12-20\n").errors(0).reason(), "CSV_NOT_UTF8");
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data("person,year\n");
  request.set_request_id(RequestId());
  v1::ImportClassificationsResponse report;
  ASSERT_TRUE(
      Call<v1::ClassificationService>(&Stub::ImportClassifications, request, &report, "officer")
          .ok());
  ASSERT_EQ(report.error_count(), 1);
  EXPECT_EQ(report.errors(0).reason(), "CSV_COLUMN");
  report =
      Import(Id("an") + ",2023,GOOD,310/QĐ-UBND\n" + Id("an") +
             ",hai không hai ba,GOOD,310/QĐ-UBND,2023-12-20\n" + Id("an") +
             ",2023,GOOD,310/QĐ-UBND,2023-11-31\n" + Row("binh", "GOOD") + Row("binh", "GOOD"));
  ASSERT_EQ(report.error_count(), 4);
  EXPECT_EQ(report.errors(0).reason(), "CSV_WIDTH");
  EXPECT_EQ(report.errors(1).reason(), "NUMBER_MALFORMED");
  EXPECT_EQ(report.errors(2).reason(), "DATE_IMPOSSIBLE");
  EXPECT_EQ(report.errors(3).reason(), "NAMED_TWICE");
}

TEST_F(ClassificationsTest, AFileTellsNobodyWhoExistsElsewhere) {
  v1::ImportClassificationsRequest request;
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data("person_id,year,level,document_number,document_date\n" +
                                      Row("an", "GOOD") + Row("chi", "GOOD") +
                                      Row("not there", "GOOD"));
  request.set_request_id(RequestId());
  const auto stub = v1::ClassificationService::NewStub(server_->channel());
  const auto context = test::WithToken(
      keys_->Token("person:" + Id("clerk"), {{Id("commune-1"), {"awards.classifications.write"}}}));
  v1::ImportClassificationsResponse report;
  ASSERT_TRUE(stub->ImportClassifications(context.get(), request, &report).ok());
  ASSERT_EQ(report.error_count(), 2);
  EXPECT_EQ(report.errors(0).reason(), report.errors(1).reason());
  EXPECT_EQ(report.errors(0).text_vi(), report.errors(1).text_vi());
}

TEST_F(ClassificationsTest, ReadingShowsTheOwnUnitsAndLeavesAnEntry) {
  Import(Row("an", "GOOD") + Row("chi", "EXCELLENT"));
  EXPECT_EQ(List("officer").classifications_size(), 2);
  EXPECT_EQ(Count("events WHERE type LIKE '%PersonalDataRead'"), "1");
  EXPECT_THAT(List("admin").classifications(1).document_number(), HasSubstr("310"));
  v1::ListClassificationsRequest request;
  request.set_person(PersonName("binh"));
  v1::ListClassificationsResponse response;
  ASSERT_TRUE(
      Call<v1::ClassificationService>(&Stub::ListClassifications, request, &response, "officer")
          .ok());
  EXPECT_THAT(response.classifications(), IsEmpty());
  EXPECT_EQ(Count("events WHERE type LIKE '%PersonalDataRead'"), "2") << "nobody was shown";
}

}  // namespace
}  // namespace thidua::awards::classifications
