// Issues about a plan as callers see them.
#include "campaign/testing/plan_test.h"
#include "platform/json.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"
#include "thidua/campaign/v1/issue_service.grpc.pb.h"

namespace thidua::campaign::issues {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::IssueService::Stub;

class IssuesTest : public plans::PlanTest {
 protected:
  void SetUp() override {
    PlanTest::SetUp();
    stub_ = v1::IssueService::NewStub(channel());
    unit_ = UnitOf("H00.20.11");
    room_ = UnitOf("H00.20.01");
    district_ = UnitOf("H00.20");
    v1::Plan plan = Small();
    v1::PlanRole* role = plan.add_roles();
    role->set_kind(v1::PLAN_ROLE_KIND_COORDINATOR);
    role->mutable_unit()->set_code("H00.20.01");
    plan_ = Launched(plan);
    ASSERT_TRUE(status.ok()) << reason();
    officer_ = TokenAt(unit_, {"campaign.issues.read", "campaign.issues.write"}, "person:officer");
    coordinator_ =
        TokenAt(room_, {"campaign.issues.read", "campaign.issues.forward"}, "person:coordinator");
    leader_ =
        TokenAt(district_, {"campaign.issues.read", "campaign.issues.decide"}, "person:leader");
  }

  v1::RaiseIssueRequest Raising() {
    v1::RaiseIssueRequest request;
    request.set_plan(plan_.name());
    request.set_unit(unit_);
    request.set_title("Thiếu máy quét hồ sơ");
    request.set_text("Bộ phận một cửa chỉ có một máy quét (kiểm thử).");
    request.set_field(v1::REFORM_FIELD_DIGITAL_GOVERNMENT);
    request.set_request_id(Next());
    return request;
  }
  v1::PlanIssue Raise() { return Ask(*stub_, &Stub::RaiseIssue, Raising(), officer_); }
  template <class Req>
  Req Of(const v1::PlanIssue& issue) {
    Req request;
    request.set_name(issue.name());
    request.set_etag(issue.etag());
    request.set_request_id(Next());
    return request;
  }
  v1::PlanIssue Forward(const v1::PlanIssue& issue, const std::string& token,
                        const std::string& due = "") {
    auto request = Of<v1::ForwardIssueRequest>(issue);
    request.set_opinion("Đề nghị trang bị thêm");
    request.set_due_date(due);
    return Ask(*stub_, &Stub::ForwardIssue, request, token);
  }
  v1::PlanIssue Return(const v1::PlanIssue& issue, const std::string& token) {
    auto request = Of<v1::ReturnIssueRequest>(issue);
    request.set_reason("Chưa nêu số hồ sơ mỗi ngày");
    return Ask(*stub_, &Stub::ReturnIssue, request, token);
  }
  v1::PlanIssue Supplement(const v1::PlanIssue& issue, const std::string& token) {
    auto request = Of<v1::SupplementIssueRequest>(issue);
    request.set_text("Mỗi ngày 60 hồ sơ");
    return Ask(*stub_, &Stub::SupplementIssue, request, token);
  }
  v1::PlanIssue Decide(const v1::PlanIssue& issue, v1::IssueDecision decision,
                       const std::string& token) {
    auto request = Of<v1::DecideIssueRequest>(issue);
    request.set_decision(decision);
    request.set_text("Trang bị trong quý I");
    request.set_document_number("120/UBND-NV");
    request.set_document_date("2022-10-14");
    return Ask(*stub_, &Stub::DecideIssue, request, token);
  }
  v1::ListIssuesResponse List(const v1::ListIssuesRequest& request, const std::string& token = "") {
    return Ask(*stub_, &Stub::ListIssues, request, token);
  }
  std::vector<v1::PlanIssueMove> Moves(const v1::PlanIssue& issue) {
    std::vector<v1::PlanIssueMove> moves;
    for (const v1::PlanIssueStep& step : issue.steps()) moves.push_back(step.move());
    return moves;
  }

