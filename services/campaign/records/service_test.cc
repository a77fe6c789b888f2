// Periodic reports and business time as a caller sees them.
#include "campaign/testing/campaign_test.h"

namespace thidua::campaign::records {
namespace {

using ::testing::SizeIs;
using Stub = v1::RecordService::Stub;

class RecordTest : public CampaignTest {
 protected:
  void SetUp() override {
    LoadDirectory();
    MoveTo("2023-01-10");
    v1::CreatePlanRequest create;
    v1::Plan* plan = create.mutable_plan();
    plan->mutable_issuer()->set_code("H00.20");
    plan->set_title("Kế hoạch thử");
    plan->set_number("1");
    plan->set_symbol("KH-UBND");
    plan->mutable_issue_date()->set_date("2023-01-10");
    plan->mutable_movement_period()->set_start_rule(v1::START_RULE_FIXED);
    plan->mutable_movement_period()->set_phrase("Trong năm 2023");
    v1::ParticipantGroup* group = plan->add_participant_groups();
    group->set_subject(v1::SUBJECT_COLLECTIVE);
    group->add_scopes()->set_type(v1::UNIT_TYPE_COMMUNE);
    create.set_request_id(Next());
    v1::Plan made = Ask(plans(), &v1::PlanService::Stub::CreatePlan, create);
    v1::IssuePlanRequest issue;
    issue.set_name(made.name());
    issue.set_etag(made.etag());
    issue.set_request_id(Next());
    made = Ask(plans(), &v1::PlanService::Stub::IssuePlan, issue);
    v1::LaunchPlanRequest launch;
    launch.set_name(made.name());
    launch.set_etag(made.etag());
    launch.set_request_id(Next());
    plan_ = Ask(plans(), &v1::PlanService::Stub::LaunchPlan, launch).name();
    ASSERT_TRUE(status.ok()) << reason();
  }

  v1::OpenReportPeriodResponse Open(const std::string& period, const std::string& due) {
    v1::OpenReportPeriodRequest request;
    request.set_plan(plan_);
    request.set_period(period);
    request.set_due_date(due);
    request.set_request_id(Next());
    return Ask(records(), &Stub::OpenReportPeriod, request);
  }
  v1::SetReportDueDateResponse SetDue(const std::string& period, const std::string& due) {
    v1::SetReportDueDateRequest request;
    request.set_plan(plan_);
    request.set_period(period);
    request.set_due_date(due);
    request.set_reason("văn bản đôn đốc (kiểm thử)");
    request.set_request_id(Next());
    return Ask(records(), &Stub::SetReportDueDate, request);
  }
  v1::PeriodicReport Get(const v1::PeriodicReport& report) {
    v1::GetPeriodicReportRequest request;
    request.set_name(report.name());
    return Ask(records(), &Stub::GetPeriodicReport, request);
  }
  v1::PeriodicReport File(const v1::PeriodicReport& report, const std::string& token = "") {
    v1::FileReportRequest request;
    request.set_name(report.name());
    request.set_summary("Đã thực hiện (kiểm thử)");
    request.set_request_id(Next());
    return Ask(records(), &Stub::FileReport, request, token);
  }

