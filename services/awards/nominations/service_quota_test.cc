// Places for awards, at the decision and before it.
#include <gmock/gmock.h>

#include "awards/nominations/individuals_fixture.h"
#include "platform/etag.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class QuotaTest : public testing::IndividualsTest {
 protected:
  static void SetQuota(const std::string& subject, const std::string& kind, int places,
                       const std::string& percent = "") {
    campaign::v1::PlanLaunched plan = Plan();
    campaign::v1::PlanAwardQuota* quota = plan.add_award_quotas();
    quota->set_subject(subject);
    quota->set_kind(kind);
    quota->set_places(places);
    quota->set_percent(percent);
    quota->set_rounding(percent.empty() ? "" : "DOWN");
    quota->set_text("nguyên văn chỉ tiêu");
    Apply(plan);
  }
  v1::GetQuotaUseResponse Use() {
    v1::GetQuotaUseRequest request;
    request.set_plan("plans/" + Id("plan"));
    request.set_year(2023);
    v1::GetQuotaUseResponse response;
    const grpc::Status status = Call<v1::NominationService>(
        &v1::NominationService::Stub::GetQuotaUse, request, &response, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
};

TEST_F(QuotaTest, MoreThanThePlacesIsIssuedOnlyWithAReasonThatIsKept) {
  SetQuota("COLLECTIVE", "TOTAL", 0);
  const v1::Decision draft = Drafted();
  v1::GetQuotaUseResponse use = Use();
  ASSERT_EQ(use.quotas_size(), 1);
  EXPECT_EQ(use.quotas(0).subject(), v1::AWARD_SUBJECT_COLLECTIVE);
  EXPECT_EQ(use.quotas(0).text(), "nguyên văn chỉ tiêu");
  EXPECT_TRUE(use.quotas(0).has_places());
  EXPECT_EQ(use.quotas(0).places(), 0);
  EXPECT_EQ(use.quotas(0).decided(), 0);
  EXPECT_EQ(use.quotas(0).decided_and_carried(), 1);
  EXPECT_TRUE(use.quotas(0).exceeded()) << "seen before the decision";

  v1::IssueDecisionRequest request = IssueRequest(draft);
  v1::Decision issued;
  const grpc::Status refused = Issue(request, &issued);
  EXPECT_EQ(Reason(refused), "QUOTA_EXCEEDED");
  EXPECT_EQ(Count("certificates"), "0");
  request.set_quota_override_reason("Chủ tịch đồng ý tăng chỉ tiêu");
  request.set_request_id(RequestId());
  ASSERT_TRUE(Issue(request, &issued).ok());
  EXPECT_EQ(issued.quota_override_reason(), "Chủ tịch đồng ý tăng chỉ tiêu");
  EXPECT_THAT(Payload("DecisionIssued"), HasSubstr("Chủ tịch đồng ý tăng chỉ tiêu"));
  EXPECT_EQ(Count("events WHERE reason LIKE '%Chủ tịch đồng ý tăng chỉ tiêu%'"), "1");
  EXPECT_EQ(Use().quotas(0).decided(), 1);
}

TEST_F(QuotaTest, WithinThePlacesNoReasonIsNeededAndNoneIsKept) {
  SetQuota("COLLECTIVE", "TOTAL", 1);
  v1::IssueDecisionRequest request = IssueRequest(Drafted());
  request.set_quota_override_reason("không cần");
  v1::Decision issued;
  ASSERT_TRUE(Issue(request, &issued).ok());
  EXPECT_EQ(issued.quota_override_reason(), "");
  EXPECT_FALSE(Use().quotas(0).exceeded());
}

TEST_F(QuotaTest, R_AWD_112_ARevokedAwardTakesNoPlace) {
  SetQuota("COLLECTIVE", "TOTAL", 1);
  v1::Decision issued;
  ASSERT_TRUE(Issue(IssueRequest(Drafted()), &issued).ok());
  EXPECT_EQ(Use().quotas(0).decided(), 1);
  v1::RevokeCertificateRequest request;
  request.set_name(issued.awards(0).certificate());
  request.set_reason("Kê khai thành tích không đúng");
  request.set_document_number("130/QĐ-UBND");
  request.set_document_date(issued.issue_date());
  request.set_etag(platform::EtagOf(1));
  request.set_request_id(RequestId());
  v1::Certificate revoked;
  ASSERT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::RevokeCertificate,
                                           request, &revoked, "leader")
                  .ok());
  EXPECT_EQ(Use().quotas(0).decided(), 0);
  EXPECT_EQ(Use().quotas(0).decided_and_carried(), 0);
}

