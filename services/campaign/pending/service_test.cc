// What waits for a caller.
#include "campaign/testing/plan_test.h"
#include "thidua/campaign/v1/exemplar_service.grpc.pb.h"
#include "thidua/campaign/v1/issue_service.grpc.pb.h"
#include "thidua/campaign/v1/work_service.grpc.pb.h"

namespace thidua::campaign::pending {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::WorkService::Stub;

class WorkTest : public plans::PlanTest {
 protected:
  void SetUp() override {
    PlanTest::SetUp();
    stub_ = v1::WorkService::NewStub(channel());
    plan_ = Launched(Movement());
    ASSERT_TRUE(status.ok()) << reason();
    unit_ = UnitOf("H00.20.11");
    // As the roles of the first days have them.
    officer_ =
        TokenAt(unit_, {"campaign.plans.read", "campaign.reports.write", "campaign.issues.write"});
    home_affairs_ = TokenAt(
        UnitOf("H00.20"), {"campaign.plans.read", "campaign.plans.write", "campaign.reports.write",
                           "campaign.issues.forward", "campaign.exemplars.publish"});
    leader_ = TokenAt(UnitOf("H00.20"), {"campaign.plans.read", "campaign.issues.decide"},
                      "person:leader");
  }
  v1::ListPendingWorkResponse List(const std::string& token,
                                   const v1::ListPendingWorkRequest& request = {}) {
    return Ask(*stub_, &Stub::ListPendingWork, request, token);
  }
  static std::vector<v1::WorkKind> Kinds(const v1::ListPendingWorkResponse& found) {
    std::vector<v1::WorkKind> kinds;
    for (const v1::PendingWork& one : found.items()) kinds.push_back(one.kind());
    return kinds;
  }
  v1::PlanIssue Raise(const std::string& due) {
    v1::RaiseIssueRequest request;
    request.set_plan(plan_.name());
    request.set_unit(unit_);
    request.set_title("Thiếu máy quét");
    request.set_text("Một máy cho cả bộ phận (kiểm thử)");
    request.set_due_date(due);
    request.set_request_id(Next());
    return Ask(*v1::IssueService::NewStub(channel()), &v1::IssueService::Stub::RaiseIssue, request);
  }