  std::unique_ptr<Stub> stub_;
  v1::Plan plan_;
  std::string unit_, room_, district_, officer_, coordinator_, leader_;
};

// shows: S4-33, S4-31
TEST_F(IssuesTest, ThroughTheCoordinatorsRoomToTheIssuersAnswer) {
  const v1::PlanIssue raised = Raise();
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(raised.state(), v1::PLAN_ISSUE_STATE_RAISED);
  EXPECT_EQ(raised.coordinator(), room_);
  EXPECT_EQ(raised.issuer(), district_);
  EXPECT_EQ(raised.raise_date(), "2022-10-14");
  EXPECT_THAT(raised.legal_moves(), ElementsAre("ForwardIssue", "ReturnIssue"));

  Decide(raised, v1::ISSUE_DECISION_ANSWER, leader_);
  EXPECT_EQ(reason(), "ISSUE_STATE") << "the coordinator has it first";
  const v1::PlanIssue forwarded = Forward(raised, coordinator_, "2022-10-20");
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(forwarded.state(), v1::PLAN_ISSUE_STATE_FORWARDED);
  EXPECT_EQ(forwarded.due_date(), "2022-10-20");
  Forward(raised, coordinator_);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
  Forward(forwarded, coordinator_);
  EXPECT_EQ(reason(), "ISSUE_STATE");
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("DecideIssue"));

