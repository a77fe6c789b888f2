#include <gmock/gmock.h>

#include "awards/initiatives/events.h"
#include "platform/executor.h"
#include "support/awards/fixture.h"

namespace thidua::awards::initiatives {
namespace {

using test::Reason;
using testing::AwardsTest;

class InitiativeServiceTest : public AwardsTest {
 protected:
  v1::CreateInitiativeRequest Request() {
    v1::CreateInitiativeRequest request;
    v1::Initiative* initiative = request.mutable_initiative();
    initiative->set_unit(UnitName("commune-1"));
    initiative->set_title("Rút ngắn thời gian cấp bản sao trích lục");
    initiative->set_kind(v1::INITIATIVE_KIND_PROCEDURE_CUT);
    initiative->set_year(2023);
    initiative->set_summary("Cắt giảm một giấy tờ và hai ngày giải quyết");
    v1::ProcedureCut* cut = initiative->mutable_procedure_cut();
    cut->set_procedure("Cấp bản sao trích lục hộ tịch");
    cut->set_components_before(3);
    cut->set_components_after(2);
    cut->set_days_before(3);
    cut->set_days_after(1);
    request.set_request_id(RequestId());
    return request;
  }
  grpc::Status Create(const v1::CreateInitiativeRequest& request, v1::Initiative* initiative,
                      const std::string& who = "commune") {
    return Call<v1::InitiativeService>(&v1::InitiativeService::Stub::CreateInitiative, request,
                                       initiative, who);
  }
  grpc::Status Recognise(const std::string& name, const std::string& date, v1::Initiative* out,
                         const std::string& who = "officer") {
    v1::RecogniseInitiativeRequest request;
    request.set_name(name);
    v1::Recognition* recognition = request.mutable_recognition();
    recognition->set_authority("Hội đồng Sáng kiến tỉnh Đắk Nông");
    recognition->set_document_number("45/QĐ-HĐSK");
    recognition->set_date(date);
    recognition->set_file(Upload("commune-1", "commune", "quyết định công nhận"));
    request.set_request_id(RequestId());
    return Call<v1::InitiativeService>(&v1::InitiativeService::Stub::RecogniseInitiative, request,
                                       out, who);
  }
};

// shows: S4-08
// shows: S4-23
TEST_F(InitiativeServiceTest, ARecognisedInitiativeMeetsTheStandard) {
  v1::Initiative initiative;
  ASSERT_TRUE(Create(Request(), &initiative).ok());
  EXPECT_EQ(initiative.procedure_cut().days_after(), 1);
  EXPECT_FALSE(initiative.has_recognition());
  const std::string nomination = Filed().name();
  EXPECT_EQ(GetNomination(nomination).standards_check().findings(3).result(),
            v1::STANDARD_RESULT_NOT_MET);
  ASSERT_TRUE(Recognise(initiative.name(), "2023-11-20", &initiative).ok());
  EXPECT_EQ(initiative.recognition().recorder(), "person:" + Id("officer"));
  v1::CheckStandardsRequest check;
  check.set_name(nomination);
  check.set_request_id(RequestId());
  v1::StandardsCheck checked;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::CheckStandards, check,
                                          &checked, "officer")
                  .ok());
  EXPECT_EQ(checked.findings(3).result(), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(checked.findings(3).source(), v1::STANDARD_SOURCE_INITIATIVES);
}

TEST_F(InitiativeServiceTest, AnotherPersonRecordsARecognitionOnce) {
  v1::Initiative initiative;
  ASSERT_TRUE(Create(Request(), &initiative, "officer").ok());
  EXPECT_EQ(Reason(Recognise(initiative.name(), "2023-11-20", &initiative)),
            "REGISTRAR_CANNOT_RECOGNISE");
  v1::Initiative other;
  ASSERT_TRUE(Create(Request(), &other).ok());
  EXPECT_EQ(Recognise(other.name(), "2023-11-20", &initiative, "commune").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Reason(Recognise(other.name(), "2022-12-31", &initiative)),
            "RECOGNISED_BEFORE_ITS_YEAR");
  ASSERT_TRUE(Recognise(other.name(), "2023-11-20", &initiative).ok());
  EXPECT_EQ(Reason(Recognise(other.name(), "2023-11-20", &initiative)), "INITIATIVE_STATE");
}

TEST_F(InitiativeServiceTest, WhatDoesNotFitIsRefusedByField) {
  v1::Initiative initiative;
  v1::CreateInitiativeRequest request = Request();
  request.mutable_initiative()->mutable_procedure_cut()->set_days_after(4);
  EXPECT_EQ(Reason(Create(request, &initiative)), "NOTHING_CUT");
  request.mutable_initiative()->clear_procedure_cut();
  EXPECT_EQ(Reason(Create(request, &initiative)), "FIELD_REQUIRED");
  request.mutable_initiative()->set_kind(v1::INITIATIVE_KIND_GENERAL);
  EXPECT_TRUE(Create(request, &initiative).ok());
  request = Request();
  request.mutable_initiative()->set_unit(UnitName("commune-2"));
  EXPECT_EQ(Create(request, &initiative).error_code(), grpc::StatusCode::PERMISSION_DENIED);

  v1::ListInitiativesRequest list;
  list.set_year(2023);
  v1::ListInitiativesResponse page;
  const auto count = [&](const std::string& who) {
    EXPECT_TRUE(
        Call<v1::InitiativeService>(&v1::InitiativeService::Stub::ListInitiatives, list, &page, who)
            .ok());
    return page.initiatives_size();
  };
  EXPECT_EQ(count("commune"), 1);
  EXPECT_EQ(count("stranger"), 0);
  list.set_year(2022);
  EXPECT_EQ(count("officer"), 0);
}

// A new reader of the feed gets what counts: the recognised initiatives, however many pages they
// fill in the register.
TEST_F(InitiativeServiceTest, TheSnapshotHoldsWhatIsRecognised) {
  v1::Initiative registered, recognised;
  ASSERT_TRUE(Create(Request(), &registered).ok());
  ASSERT_TRUE(Create(Request(), &recognised).ok());
  ASSERT_TRUE(Recognise(recognised.name(), "2023-11-20", &recognised).ok());
  const platform::WorkerScope may_block;
  std::vector<std::string> told;
  const absl::Status read =
      database_->pool().ReadOnly(absl::Now() + absl::Seconds(30), [&](db::Session& session) {
        told.clear();
        return EmitSnapshot(session, [&](const common::v1::Event& event) {
          EXPECT_EQ(event.type(), "thidua.awards.v1.InitiativeChanged");
          EXPECT_THAT(event.payload_json(), ::testing::HasSubstr("2023-11-20"));
          EXPECT_EQ(event.business_date(), "2023-11-20");
          told.push_back("initiatives/" + event.aggregate_id());
          return absl::OkStatus();
        });
      });
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_THAT(told, ::testing::ElementsAre(recognised.name()));
}

}  // namespace
}  // namespace thidua::awards::initiatives