  std::unique_ptr<Stub> stub_;
  v1::Plan plan_;
  std::string unit_, officer_, home_affairs_, leader_;
};

// shows: S4-21, S4-06
TEST_F(WorkTest, AUnitsOfficerSeesWhatTheUnitOwesByDueDate) {
  ImportTasks(plan_, {{"1", "STEERING", "H00.20.11", "2022-12-31"},
                      {"2", "STEERING", "H00.20.11", "2022-10-31"},
                      {"3", "STEERING", "H00.20.12", "2022-10-31"},
                      {"4", "STEERING", "H00.20.11", ""}});
  const auto reports = OpenPeriod(plan_, "2022-Q4", "2022-10-31");
  const auto found = List(officer_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(Kinds(found),
              ElementsAre(v1::WORK_KIND_DO_TASK, v1::WORK_KIND_FILE_REPORT, v1::WORK_KIND_DO_TASK,
                          v1::WORK_KIND_ACKNOWLEDGE_PLAN, v1::WORK_KIND_DO_TASK));
  for (const v1::PendingWork& one : found.items()) {
    EXPECT_EQ(one.unit(), unit_);
    EXPECT_EQ(one.unit_name(), "UBND thị trấn Đắk Mâm");
    EXPECT_EQ(one.plan(), plan_.name());
    EXPECT_NE(one.text_vi(), "");
  }
  EXPECT_EQ(found.items(0).resource(), TaskOf(plan_, "2").name());
  EXPECT_EQ(found.items(0).text_vi(), "Thực hiện nhiệm vụ 2: Nhiệm vụ 2 (kế hoạch số 1/KH-UBND)");
  EXPECT_EQ(found.items(0).days_left(), 17);
  EXPECT_EQ(found.items(1).text_vi(), "Nộp báo cáo kỳ 2022-Q4 (kế hoạch số 1/KH-UBND)");

  MoveTo("2022-11-01");
  v1::ListPendingWorkRequest overdue;
  overdue.set_overdue_only(true);
  const auto late = List(officer_, overdue);
  EXPECT_THAT(Kinds(late), ElementsAre(v1::WORK_KIND_DO_TASK, v1::WORK_KIND_FILE_REPORT));
  EXPECT_EQ(late.items(0).days_left(), -1);
  EXPECT_TRUE(late.items(0).overdue());

  // What is done waits no more.
  for (const v1::PeriodicReport& report : reports) FileReport(report);
  Done(TaskOf(plan_, "1"), "2022-11-01");
  Done(TaskOf(plan_, "2"), "2022-11-01");
  Done(TaskOf(plan_, "4"), "2022-11-01");
  Acknowledge(plan_, unit_);
  EXPECT_THAT(List(officer_).items(), IsEmpty());
}

TEST_F(WorkTest, ThoseAboveAreNotShownWhatUnitsBelowOweUnlessTheyAsk) {
  EXPECT_THAT(List(home_affairs_).items(), IsEmpty());
  v1::ListPendingWorkRequest below;
  below.set_include_below(true);
  EXPECT_THAT(List(home_affairs_, below).items(), SizeIs(5));
  v1::ListPendingWorkRequest one;
  one.set_unit(unit_);
  EXPECT_THAT(List(home_affairs_, one).items(), SizeIs(1));
  one.set_unit(UnitOf("H00.20.12"));
  EXPECT_THAT(List(officer_, one).items(), IsEmpty()) << "not the caller's";
  EXPECT_THAT(List(TokenAt(UnitOf("H00.01"), {"*"})).items(), IsEmpty());
  EXPECT_THAT(List(admin()).items(), SizeIs(5)) << "everywhere";
  List(TokenAt(unit_, {"campaign.reports.write"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
}

// shows: S4-33
TEST_F(WorkTest, AnIssueWaitsForWhoseTurnItIs) {
  const v1::PlanIssue issue = Raise("2022-10-20");
  ASSERT_TRUE(status.ok()) << reason();
  auto found = List(home_affairs_);
  ASSERT_THAT(Kinds(found), ElementsAre(v1::WORK_KIND_FORWARD_ISSUE)) << "at the room below";
  EXPECT_EQ(found.items(0).resource(), issue.name());
  EXPECT_EQ(found.items(0).due_date(), "2022-10-20");
  EXPECT_THAT(List(leader_).items(), IsEmpty());
  v1::ForwardIssueRequest forward;
  forward.set_name(issue.name());
  forward.set_opinion("Đề nghị trang bị");
  forward.set_etag(issue.etag());
  forward.set_request_id(Next());
  const v1::PlanIssue forwarded =
      Ask(*v1::IssueService::NewStub(channel()), &v1::IssueService::Stub::ForwardIssue, forward,
          home_affairs_);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(List(home_affairs_).items(), IsEmpty());
  EXPECT_THAT(Kinds(List(leader_)), ElementsAre(v1::WORK_KIND_DECIDE_ISSUE));
  v1::DecideIssueRequest back;
  back.set_name(issue.name());
  back.set_decision(v1::ISSUE_DECISION_RETURN);
  back.set_text("Nêu rõ số hồ sơ");
  back.set_due_date("2022-10-18");
  back.set_etag(forwarded.etag());
  back.set_request_id(Next());
  Ask(*v1::IssueService::NewStub(channel()), &v1::IssueService::Stub::DecideIssue, back, leader_);
  ASSERT_TRUE(status.ok()) << reason();
  found = List(officer_);
  EXPECT_THAT(Kinds(found),
              ElementsAre(v1::WORK_KIND_SUPPLEMENT_ISSUE, v1::WORK_KIND_ACKNOWLEDGE_PLAN));
  EXPECT_EQ(found.items(0).days_left(), 4);
}

// shows: S2-10
TEST_F(WorkTest, ReviewsAndExemplarsWaitForTheOfficersAbove) {
  v1::ProposeExemplarRequest exemplar;
  exemplar.set_plan(plan_.name());
  exemplar.set_unit(unit_);
  exemplar.set_subject(v1::SUBJECT_COLLECTIVE);
  exemplar.set_honoree("Bộ phận một cửa");
  exemplar.set_title("Trả kết quả tại nhà");
  exemplar.set_deeds("Mỗi tuần một buổi (kiểm thử)");
  exemplar.set_request_id(Next());
  Ask(*v1::ExemplarService::NewStub(channel()), &v1::ExemplarService::Stub::ProposeExemplar,
      exemplar);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(Kinds(List(home_affairs_)), ElementsAre(v1::WORK_KIND_PUBLISH_EXEMPLAR))
      << "the review's days have not begun";
  MoveTo("2023-10-01");
  const auto found = List(home_affairs_);
  EXPECT_THAT(Kinds(found),
              ElementsAre(v1::WORK_KIND_HOLD_CONFERENCE, v1::WORK_KIND_PUBLISH_EXEMPLAR));
  EXPECT_EQ(found.items(0).text_vi(),
            "Tổ chức hội nghị: Tổng kết phong trào (kế hoạch số 1/KH-UBND)");
  EXPECT_EQ(found.items(0).due_date(), "2023-12-31");
}

TEST_F(WorkTest, PagesPutTogetherAreTheWhole) {
  ImportTasks(plan_, {{"1", "STEERING", "H00.20.11", "2022-12-31"},
                      {"2", "STEERING", "H00.20.12", "2022-10-31"},
                      {"3", "STEERING", "H00.20.12", ""}});
  OpenPeriod(plan_, "2022-Q4", "2022-10-31");
  OpenPeriod(plan_, "2022", "");
  Raise("2022-10-31");
  MoveTo("2023-10-01");
  std::vector<std::string> whole, paged;
  const auto key = [](const v1::PendingWork& one) { return one.resource() + one.unit(); };
  const auto all = List(admin());
  for (const v1::PendingWork& one : all.items()) whole.push_back(key(one));
  EXPECT_THAT(whole, SizeIs(20)) << "3 tasks, 10 reports, 5 acknowledgements, an issue, a review";
  v1::ListPendingWorkRequest request;
  request.set_page_size(3);
  do {
    const auto page = List(admin(), request);
    ASSERT_TRUE(status.ok()) << reason();
    for (const v1::PendingWork& one : page.items()) paged.push_back(key(one));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, whole);
  request.set_page_token("AAAAAAAAAAAAAAAAAAAA");
  List(admin(), request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace thidua::campaign::pending