  const v1::PlanIssue answered = Decide(forwarded, v1::ISSUE_DECISION_ANSWER, leader_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(answered.state(), v1::PLAN_ISSUE_STATE_ANSWERED);
  EXPECT_EQ(answered.answer_date(), "2022-10-14");
  EXPECT_EQ(answered.due_date(), "");
  EXPECT_THAT(answered.legal_moves(), IsEmpty());
  EXPECT_THAT(Moves(answered), ElementsAre(v1::PLAN_ISSUE_MOVE_RAISE, v1::PLAN_ISSUE_MOVE_FORWARD,
                                           v1::PLAN_ISSUE_MOVE_ANSWER));
  EXPECT_EQ(answered.steps(2).document_number(), "120/UBND-NV");
  EXPECT_EQ(answered.steps(2).actor(), "person:leader");
  EXPECT_EQ(CountEvents("PlanIssueRecorded"), 3);

  v1::GetIssueRequest get;
  get.set_name(answered.name());
  EXPECT_EQ(Ask(*stub_, &Stub::GetIssue, get, officer_).SerializeAsString(),
            answered.SerializeAsString())
      << reason();
}

TEST_F(IssuesTest, ReturnedByEitherItComesAgain) {
  const v1::PlanIssue returned = Return(Raise(), coordinator_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(returned.state(), v1::PLAN_ISSUE_STATE_RETURNED);
  const v1::PlanIssue again = Supplement(returned, officer_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(again.state(), v1::PLAN_ISSUE_STATE_RAISED);
  const v1::PlanIssue back =
      Decide(Forward(again, coordinator_), v1::ISSUE_DECISION_RETURN, leader_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(back.state(), v1::PLAN_ISSUE_STATE_RETURNED);
  const v1::PlanIssue answered =
      Decide(Forward(Supplement(back, officer_), coordinator_), v1::ISSUE_DECISION_ANSWER, leader_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(Moves(answered),
              ElementsAre(v1::PLAN_ISSUE_MOVE_RAISE, v1::PLAN_ISSUE_MOVE_RETURN,
                          v1::PLAN_ISSUE_MOVE_SUPPLEMENT, v1::PLAN_ISSUE_MOVE_FORWARD,
                          v1::PLAN_ISSUE_MOVE_RETURN, v1::PLAN_ISSUE_MOVE_SUPPLEMENT,
                          v1::PLAN_ISSUE_MOVE_FORWARD, v1::PLAN_ISSUE_MOVE_ANSWER));
}

TEST_F(IssuesTest, EachMoveIsAskedForWhereItIsMade) {
  const v1::PlanIssue raised = Raise();
  ASSERT_TRUE(status.ok()) << reason();
  Forward(raised, officer_);
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
  Forward(raised, TokenAt(unit_, {"campaign.issues.forward"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED") << "the coordinator is elsewhere";
  const v1::PlanIssue forwarded = Forward(raised, coordinator_);
  Decide(forwarded, v1::ISSUE_DECISION_ANSWER, TokenAt(room_, {"campaign.issues.decide"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED") << "the issuer decides";
  v1::GetIssueRequest get;
  get.set_name(raised.name());
  Ask(*stub_, &Stub::GetIssue, get, TokenAt(UnitOf("H00.20.12"), {"campaign.issues.read"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED") << "of another commune";
  for (const std::string& token : {officer_, coordinator_, leader_}) {
    Ask(*stub_, &Stub::GetIssue, get, token);
    EXPECT_TRUE(status.ok()) << reason();
  }
  auto elsewhere = Raising();
  elsewhere.set_unit(UnitOf("H00.20.12"));
  Ask(*stub_, &Stub::RaiseIssue, elsewhere, officer_);
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
}

TEST_F(IssuesTest, R_ISS_04_WhoPassedItOnDoesNotDecideIt) {
  const std::string both =
      TokenAt(district_, {"campaign.issues.forward", "campaign.issues.decide"}, "person:both");
  const v1::PlanIssue forwarded = Forward(Raise(), both);
  ASSERT_TRUE(status.ok()) << reason();
  Decide(forwarded, v1::ISSUE_DECISION_ANSWER, both);
  EXPECT_EQ(reason(), "OWN_ISSUE");
  Decide(forwarded, v1::ISSUE_DECISION_ANSWER, leader_);
  EXPECT_TRUE(status.ok()) << reason();
}

// A plan that the caller may not read, and in which the unit takes no part, is as one that is not
// there.
TEST_F(IssuesTest, AnotherBodysPlanIsAsNone) {
  const std::vector<std::string> rights = {"campaign.issues.write", "campaign.plans.read"};
  v1::Plan draft = Small();
  draft.set_number("2");
  draft = Create(draft);
  auto request = Raising();
  request.set_plan("plans/00000000000000000000000000");
  Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  EXPECT_EQ(reason(), "UNKNOWN_PLAN");
  const grpc::Status unknown = status;
  const auto expect_unknown = [&](const v1::Plan& plan, const std::string& unit) {
    request = Raising();
    request.set_plan(plan.name());
    request.set_unit(unit);
    Ask(*stub_, &Stub::RaiseIssue, request, TokenAt(unit, rights));
    EXPECT_EQ(status.error_code(), unknown.error_code());
    EXPECT_EQ(status.error_message(), unknown.error_message());
    EXPECT_EQ(reason(), "UNKNOWN_PLAN");
  };
  expect_unknown(draft, unit_);
  expect_unknown(plan_, room_);
  // Who reads plans at the issuer may know why not.
  Ask(*stub_, &Stub::RaiseIssue, request, TokenAt(district_, rights));
  EXPECT_EQ(reason(), "NOT_A_PARTICIPANT");
}

TEST_F(IssuesTest, R_ISS_06_OfALaunchedPlanAndItsRoster) {
  auto request = Raising();
  request.set_unit(room_);
  Ask(*stub_, &Stub::RaiseIssue, request);
  EXPECT_EQ(reason(), "NOT_A_PARTICIPANT");
  v1::Plan draft = Small();
  draft.set_number("2");
  request = Raising();
  request.set_plan(Create(draft).name());
  Ask(*stub_, &Stub::RaiseIssue, request);
  EXPECT_EQ(reason(), "PLAN_STATE");
}

TEST_F(IssuesTest, WithoutACoordinatorTheIssuerHasItFirst) {
  v1::Plan plan = Small();
  plan.set_number("3");
  auto request = Raising();
  request.set_plan(Launched(plan).name());
  const v1::PlanIssue raised = Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(raised.coordinator(), district_);
  Forward(raised, TokenAt(district_, {"campaign.issues.forward"}));
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(IssuesTest, ListsAreFilteredAndShowWhatConcernsTheCaller) {
  auto first = Raising();
  first.set_due_date("2022-10-15");
  Ask(*stub_, &Stub::RaiseIssue, first, officer_);
  auto other = Raising();
  other.set_unit(UnitOf("H00.20.12"));
  other.set_field(v1::REFORM_FIELD_UNSPECIFIED);
  const v1::PlanIssue second = Ask(*stub_, &Stub::RaiseIssue, other);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List({}, officer_).issues(), SizeIs(1)) << "its own alone";
  EXPECT_THAT(List({}, coordinator_).issues(), SizeIs(2));
  EXPECT_THAT(List({}, TokenAt(UnitOf("H00.01"), {"campaign.issues.read"})).issues(), IsEmpty());

  v1::ListIssuesRequest filter;
  filter.set_field(v1::REFORM_FIELD_DIGITAL_GOVERNMENT);
  EXPECT_THAT(List(filter).issues(), SizeIs(1));
  Forward(second, coordinator_);
  filter.Clear();
  filter.set_state(v1::PLAN_ISSUE_STATE_FORWARDED);
  ASSERT_THAT(List(filter).issues(), SizeIs(1));
  EXPECT_EQ(List(filter).issues(0).name(), second.name());
  EXPECT_THAT(List(filter).issues(0).steps(), IsEmpty());
  filter.Clear();
  filter.set_overdue_only(true);
  MoveTo("2022-10-15");
  EXPECT_THAT(List(filter).issues(), IsEmpty()) << "the last day is in time";
  MoveTo("2022-10-16");
  ASSERT_THAT(List(filter).issues(), SizeIs(1));
  EXPECT_TRUE(List(filter).issues(0).overdue());

  filter.Clear();
  filter.set_page_size(1);
  const auto page = List(filter);
  ASSERT_NE(page.next_page_token(), "");
  filter.set_page_token(page.next_page_token());
  const auto last = List(filter);
  ASSERT_THAT(last.issues(), SizeIs(1));
  EXPECT_NE(last.issues(0).name(), page.issues(0).name());
  EXPECT_EQ(last.next_page_token(), "");
}

// What depends on the day was settled when it was raised.
TEST_F(IssuesTest, ARepeatAfterTheDueDateGetsTheSameAnswer) {
  auto request = Raising();
  request.set_due_date("2022-10-15");
  const v1::PlanIssue raised = Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2022-10-16");
  const v1::PlanIssue repeated = Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(repeated.SerializeAsString(), raised.SerializeAsString());
  EXPECT_EQ(CountEvents("PlanIssueRecorded"), 1);
}

TEST_F(IssuesTest, WhatIsWrongIsRefusedAndValidatingStoresNothing) {
  auto request = Raising();
  request.set_title("");
  request.set_text("");
  request.set_due_date("2022-10-13");
  Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  EXPECT_THAT(fields(), ElementsAre("title", "text"));
  request = Raising();
  request.set_due_date("2022-10-13");
  Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  EXPECT_EQ(reason(), "DATE_PASSED");
  request = Raising();
  request.add_files("files/00000000000000000000000000");
  Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND) << reason();
  request = Raising();
  request.set_validate_only(true);
  EXPECT_EQ(Ask(*stub_, &Stub::RaiseIssue, request, officer_).state(), v1::PLAN_ISSUE_STATE_RAISED);
  EXPECT_THAT(List({}).issues(), IsEmpty());
  EXPECT_EQ(CountEvents("PlanIssueRecorded"), 0);
}

TEST_F(IssuesTest, WhoReadsAnewIsToldEachIssueWithItsLastStep) {
  const v1::PlanIssue forwarded = Forward(Raise(), coordinator_, "2022-10-20");
  ASSERT_TRUE(status.ok()) << reason();
  const auto feed = v1::FeedService::NewStub(channel());
  const auto context = test::WithToken(admin());
  const auto reader = feed->ExportSnapshot(context.get(), {});
  std::vector<v1::PlanIssueRecorded> told;
  common::v1::SnapshotItem item;
  while (reader->Read(&item)) {
    v1::PlanIssueRecorded event;
    if (item.event().type() != event.GetDescriptor()->full_name()) continue;
    ASSERT_TRUE(platform::FromJson(item.event().payload_json(), &event).ok());
    told.push_back(event);
  }
  ASSERT_TRUE(reader->Finish().ok());
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ("planIssues/" + told[0].issue_id(), forwarded.name());
  EXPECT_EQ(told[0].state(), "FORWARDED");
  EXPECT_EQ(told[0].move(), "FORWARD");
  EXPECT_EQ(told[0].text(), "Đề nghị trang bị thêm");
  EXPECT_EQ(told[0].due_date(), "2022-10-20");
  EXPECT_EQ("units/" + told[0].waits_for_unit_id(), district_);
}

TEST_F(IssuesTest, RepeatsAreOneIssue) {
  const auto request = Raising();
  const v1::PlanIssue first = Ask(*stub_, &Stub::RaiseIssue, request, officer_);
  EXPECT_EQ(Ask(*stub_, &Stub::RaiseIssue, request, officer_).name(), first.name());
  EXPECT_THAT(List({}).issues(), SizeIs(1));
  auto other = request;
  other.set_title("Việc khác");
  Ask(*stub_, &Stub::RaiseIssue, other, officer_);
  EXPECT_EQ(reason(), "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace thidua::campaign::issues