  std::string plan_;
};

// shows: S4-21
TEST_F(RecordTest, EachUnitOwesAReportAndMayBeLate) {
  const auto opened = Open("2023-H1", "2023-06-15");
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_THAT(opened.reports(), SizeIs(5));
  EXPECT_EQ(CountEvents("PeriodicReportRecorded"), 5);
  MoveTo("2023-06-15");
  EXPECT_EQ(File(opened.reports(0)).state(), v1::REPORT_STATE_FILED_ON_TIME) << reason();
  MoveTo("2023-06-16");
  EXPECT_EQ(File(opened.reports(1)).state(), v1::REPORT_STATE_FILED_LATE) << reason();
  v1::ListPeriodicReportsRequest list;
  list.set_plan(plan_);
  list.set_filing(v1::FILING_FILTER_NOT_FILED);
  const auto missing = Ask(records(), &Stub::ListPeriodicReports, list);
  ASSERT_THAT(missing.reports(), SizeIs(3));
  EXPECT_EQ(missing.reports(0).state(), v1::REPORT_STATE_OVERDUE);
}

// shows: S4-32
TEST_F(RecordTest, WithoutADueDateNothingIsEverLateNorInTime) {
  const auto opened = Open("2023", "");
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2029-01-01");
  v1::GetPeriodicReportRequest get;
  get.set_name(opened.reports(0).name());
  EXPECT_EQ(Ask(records(), &Stub::GetPeriodicReport, get).state(), v1::REPORT_STATE_DUE);
  EXPECT_EQ(File(opened.reports(0)).state(), v1::REPORT_STATE_FILED_WITHOUT_DUE_DATE) << reason();
}

// shows: S4-21, S4-32
TEST_F(RecordTest, ADueDateSetLaterAlsoJudgesThoseWhoFiledBefore) {
  const auto opened = Open("2023-H1", "");
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2023-06-14");
  const v1::PeriodicReport early = File(opened.reports(0));
  EXPECT_EQ(early.state(), v1::REPORT_STATE_FILED_WITHOUT_DUE_DATE) << reason();
  MoveTo("2023-06-16");
  File(opened.reports(1));
  ASSERT_TRUE(status.ok()) << reason();
  const int events = CountEvents("PeriodicReportRecorded");
  EXPECT_THAT(SetDue("2023-H1", "2023-06-15").reports(), SizeIs(5)) << reason();
  EXPECT_EQ(CountEvents("PeriodicReportRecorded"), events + 5);
  const v1::PeriodicReport judged = Get(early);
  EXPECT_EQ(judged.state(), v1::REPORT_STATE_FILED_ON_TIME);
  EXPECT_EQ(judged.due_date(), "2023-06-15");
  EXPECT_EQ(judged.filed_date(), "2023-06-14");
  EXPECT_EQ(judged.summary(), early.summary());
  EXPECT_EQ(judged.filing_count(), 1);
  EXPECT_NE(judged.etag(), early.etag());
  EXPECT_EQ(Get(opened.reports(1)).state(), v1::REPORT_STATE_FILED_LATE);
  EXPECT_EQ(Get(opened.reports(2)).state(), v1::REPORT_STATE_OVERDUE);

  // What is filed keeps the date that it was judged by; the others move.
  EXPECT_THAT(SetDue("2023-H1", "2023-06-20").reports(), SizeIs(3)) << reason();
  EXPECT_EQ(Get(early).etag(), judged.etag());
  EXPECT_EQ(Get(opened.reports(1)).due_date(), "2023-06-15");
  EXPECT_EQ(Get(opened.reports(2)).due_date(), "2023-06-20");
}

TEST_F(RecordTest, ADueDateAlsoReachesAPeriodThatAllHaveFiled) {
  const auto opened = Open("2023-Q1", "");
  ASSERT_TRUE(status.ok()) << reason();
  for (const v1::PeriodicReport& report : opened.reports()) File(report);
  ASSERT_TRUE(status.ok()) << reason();
  const auto dated = SetDue("2023-Q1", "2023-03-31");
  ASSERT_THAT(dated.reports(), SizeIs(5)) << reason();
  for (const v1::PeriodicReport& report : dated.reports())
    EXPECT_EQ(report.state(), v1::REPORT_STATE_FILED_ON_TIME);
  SetDue("2023-Q1", "2023-03-20");
  EXPECT_EQ(reason(), "NO_OPEN_REPORT") << "all are filed and have their date";
}

TEST_F(RecordTest, WhoFilesAgainSaysWhatTheyHaveSeen) {
  const auto opened = Open("2023-Q1", "2023-03-31");
  ASSERT_TRUE(status.ok()) << reason();
  const v1::PeriodicReport first = File(opened.reports(0));
  ASSERT_TRUE(status.ok()) << reason();
  File(opened.reports(0));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "ETAG_REQUIRED");
  v1::FileReportRequest request;
  request.set_name(first.name());
  request.set_summary("Bổ sung số liệu");
  request.set_etag(opened.reports(0).etag());
  request.set_request_id(Next());
  Ask(records(), &Stub::FileReport, request);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
  request.set_etag(first.etag());
  request.set_request_id(Next());
  EXPECT_EQ(Ask(records(), &Stub::FileReport, request).filing_count(), 2) << reason();
}

// Limits are told in characters: a Vietnamese letter of three bytes is one.
TEST_F(RecordTest, LimitsCountCharacters) {
  const auto times = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "ộ";
    return text;
  };
  const auto opened = Open("2023-Q1", "");
  ASSERT_TRUE(status.ok()) << reason();
  v1::SetReportDueDateRequest move;
  move.set_plan(plan_);
  move.set_period("2023-Q1");
  move.set_due_date("2023-03-31");
  const auto moved = [&](int length) {
    move.set_reason(times(length));
    move.set_request_id(Next());
    Ask(records(), &Stub::SetReportDueDate, move);
    return reason();
  };
  EXPECT_EQ(moved(0), "TEXT_LENGTH");
  EXPECT_EQ(moved(501), "TEXT_LENGTH");
  EXPECT_EQ(moved(500), "");
  v1::FileReportRequest file;
  file.set_name(opened.reports(0).name());
  const auto filed = [&](int length) {
    file.set_summary(times(length));
    file.set_request_id(Next());
    Ask(records(), &Stub::FileReport, file);
    return reason();
  };
  EXPECT_EQ(filed(10001), "TEXT_LENGTH");
  EXPECT_EQ(filed(10000), "");
  v1::SetBusinessTimeRequest time;
  time.mutable_business_time()->set_seconds(1'700'000'000);
  const auto set = [&](int length) {
    time.set_reason(times(length));
    time.set_request_id(Next());
    Ask(clock(), &v1::ClockService::Stub::SetBusinessTime, time);
    return reason();
  };
  EXPECT_EQ(set(501), "TEXT_LENGTH");
  EXPECT_EQ(set(500), "");
}

TEST_F(RecordTest, AUnitFilesForItselfOnly) {
  const auto opened = Open("2023-Q1", "2023-03-31");
  ASSERT_TRUE(status.ok()) << reason();
  const std::string mine = opened.reports(0).unit();
  File(opened.reports(1), TokenAt(mine, {"campaign.reports.write"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  File(opened.reports(0), TokenAt(mine, {"campaign.reports.write"}));
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(RecordTest, BadPeriodsAreRefused) {
  Open("2023-Q5", "2023-03-31");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  Open("2023-Q1", "2023-02-30");
  EXPECT_EQ(reason(), "DATE_IMPOSSIBLE");
  Open("2019", "2019-12-31");
  EXPECT_FALSE(status.ok()) << "the movement is of 2023";
  Open("2023-Q1", "");
  ASSERT_TRUE(status.ok()) << reason();
  Open("2023-Q1", "");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
}

TEST_F(RecordTest, BusinessTimeIsMovedByThoseWhoMayEverywhere) {
  v1::SetBusinessTimeRequest request;
  request.mutable_business_time()->set_seconds(1'700'000'000);
  request.set_reason("kiểm thử");
  request.set_request_id(Next());
  Ask(clock(), &v1::ClockService::Stub::SetBusinessTime, request,
      TokenAt(UnitOf("H00"), {"campaign.clock.write"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const v1::BusinessTime moved = Ask(clock(), &v1::ClockService::Stub::SetBusinessTime, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(moved.business_date(), "2023-11-15");
  EXPECT_EQ(Ask(clock(), &v1::ClockService::Stub::GetBusinessTime, v1::GetBusinessTimeRequest())
                .business_date(),
            "2023-11-15");
}

}  // namespace
}  // namespace thidua::campaign::records
