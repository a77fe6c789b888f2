// SurveyService over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::surveys {
namespace {

using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;

class SurveyServiceTest : public RoundTest {
 protected:
  static std::vector<std::string> Errors(const v1::FiguresImportReport& report) {
    std::vector<std::string> errors;
    for (const v1::FiguresImportError& error : report.errors()) {
      errors.push_back(absl::StrCat(error.line(), " ", error.column(), " ", error.reason()));
      EXPECT_FALSE(error.text_vi().empty());
      EXPECT_FALSE(error.text_en().empty());
    }
    EXPECT_EQ(report.error_count(), report.errors_size());
    return errors;
  }
  v1::Survey Read(const std::string& survey, const std::string& token) {
    v1::GetSurveyRequest request;
    request.set_name(survey);
    v1::Survey response;
    Must(surveys_->GetSurvey(WithToken(token).get(), request, &response));
    return response;
  }
};

// shows: S1-16
// shows: S3-13
TEST_F(SurveyServiceTest, ASurveyIsFilledPublishedAndCorrected) {
  const v1::Survey draft = DraftSurvey("sipas");
  EXPECT_EQ(draft.state(), v1::SURVEY_STATE_DRAFT);
  v1::Survey survey;
  EXPECT_EQ(Reason(PublishSurvey(draft.name(), &survey)), "SURVEY_WITHOUT_RESULTS");
  v1::FiguresImportReport report;
  Must(ImportSurvey(draft.name(), "H00.9.1,200,180,86.55\nH00.9.2,150,20,91\n", &report));
  EXPECT_TRUE(report.applied());
  EXPECT_EQ(report.target(), draft.name());
  EXPECT_EQ(report.row_count(), 2);
  // A file takes the place of the one before.
  Must(ImportSurvey(draft.name(), "H00.9.1,200,181,86.5\n", &report));
  Must(PublishSurvey(draft.name(), &survey));
  EXPECT_EQ(survey.state(), v1::SURVEY_STATE_PUBLISHED);
  EXPECT_EQ(survey.publish_date(), "2024-02-15");
  EXPECT_EQ(survey.unit_count(), 1);
  EXPECT_EQ(survey.respondent_count(), 181);
  EXPECT_EQ(survey.file_sha256().size(), 64u);

  // From then on nothing of it changes.
  EXPECT_EQ(Reason(ImportSurvey(draft.name(), "H00.9.1,200,181,99\n", &report)),
            "SURVEY_NOT_DRAFT");
  EXPECT_EQ(Reason(PublishSurvey(draft.name(), &survey)), "SURVEY_NOT_DRAFT");
  const v1::Survey results = Read(draft.name(), HomeAffairs());
  ASSERT_EQ(results.results_size(), 1);
  EXPECT_EQ(results.results(0).index_percent(), "86.5");
  EXPECT_EQ(results.results(0).unit_name(), "UBND xã 1");

  // Another of the kind and year has to name it.
  const v1::Survey twin = DraftSurvey("sipas");
  Must(ImportSurvey(twin.name(), "H00.9.1,200,181,87\n", &report));
  EXPECT_EQ(Reason(PublishSurvey(twin.name(), &survey)), "SURVEY_EXISTS");
  const v1::Survey correction = DraftSurvey("sipas", draft.name());
  Must(ImportSurvey(correction.name(), "H00.9.1,200,181,87\n", &report));
  Must(PublishSurvey(correction.name(), &survey));
  v1::GetSurveyRequest get;
  get.set_name(draft.name());
  Must(surveys_->GetSurvey(WithToken(HomeAffairs()).get(), get, &survey));
  EXPECT_EQ(survey.state(), v1::SURVEY_STATE_SUPERSEDED);
  EXPECT_EQ(survey.superseded_by(), correction.name());
  const v1::Survey late = DraftSurvey("sipas", draft.name());
  Must(ImportSurvey(late.name(), "H00.9.1,200,181,88\n", &report));
  EXPECT_EQ(Reason(PublishSurvey(late.name(), &survey)), "CORRECTS_NOT_CURRENT");
  EXPECT_EQ(Column("SELECT COUNT(*) FROM events WHERE type = "
                   "'thidua.scoring.v1.SurveyResultsImported'"),
            "5\n");
}

TEST_F(SurveyServiceTest, OfTwoPublishedAtOnceOneIsToldThatThereIsASurvey) {
  v1::Survey surveys[2];
  for (v1::Survey& survey : surveys) {
    survey = DraftSurvey("sipas");
    v1::FiguresImportReport report;
    Must(ImportSurvey(survey.name(), "H00.9.1,200,180,86.55\n", &report));
  }
  const auto publish = [&](const v1::Survey& survey) {
    v1::PublishSurveyRequest request;
    request.set_name(survey.name());
    request.set_etag("\"2\"");
    request.set_request_id(Id());
    return [this, request] {
      v1::Survey published;
      return surveys_->PublishSurvey(WithToken(HomeAffairs()).get(), request, &published);
    };
  };
  EXPECT_THAT(BothAtOnce("surveys", "surveys_current", "UPDATE surveys ",
                         {publish(surveys[0]), publish(surveys[1])}),
              ElementsAre("", "SURVEY_EXISTS"));
  EXPECT_EQ(Column("SELECT COUNT(*) FROM surveys WHERE state = 'PUBLISHED'"), "1\n");
}

TEST_F(SurveyServiceTest, AFileIsTakenWholeOrNotAtAll) {
  const v1::Survey draft = DraftSurvey("sipas");
  v1::FiguresImportReport report;
  Must(ImportSurvey(draft.name(),
                    "H00.9.1,200,180,86.55\n"
                    "H00.9.77,200,180,86.55\n"
                    "H00.9.99,200,180,86.55\n"
                    "H00.9.1,200,180,86.55\n"
                    "H00.8,200,180,86.55\n"
                    "Huyện,200,180,86.55\n",
                    &report, "the-file"));
  EXPECT_FALSE(report.applied());
  EXPECT_THAT(Errors(report), ElementsAre("3 unit_code UNKNOWN_UNIT", "4 unit_code UNIT_NOT_VALID",
                                          "5 unit_code UNIT_TWICE", "6 unit_code UNIT_NOT_GRANTED",
                                          "7 unit_code UNKNOWN_UNIT"));
  EXPECT_EQ(Count("survey_results"), 0);
  Must(ImportSurvey(draft.name(), "H00.9.1,200,-1,86.55\nH00.9.2,10,9,100.01\n", &report));
  EXPECT_THAT(Errors(report),
              ElementsAre("2 respondents NUMBER_MALFORMED", "3 index_percent INDEX_MALFORMED"));
  Must(ImportSurvey(draft.name(), "H00.9.1,10,11,86.55\n", &report));
  EXPECT_THAT(Errors(report), ElementsAre("2 respondents MORE_THAN_SENT"));
  Must(ImportSurvey(draft.name(), "H00.9.1,10\n", &report));
  EXPECT_THAT(Errors(report), ElementsAre("2  CSV_WIDTH"));
  Must(ImportSurvey(draft.name(), "", &report));
  EXPECT_THAT(Errors(report), ElementsAre("1  CSV_EMPTY"));
  // Mended, it is taken under the same request id; after that the id is used up.
  Must(ImportSurvey(draft.name(), "H00.9.1,200,180,86.55\n", &report, "the-file"));
  EXPECT_TRUE(report.applied());
  EXPECT_EQ(Count("survey_results"), 1);
  EXPECT_EQ(Reason(ImportSurvey(draft.name(), "H00.9.2,1,1,1\n", &report, "the-file")),
            "REQUEST_ID_REUSED");

  v1::ImportSurveyResultsRequest request;
  request.set_name(draft.name());
  request.mutable_content()->set_content_type("application/json");
  request.set_request_id(Id());
  EXPECT_EQ(Reason(surveys_->ImportSurveyResults(WithToken(HomeAffairs()).get(), request, &report)),
            "CONTENT_TYPE");
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data("unit_code,forms_sent,index_percent,ghi_chú\n");
  Must(surveys_->ImportSurveyResults(WithToken(HomeAffairs()).get(), request, &report));
  EXPECT_THAT(Errors(report), ElementsAre("1 respondents CSV_COLUMN"));
  request.mutable_content()->set_data(
      "unit_code,forms_sent,respondents,index_percent\nH00.9.3,5,5,50\n");
  request.set_validate_only(true);
  Must(surveys_->ImportSurveyResults(WithToken(HomeAffairs()).get(), request, &report));
  EXPECT_EQ(report.error_count(), 0);
  EXPECT_FALSE(report.applied());
  EXPECT_EQ(Column("SELECT unit_id FROM survey_results"), communes_[0] + "\n");
}

TEST_F(SurveyServiceTest, DraftsAreForTheOrganiserAndWhatIsPublishedForAllWhoMayReadSomewhere) {
  const std::string writes = "scoring.surveys.write";
  const std::string reads = "scoring.surveys.read";
  const v1::Survey draft = DraftSurvey("sipas");
  v1::FiguresImportReport report;
  Must(ImportSurvey(draft.name(), "H00.9.1,200,180,86.55\n", &report));
  const std::string reader = Token("person:commune-reader", communes_[0], {reads});
  v1::GetSurveyRequest get;
  get.set_name(draft.name());
  v1::Survey survey;
  EXPECT_EQ(Reason(surveys_->GetSurvey(WithToken(reader).get(), get, &survey)), "SURVEY_NOT_FOUND");
  const auto listed = [&](const std::string& token) {
    v1::ListSurveysRequest list;
    list.set_year(2023);
    v1::ListSurveysResponse response;
    Must(surveys_->ListSurveys(WithToken(token).get(), list, &response));
    return response.surveys_size();
  };
  EXPECT_EQ(listed(reader), 0);
  EXPECT_EQ(listed(HomeAffairs()), 1);
  Must(PublishSurvey(draft.name(), &survey));
  EXPECT_EQ(listed(reader), 1);
  EXPECT_EQ(Read(draft.name(), reader).results_size(), 1);

  // Who may write at a commune may not at the district, nor give figures of another commune.
  v1::CreateSurveyRequest create;
  *create.mutable_survey() = SurveyOfDistrict("sipas-2");
  create.set_request_id(Id());
  const std::string commune = Token("person:writer", communes_[0], {writes, reads});
  EXPECT_EQ(Reason(surveys_->CreateSurvey(WithToken(commune).get(), create, &survey)),
            "PERMISSION_DENIED");
  EXPECT_EQ(Reason(surveys_->CreateSurvey(WithToken(reader).get(), create, &survey)),
            "PERMISSION_DENIED");
  create.mutable_survey()->set_unit("units/" + communes_[0]);
  create.set_request_id(Id());
  Must(surveys_->CreateSurvey(WithToken(commune).get(), create, &survey));
  v1::ImportSurveyResultsRequest request;
  request.set_name(survey.name());
  request.mutable_content()->set_content_type("text/csv");
  request.mutable_content()->set_data(
      "unit_code,forms_sent,respondents,index_percent\nH00.9.2,5,5,50\n");
  request.set_request_id(Id());
  Must(surveys_->ImportSurveyResults(WithToken(commune).get(), request, &report));
  EXPECT_THAT(Errors(report), ElementsAre("2 unit_code UNIT_NOT_GRANTED"));
}

TEST_F(SurveyServiceTest, WhatDoesNotFitIsRefusedByField) {
  v1::CreateSurveyRequest create;
  *create.mutable_survey() = SurveyOfDistrict("SIPAS");
  v1::Survey& sent = *create.mutable_survey();
  sent.set_year(2025);
  sent.set_period_end("2024-02-30");
  sent.clear_scale();
  sent.mutable_source_document()->clear_number();
  sent.set_correction_reason("không nêu bản bị đính chính");
  create.set_request_id(Id());
  v1::Survey survey;
  EXPECT_THAT(Fields(surveys_->CreateSurvey(WithToken(HomeAffairs()).get(), create, &survey)),
              ElementsAre("survey.kind", "survey.year", "survey.period_end", "survey.scale",
                          "survey.source_document.number", "survey.correction_reason"));
  *create.mutable_survey() = SurveyOfDistrict("sipas");
  create.mutable_survey()->set_period_end("2024-02-16");  // tomorrow
  EXPECT_EQ(Reason(surveys_->CreateSurvey(WithToken(HomeAffairs()).get(), create, &survey)),
            "DATE_IN_FUTURE");
  *create.mutable_survey() = SurveyOfDistrict("sipas");
  create.mutable_survey()->set_corrects(DraftSurvey("khac").name());
  create.mutable_survey()->set_correction_reason("loại khác");
  EXPECT_EQ(Reason(surveys_->CreateSurvey(WithToken(HomeAffairs()).get(), create, &survey)),
            "CORRECTS_ANOTHER");
}

}  // namespace
}  // namespace thidua::scoring::surveys
