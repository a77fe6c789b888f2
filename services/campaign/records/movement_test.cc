// Who has not filed, and the yearly report on a movement, as callers see them.
#include "campaign/testing/plan_test.h"
#include "thidua/campaign/v1/conference_service.grpc.pb.h"
#include "thidua/campaign/v1/exemplar_service.grpc.pb.h"
#include "thidua/campaign/v1/issue_service.grpc.pb.h"

namespace thidua::campaign::records {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using Stub = v1::RecordService::Stub;

class MovementTest : public plans::PlanTest {
 protected:
  void SetUp() override {
    PlanTest::SetUp();
    v1::Plan plan = Create(Movement());
    ASSERT_TRUE(status.ok()) << reason();
    plan_ = Launch(Issue(plan));
    ASSERT_TRUE(status.ok()) << reason();
  }
  v1::ListMissingReportsResponse Missing(v1::ListMissingReportsRequest request,
                                         const std::string& token = "") {
    request.set_plan(plan_.name());
    return Ask(records(), &Stub::ListMissingReports, request, token);
  }
  v1::MovementReport Compile(int year, const std::string& token = "") {
    v1::CompileMovementReportRequest request;
    request.set_plan(plan_.name());
    request.set_year(year);
    return Ask(records(), &Stub::CompileMovementReport, request, token);
  }

