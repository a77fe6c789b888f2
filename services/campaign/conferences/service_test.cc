// Conferences and reviews as callers see them.
#include "campaign/testing/plan_test.h"
#include "thidua/campaign/v1/conference_service.grpc.pb.h"

namespace thidua::campaign::conferences {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::ConferenceService::Stub;

class ConferencesTest : public plans::PlanTest {
 protected:
  void SetUp() override {
    PlanTest::SetUp();
    stub_ = v1::ConferenceService::NewStub(channel());
    plan_ = Launched(DemoPlan("dak-nong-2022-2025"));
    ASSERT_TRUE(status.ok()) << reason();
  }
  v1::RecordConferenceRequest Recording(const std::string& milestone, const std::string& held) {
    v1::RecordConferenceRequest request;
    request.set_plan(plan_.name());
    request.set_milestone_id(milestone);
    request.mutable_details()->set_held_date(held);
    request.mutable_details()->set_place("Hội trường UBND tỉnh");
    request.mutable_details()->set_chair("Phó Chủ tịch UBND tỉnh");
    request.mutable_details()->set_attendee_count(150);
    request.mutable_details()->set_conclusions("Tiếp tục phong trào (kiểm thử)");
    request.set_request_id(Next());
    return request;
  }
  v1::PlanConference Record(const std::string& milestone, const std::string& held,
                            const std::string& token = "") {
    return Ask(*stub_, &Stub::RecordConference, Recording(milestone, held), token);
  }
  v1::ListReviewMilestonesResponse Reviews(bool overdue_only = false) {
    v1::ListReviewMilestonesRequest request;
    request.set_plan(plan_.name());
    request.set_overdue_only(overdue_only);
    return Ask(*stub_, &Stub::ListReviewMilestones, request);
  }
  v1::ListConferencesResponse List(const std::string& token = "") {
    v1::ListConferencesRequest request;
    request.set_plan(plan_.name());
    return Ask(*stub_, &Stub::ListConferences, request, token);
  }

  std::unique_ptr<Stub> stub_;
  v1::Plan plan_;
};

// shows: S2-10, S2-07
TEST_F(ConferencesTest, AReviewIsHeldLateOrMissed) {
  auto reviews = Reviews();
  ASSERT_THAT(reviews.milestones(), SizeIs(2)) << reason();
  EXPECT_EQ(reviews.milestones(0).milestone_id(), "so-ket");
  EXPECT_EQ(reviews.milestones(0).state(), v1::REVIEW_STATE_TO_COME);
  MoveTo("2023-12-21");
  EXPECT_EQ(Reviews().milestones(0).state(), v1::REVIEW_STATE_OPEN);
  EXPECT_EQ(Reviews().milestones(0).days_left(), 10);
  MoveTo("2024-01-10");
  reviews = Reviews(true);
  ASSERT_THAT(reviews.milestones(), SizeIs(1)) << "past without a conference";
  EXPECT_EQ(reviews.milestones(0).milestone_id(), "so-ket");
  EXPECT_EQ(reviews.milestones(0).days_left(), -10);

  const v1::PlanConference late = Record("so-ket", "2024-01-05");
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_TRUE(late.late());
  EXPECT_EQ(late.attendee_count(), 150);
  EXPECT_EQ(CountEvents("PlanConferenceRecorded"), 1);
  EXPECT_EQ(Reviews().milestones(0).state(), v1::REVIEW_STATE_HELD_LATE);
  EXPECT_EQ(Reviews().milestones(0).conference(), late.name());
  EXPECT_THAT(Reviews(true).milestones(), IsEmpty());

  // A day misread is put right.
  v1::CorrectConferenceRequest correct;
  correct.set_name(late.name());
  *correct.mutable_details() = Recording("so-ket", "2023-12-29").details();
  correct.set_reason("ghi nhầm ngày");
  correct.set_etag(late.etag());
  correct.set_request_id(Next());
  EXPECT_FALSE(Ask(*stub_, &Stub::CorrectConference, correct).late()) << reason();
  EXPECT_EQ(Reviews().milestones(0).state(), v1::REVIEW_STATE_HELD);
  correct.set_request_id(Next());
  Ask(*stub_, &Stub::CorrectConference, correct);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
  ASSERT_THAT(List().conferences(), SizeIs(1));
  EXPECT_EQ(List().conferences(0).held_date(), "2023-12-29");
}

TEST_F(ConferencesTest, WhatIsWrongIsRefused) {
  MoveTo("2023-12-20");
  Record("so-ket", "2023-12-21");
  EXPECT_EQ(reason(), "DATE_TO_COME");
  Record("so-ket", "2022-10-13");
  EXPECT_EQ(reason(), "DATE_BEFORE_PLAN");
  Record("khac", "2023-12-20");
  EXPECT_EQ(reason(), "MILESTONE_UNKNOWN");
  Record("mốc-lạ", "2023-12-20");
  EXPECT_EQ(reason(), "MILESTONE_UNKNOWN");
  auto request = Recording("so-ket", "2023-12-20");
  request.mutable_details()->set_attendee_count(0);
  request.mutable_details()->set_place("");
  Ask(*stub_, &Stub::RecordConference, request);
  EXPECT_THAT(fields(), ::testing::ElementsAre("details.place", "details.attendee_count"));
  Record("so-ket", "2023-12-20");
  ASSERT_TRUE(status.ok()) << reason();
  Record("so-ket", "2023-12-20");
  EXPECT_EQ(reason(), "CONFERENCE_RECORDED");
  auto check = Recording("so-ket", "2023-12-19");
  check.set_validate_only(true);
  Ask(*stub_, &Stub::RecordConference, check);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List().conferences(), SizeIs(1));
}

TEST_F(ConferencesTest, TheIssuerAndTheCoordinatorRecordAndParticipantsRead) {
  MoveTo("2023-12-20");
  const std::string district = UnitOf("H00.20");
  Record("so-ket", "2023-12-20", TokenAt(district, {"campaign.plans.write"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
  // Sở Nội vụ, the coordinator.
  Record("so-ket", "2023-12-20", TokenAt(UnitOf("H00.01"), {"campaign.plans.write"}));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List(TokenAt(district, {"campaign.plans.read"})).conferences(), SizeIs(1));
  v1::Plan draft = Small();
  v1::RecordConferenceRequest request = Recording("so-ket", "2023-12-20");
  request.set_plan(Create(draft).name());
  Ask(*stub_, &Stub::RecordConference, request);
  EXPECT_EQ(reason(), "PLAN_STATE");
}

}  // namespace
}  // namespace thidua::campaign::conferences