TEST_F(QuotaTest, WithoutAQuotaThereIsNoLimit) {
  const v1::Decision draft = Drafted();
  EXPECT_THAT(Use().quotas(), IsEmpty());
  v1::Decision issued;
  EXPECT_TRUE(Issue(IssueRequest(draft), &issued).ok());
}

TEST_F(QuotaTest, PeopleAreCountedAtTheUnitThatPutThemUp) {
  SetQuota("INDIVIDUAL", "PER_UNIT", 0);
  const std::string name = CarriedPerson();
  EXPECT_THAT(Use().quotas(0).units_over(), ElementsAre(UnitName("commune-1")));
  v1::Decision issued;
  EXPECT_EQ(Reason(Issue(IssueRequest(DraftOf({name})), &issued)), "QUOTA_EXCEEDED");
}

TEST_F(QuotaTest, APercentageOfPeopleThatNobodyCountedIsNotKnown) {
  SetQuota("INDIVIDUAL", "PERCENT_OF_PARTICIPANTS", 0, "5");
  const std::string name = CarriedPerson();
  EXPECT_FALSE(Use().quotas(0).has_places());
  EXPECT_FALSE(Use().quotas(0).has_participants());
  v1::Decision issued;
  const v1::Decision draft = DraftOf({name});
  EXPECT_EQ(Reason(Issue(IssueRequest(draft), &issued)), "QUOTA_NOT_KNOWN");
  campaign::v1::PlanLaunched plan = Plan();
  *plan.add_award_quotas() = [] {
    campaign::v1::PlanAwardQuota quota;
    quota.set_subject("INDIVIDUAL");
    quota.set_kind("PERCENT_OF_PARTICIPANTS");
    quota.set_percent("5");
    quota.set_rounding("DOWN");
    return quota;
  }();
  plan.set_participant_person_count(20);
  Apply(plan);
  EXPECT_EQ(Use().quotas(0).places(), 1);
  EXPECT_EQ(Use().quotas(0).participants(), 20);
  v1::IssueDecisionRequest request = IssueRequest(draft);
  EXPECT_TRUE(Issue(request, &issued).ok());
}

// shows: S4-16
TEST_F(QuotaTest, AFormOutsideTheIssuersAuthorityIsRefused) {
  campaign::v1::PlanLaunched plan = Plan();
  plan.clear_award_forms();
  plan.add_award_forms("BANG_KHEN");
  Apply(plan);
  const v1::Decision draft = Drafted();
  v1::Decision issued;
  const grpc::Status refused = Issue(IssueRequest(draft), &issued);
  EXPECT_EQ(Reason(refused), "AWARD_FORM_OUTSIDE_AUTHORITY");
  EXPECT_THAT(refused.error_message(), HasSubstr("may give: GIAY_KHEN"));
  EXPECT_EQ(Count("certificates"), "0");
}

TEST_F(QuotaTest, TheUseIsTheCoordinatorsToSee) {
  v1::GetQuotaUseRequest request;
  request.set_plan("plans/" + Id("plan"));
  request.set_year(2023);
  v1::GetQuotaUseResponse response;
  EXPECT_EQ(Call<v1::NominationService>(&v1::NominationService::Stub::GetQuotaUse, request,
                                        &response, "commune")
                .error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

}  // namespace
}  // namespace thidua::awards::nominations