  v1::Plan plan_;
};

// shows: S4-21
TEST_F(MovementTest, WhoHasNotFiledTheLongestOverdueFirst) {
  const auto quarter = OpenPeriod(plan_, "2023-Q1", "2023-03-31");
  ASSERT_THAT(quarter, SizeIs(5)) << reason();
  const auto half = OpenPeriod(plan_, "2023-H1", "2023-06-15");
  OpenPeriod(plan_, "2023", "");
  FileReport(quarter[0]);
  MoveTo("2023-06-15");
  const auto missing = Missing({});
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_THAT(missing.reports(), SizeIs(14));
  EXPECT_EQ(missing.owed_count(), 15);
  EXPECT_EQ(missing.missing_count(), 14);
  EXPECT_EQ(missing.overdue_count(), 4);
  EXPECT_EQ(missing.reports(0).period(), "2023-Q1");
  EXPECT_EQ(missing.reports(0).days_left(), -76);
  EXPECT_TRUE(missing.reports(0).overdue());
  EXPECT_NE(missing.reports(0).unit_name(), "");
  EXPECT_EQ(missing.reports(4).period(), "2023-H1");
  EXPECT_EQ(missing.reports(4).days_left(), 0);
  EXPECT_FALSE(missing.reports(4).overdue()) << "the last day is in time";
  EXPECT_EQ(missing.reports(13).period(), "2023");
  EXPECT_EQ(missing.reports(13).due_date(), "");

  v1::ListMissingReportsRequest filter;
  filter.set_period("2023-H1");
  EXPECT_THAT(Missing(filter).reports(), SizeIs(5));
  EXPECT_EQ(Missing(filter).owed_count(), 5);
  filter.Clear();
  filter.set_overdue_only(true);
  EXPECT_THAT(Missing(filter).reports(), SizeIs(4));
  filter.Clear();
  filter.set_period("2023-Q9");
  Missing(filter);
  EXPECT_EQ(reason(), "PERIOD_MALFORMED");

  // Pages put together are the whole, in its order.
  std::vector<std::string> names, whole;
  for (const v1::MissingReport& one : missing.reports()) whole.push_back(one.report());
  filter.Clear();
  filter.set_page_size(3);
  do {
    const auto page = Missing(filter);
    ASSERT_TRUE(status.ok()) << reason();
    for (const v1::MissingReport& one : page.reports()) names.push_back(one.report());
    filter.set_page_token(page.next_page_token());
  } while (!filter.page_token().empty());
  EXPECT_EQ(names, whole);
}

TEST_F(MovementTest, TheCoordinatorMayAskAndACommuneMayNot) {
  Missing({}, TokenAt(UnitOf("H00.20.01"), {"campaign.reports.read"}));
  EXPECT_TRUE(status.ok()) << reason();
  Missing({}, TokenAt(UnitOf("H00.20.11"), {"campaign.reports.read"}));
  EXPECT_EQ(reason(), "PERMISSION_DENIED");
  Compile(2022, TokenAt(UnitOf("H00.20.01"), {"campaign.reports.read"}));
  EXPECT_TRUE(status.ok()) << reason();
}

// shows: S2-10, S2-09
TEST_F(MovementTest, TheYearlyReportCountsWhatHappened) {
  const std::string unit = UnitOf("H00.20.11");
  Acknowledge(plan_, unit);
  ImportTasks(plan_, {{"1", "STEERING", "H00.20.11", "2023-03-31"},
                      {"2", "PROCEDURES", "H00.20.12", "2023-03-31"},
                      {"3", "PROCEDURES", "H00.20.12", "2023-12-31"},
                      {"4", "PROCEDURES", "H00.20.12", ""}});
  const auto reports = OpenPeriod(plan_, "2023-H1", "2023-06-15");
  MoveTo("2023-06-15");
  Done(TaskOf(plan_, "1"), "2023-03-31");
  FileReport(reports[0]);
  MoveTo("2023-06-20");
  FileReport(reports[1]);

  v1::RaiseIssueRequest raise;
  raise.set_plan(plan_.name());
  raise.set_unit(unit);
  raise.set_title("Thiếu máy quét");
  raise.set_text("Một máy cho cả bộ phận (kiểm thử)");
  raise.set_request_id(Next());
  Ask(*v1::IssueService::NewStub(channel()), &v1::IssueService::Stub::RaiseIssue, raise);
  ASSERT_TRUE(status.ok()) << reason();
  v1::ProposeExemplarRequest exemplar;
  exemplar.set_plan(plan_.name());
  exemplar.set_unit(unit);
  exemplar.set_subject(v1::SUBJECT_COLLECTIVE);
  exemplar.set_honoree("Bộ phận một cửa");
  exemplar.set_title("Trả kết quả tại nhà");
  exemplar.set_deeds("Mỗi tuần một buổi (kiểm thử)");
  exemplar.set_request_id(Next());
  Ask(*v1::ExemplarService::NewStub(channel()), &v1::ExemplarService::Stub::ProposeExemplar,
      exemplar);
  ASSERT_TRUE(status.ok()) << reason();
  v1::Plan own = Small();
  own.mutable_issuer()->set_code("H00.20.11");
  own.mutable_parent_plan()->set_plan(plan_.name());
  own.mutable_participant_groups(0)->clear_scopes();
  own.mutable_participant_groups(0)->add_units()->set_code("H00.20.12");
  Launched(own);
  ASSERT_TRUE(status.ok()) << reason();

  MoveTo("2023-12-20");
  v1::RecordConferenceRequest conference;
  conference.set_plan(plan_.name());
  conference.set_milestone_id("tong-ket");
  conference.mutable_details()->set_held_date("2023-12-19");
  conference.mutable_details()->set_place("Hội trường huyện");
  conference.mutable_details()->set_chair("Chủ tịch UBND huyện");
  conference.mutable_details()->set_attendee_count(120);
  conference.set_request_id(Next());
  Ask(*v1::ConferenceService::NewStub(channel()), &v1::ConferenceService::Stub::RecordConference,
      conference);
  ASSERT_TRUE(status.ok()) << reason();

  const v1::MovementReport report = Compile(2023);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(report.start_date(), "2023-01-01");
  EXPECT_EQ(report.end_date(), "2023-12-31");
  EXPECT_EQ(report.as_of(), "2023-12-20");
  EXPECT_EQ(report.issuer_name(), "UBND huyện Krông Nô");
  EXPECT_EQ(report.participant_count(), 5);
  EXPECT_EQ(report.own_plan_count(), 1);
  EXPECT_EQ(report.acknowledged_count(), 1);
  EXPECT_EQ(report.tasks().total(), 3) << "the one without a last day is of no year";
  EXPECT_EQ(report.tasks().done_on_time(), 1);
  EXPECT_EQ(report.tasks().overdue(), 1);
  EXPECT_EQ(report.tasks().open(), 1);
  ASSERT_THAT(report.task_fields(), SizeIs(2));
  EXPECT_EQ(report.task_fields(1).field(), v1::REFORM_FIELD_PROCEDURES);
  EXPECT_EQ(report.task_fields(1).tasks().total(), 2);
  EXPECT_EQ(report.reports().total(), 5);
  EXPECT_EQ(report.reports().on_time(), 1);
  EXPECT_EQ(report.reports().late(), 1);
  EXPECT_EQ(report.reports().overdue(), 3);
  EXPECT_EQ(report.issues().raised(), 1);
  EXPECT_EQ(report.issues().open(), 1);
  EXPECT_EQ(report.reviews().total(), 1);
  EXPECT_EQ(report.reviews().held(), 1);
  EXPECT_EQ(report.reviews().attendee_count(), 120);
  EXPECT_EQ(report.exemplars().collectives(), 1);
  EXPECT_EQ(report.exemplars().published(), 0);
  EXPECT_THAT(report.elsewhere(), SizeIs(3)) << "what awards and scoring keep is named only";

  v1::ExportMovementReportRequest request;
  request.set_plan(plan_.name());
  request.set_year(2023);
  const auto page = Ask(records(), &Stub::ExportMovementReport, request);
  EXPECT_EQ(page.content_type(), "text/html; charset=utf-8") << reason();
  EXPECT_THAT(page.data(), HasSubstr("<th scope=\"row\">Đơn vị tham gia</th><td>5</td>"));
  request.set_format(v1::MOVEMENT_REPORT_FORMAT_CSV);
  const auto table = Ask(records(), &Stub::ExportMovementReport, request);
  EXPECT_EQ(table.content_type(), "text/csv; charset=utf-8");
  EXPECT_THAT(table.data(), HasSubstr("\"Khó khăn, vướng mắc\",Được nêu trong năm,1\r\n"));
}

TEST_F(MovementTest, YearsThatAreNoneOfTheMovementAreRefused) {
  Compile(2021);
  EXPECT_EQ(reason(), "YEAR_OUTSIDE_MOVEMENT");
  Compile(0);
  EXPECT_EQ(reason(), "YEAR_OUTSIDE_MOVEMENT");
  Compile(2023);
  EXPECT_EQ(reason(), "YEAR_TO_COME");
  const v1::MovementReport first = Compile(2022);
  EXPECT_EQ(first.start_date(), "2022-10-14") << reason();
  EXPECT_EQ(first.tasks().total(), 0);
  v1::Plan draft = Movement();
  draft.set_number("2");
  v1::CompileMovementReportRequest request;
  request.set_plan(Create(draft).name());
  request.set_year(2022);
  Ask(records(), &Stub::CompileMovementReport, request);
  EXPECT_EQ(reason(), "PLAN_NOT_LAUNCHED");
}

}  // namespace
}  // namespace thidua::campaign::records
