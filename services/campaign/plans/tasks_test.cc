// Tasks of plans as callers see them: from the file to the day they are done.
#include <map>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "campaign/testing/plan_test.h"
#include "platform/json.h"
#include "platform/status.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::PlanService::Stub;

constexpr char kHeader[] =
    "code,title,field,lead_unit_code,due_date,source_document,synthetic,note\n";

class TaskTest : public PlanTest {
 protected:
  // A plan of the district that rests on QĐ 62.
  v1::Plan Sourced() {
    v1::Plan plan = Small();
    v1::LegalBasis* source = plan.add_legal_bases();
    source->set_number("62/QĐ-UBND");
    source->set_role(v1::LEGAL_BASIS_ROLE_TARGET_SOURCE);
    v1::LegalBasis* law = plan.add_legal_bases();
    law->set_number("13/CT-UBND");
    law->set_role(v1::LEGAL_BASIS_ROLE_LAW);
    return plan;
  }
  v1::ImportPlanTasksRequest FileFor(const v1::Plan& plan, const std::string& csv) {
    v1::ImportPlanTasksRequest request;
    request.set_name(plan.name());
    request.mutable_content()->set_content_type("text/csv");
    request.mutable_content()->set_data(csv);
    request.set_request_id(Next());
    return request;
  }
  v1::ImportReport Import(const v1::Plan& plan, const std::string& csv,
                          const std::string& token = "") {
    return Ask(plans(), &Stub::ImportPlanTasks, FileFor(plan, csv), token);
  }
  std::vector<v1::PlanTask> Tasks(const v1::Plan& plan, const std::string& token = "") {
    v1::ListPlanTasksRequest request;
    request.set_plan(plan.name());
    const v1::ListPlanTasksResponse found = Ask(plans(), &Stub::ListPlanTasks, request, token);
    return {found.tasks().begin(), found.tasks().end()};
  }
  v1::PlanTask TaskOf(const v1::Plan& plan, const std::string& code) {
    for (const v1::PlanTask& task : Tasks(plan)) {
      if (task.code() == code) return task;
    }
    ADD_FAILURE() << code;
    return {};
  }
  v1::PlanTask Complete(const v1::PlanTask& task, const std::string& day,
                        const std::string& token = "",
                        v1::TaskQuality quality = v1::TASK_QUALITY_UNSPECIFIED) {
    v1::CompletePlanTaskRequest request;
    request.set_name(task.name());
    request.set_done_date(day);
    request.set_quality(quality);
    request.set_evidence_note("Biên bản số 1 (kiểm thử)");
    request.set_etag(task.etag());
    request.set_request_id(Next());
    return Ask(plans(), &Stub::CompletePlanTask, request, token);
  }
  // Until somebody else's transaction asks for the lock of a plan, or the call has been answered
  // without.
  static void AwaitPlanLock(const absl::Notification& answered, absl::Time deadline) {
    bool asked = false;
    while (!asked && !answered.HasBeenNotified() && absl::Now() < deadline) {
      const absl::Status read =
          database().pool().ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
            return session.Query(
                [&](const db::Row& row) {
                  asked = row.Get<int64_t>(0) > 0;
                  return absl::OkStatus();
                },
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() "
                "AND id <> CONNECTION_ID() AND info LIKE '%FROM plans %FOR UPDATE%'");
          });
      ASSERT_TRUE(read.ok()) << read;
    }
  }
  static std::vector<std::string> Told(const v1::ImportReport& report) {
    std::vector<std::string> told;
    for (const v1::ImportRowError& one : report.errors()) {
      told.push_back(std::to_string(one.line()) + ":" + one.column() + ":" + one.reason());
    }
    return told;
  }
};

// shows: S4-02, S4-06
TEST_F(TaskTest, TheTasksOfTheDemoAreThoseOfItsSource) {
  const v1::Plan parent = Launched(DemoPlan("dak-nong-2022-2025"));
  MoveTo("2023-03-20");
  const v1::Plan plan = Create(DemoPlan("krong-no-2023"));
  ASSERT_TRUE(status.ok()) << reason();
  const v1::ImportReport report = Import(plan, DemoFile("tasks/krong-no-2023.csv"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_TRUE(report.applied()) << ::testing::PrintToString(Told(report));
  EXPECT_EQ(report.created_count(), 6);
  const std::vector<v1::PlanTask> tasks = Tasks(plan);
  ASSERT_THAT(tasks, SizeIs(6));
  for (const v1::PlanTask& task : tasks) {
    EXPECT_EQ(task.plan(), plan.name());
    EXPECT_EQ(task.source_document(), "62/QĐ-UBND");
    EXPECT_TRUE(task.synthetic());
    EXPECT_EQ(task.note(), "Nhiệm vụ minh họa của bản trình diễn, không phải lời QĐ 62");
    EXPECT_EQ(task.state(), v1::PLAN_TASK_STATE_OPEN);
    EXPECT_EQ(task.done_date(), "");
    EXPECT_EQ(task.quality(), v1::TASK_QUALITY_UNSPECIFIED);
  }
  EXPECT_EQ(TaskOf(plan, "1.1").lead_unit(), UnitOf("H00.20.01"));
  EXPECT_EQ(TaskOf(plan, "1.1").field(), v1::REFORM_FIELD_STEERING);
  EXPECT_EQ(TaskOf(plan, "7.1").due_date(), "") << "not known is not invented";
  EXPECT_EQ(CountEvents("PlanTasksImported"), 1);
  EXPECT_EQ(CountEvents("PlanTaskRecorded"), 6);
  // The same file again changes nothing and tells nobody.
  EXPECT_EQ(Import(plan, DemoFile("tasks/krong-no-2023.csv")).unchanged_count(), 6);
  EXPECT_EQ(CountEvents("PlanTasksImported"), 1);
  EXPECT_EQ(CountEvents("PlanTaskRecorded"), 6);
  EXPECT_THAT(Tasks(parent), IsEmpty());
}

TEST_F(TaskTest, ARefusedFileNamesItsCellsTakesNothingAndNoRequestId) {
  const v1::Plan plan = Create(Sourced());
  v1::ImportPlanTasksRequest request =
      FileFor(plan, std::string(kHeader) +
                        "1.1,Tốt,STEERING,H00.20.11,2022-12-01,62/QĐ-UBND,no,\n"
                        "1.2,Ngày không có,STEERING,H00.20.11,2022-11-31,62/QĐ-UBND,no,\n"
                        "1.3,Lĩnh vực lạ,SPORTS,H00.20.11,,62/QĐ-UBND,no,\n"
                        "1.4,Nguồn khác,STEERING,H00.20.11,,13/CT-UBND,no,\n"
                        "1.5,Đơn vị lạ,STEERING,H00.99,,62/QĐ-UBND,no,\n"
                        "1.6,Đơn vị của nơi khác,STEERING,H00.01,,62/QĐ-UBND,no,\n"
                        "1.7,Không nói là minh họa,STEERING,H00.20.11,,62/QĐ-UBND,yes,\n"
                        "1.1,Hai lần,STEERING,H00.20.11,,62/QĐ-UBND,no,\n");
  const v1::ImportReport refused = Ask(plans(), &Stub::ImportPlanTasks, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_FALSE(refused.applied());
  EXPECT_EQ(refused.created_count(), 0);
  EXPECT_THAT(Told(refused),
              ElementsAre("3:due_date:DATE_IMPOSSIBLE", "4:field:REFORM_FIELD",
                          "5:source_document:SOURCE_NOT_NAMED", "6:lead_unit_code:UNKNOWN_UNIT",
                          "7:lead_unit_code:LEAD_NOT_BELOW_ISSUER", "8:note:SYNTHETIC_UNTOLD",
                          "9:code:ROW_TWICE"));
  for (const v1::ImportRowError& one : refused.errors()) {
    EXPECT_NE(one.text_vi(), "");
    EXPECT_NE(one.text_en(), "");
  }
  EXPECT_THAT(Tasks(plan), IsEmpty());
  EXPECT_EQ(CountEvents("PlanTasksImported"), 0);
  request.mutable_content()->set_data(std::string(kHeader) +
                                      "1.1,Tốt,STEERING,H00.20.11,,62/QĐ-UBND,no,\n");
  EXPECT_EQ(Ask(plans(), &Stub::ImportPlanTasks, request).created_count(), 1)
      << "the mended file under the same request id " << reason();
  EXPECT_EQ(Ask(plans(), &Stub::ImportPlanTasks, request).created_count(), 1)
      << "an answer that took effect is given again " << reason();
  EXPECT_THAT(Tasks(plan), SizeIs(1));
}

TEST_F(TaskTest, ARehearsalImportsNothing) {
  const v1::Plan plan = Create(Sourced());
  v1::ImportPlanTasksRequest request =
      FileFor(plan, std::string(kHeader) + "1,Thử,PROCEDURES,H00.20,2022-12-01,62/QĐ-UBND,no,\n");
  request.set_validate_only(true);
  const v1::ImportReport report = Ask(plans(), &Stub::ImportPlanTasks, request);
  EXPECT_EQ(report.created_count(), 1) << reason();
  EXPECT_FALSE(report.applied());
  EXPECT_THAT(Tasks(plan), IsEmpty());
}

TEST_F(TaskTest, AFileChangesTasksUntilTheLaunchAndAddsThemUntilTheClose) {
  const std::string before =
      std::string(kHeader) + "1,Cũ,PROCEDURES,H00.20.11,2022-12-01,62/QĐ-UBND,no,\n";
  const std::string after =
      std::string(kHeader) + "1,Mới,PROCEDURES,H00.20.11,2022-12-02,62/QĐ-UBND,no,\n";
  const std::string more = before + "2,Thêm,PROCEDURES,H00.20.12,,62/QĐ-UBND,no,\n";
  v1::Plan plan = Create(Sourced());
  EXPECT_EQ(Import(plan, after).created_count(), 1) << reason();
  plan = Issue(plan);
  EXPECT_EQ(Import(plan, before).updated_count(), 1) << reason();
  EXPECT_EQ(TaskOf(plan, "1").due_date(), "2022-12-01");
  EXPECT_EQ(TaskOf(plan, "1").etag(), "\"2\"");
  plan = Launch(plan);
  EXPECT_THAT(Told(Import(plan, after)), ElementsAre("2::TASK_FIXED"));
  const v1::ImportReport added = Import(plan, more);
  EXPECT_EQ(added.created_count(), 1) << reason();
  EXPECT_EQ(added.unchanged_count(), 1);
  v1::ClosePlanRequest close = Named<v1::ClosePlanRequest>(plan);
  close.set_reason("hết thời gian (kiểm thử)");
  Ask(plans(), &Stub::ClosePlan, close);
  ASSERT_TRUE(status.ok()) << reason();
  Import(plan, more);
  EXPECT_EQ(reason(), "PLAN_STATE");
  Complete(TaskOf(plan, "2"), "2022-10-14");
  EXPECT_EQ(reason(), "PLAN_STATE");
}

// shows: S4-06
TEST_F(TaskTest, DoneByItsLeadGradedByTheIssuerAndByNobodyElse) {
  v1::Plan plan = Create(Sourced());
  Import(plan, std::string(kHeader) +
                   "1,Có hạn,PROCEDURES,H00.20.11,2022-10-20,62/QĐ-UBND,no,\n"
                   "2,Không hạn,STEERING,H00.20.12,,62/QĐ-UBND,no,\n");
  const std::string lead = TokenAt(UnitOf("H00.20.11"), {"campaign.reports.write"});
  const std::string other = TokenAt(UnitOf("H00.20.12"), {"campaign.reports.write"});
  const std::string issuer =
      TokenAt(UnitOf("H00.20"), {"campaign.reports.write", "campaign.plans.write"});
  v1::PlanTask task = TaskOf(plan, "1");
  Complete(task, "2022-10-14", lead);
  EXPECT_EQ(reason(), "PLAN_STATE") << "the movement has not begun";
  plan = Launch(Issue(plan));
  MoveTo("2022-10-21");
  EXPECT_EQ(TaskOf(plan, "1").state(), v1::PLAN_TASK_STATE_OVERDUE);
  EXPECT_EQ(TaskOf(plan, "2").state(), v1::PLAN_TASK_STATE_OPEN) << "never late";

  Complete(task, "2022-10-19", other);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  Complete(task, "2022-10-19", lead, v1::TASK_QUALITY_GOOD);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << "one's own grade";
  Complete(task, "2022-10-22", lead);
  EXPECT_THAT(fields(), ElementsAre("done_date"));
  EXPECT_EQ(CountEvents("PlanTaskCompleted"), 0);

  const v1::PlanTask done = Complete(task, "2022-10-19", lead);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(done.state(), v1::PLAN_TASK_STATE_DONE);
  EXPECT_EQ(done.done_date(), "2022-10-19");
  EXPECT_EQ(done.evidence_note(), "Biên bản số 1 (kiểm thử)");
  EXPECT_EQ(done.quality(), v1::TASK_QUALITY_UNSPECIFIED);
  EXPECT_EQ(CountEvents("PlanTaskCompleted"), 1);
  Complete(done, "2022-10-18", lead);
  EXPECT_EQ(reason(), "TASK_DONE");
  Complete(task, "2022-10-21", issuer);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
  const v1::PlanTask graded = Complete(done, "2022-10-21", issuer, v1::TASK_QUALITY_PASSED);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(graded.state(), v1::PLAN_TASK_STATE_DONE_LATE);
  EXPECT_EQ(graded.quality(), v1::TASK_QUALITY_PASSED);
  EXPECT_EQ(TaskOf(plan, "1").quality(), v1::TASK_QUALITY_PASSED);
  EXPECT_EQ(CountEvents("PlanTaskCompleted"), 2);
}

// shows: S4-06
TEST_F(TaskTest, NothingIsDoneBeforeTheMovementBegan) {
  v1::Plan unknown = Create(Sourced());  // issued on 14/10, its movement has no words
  Import(unknown, std::string(kHeader) + "1,Thử,PROCEDURES,H00.20.11,2022-10-20,62/QĐ-UBND,no,\n");
  unknown = Launch(Issue(unknown));
  v1::Plan dated = Sourced();
  dated.set_number("2");
  dated.mutable_movement_period()->set_start_rule(v1::START_RULE_FIXED);
  dated.mutable_movement_period()->set_start_date("2022-10-16");
  dated = Create(dated);
  Import(dated, std::string(kHeader) + "1,Thử,PROCEDURES,H00.20.11,2022-10-20,62/QĐ-UBND,no,\n");
  dated = Launch(Issue(dated));
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2022-10-18");
  const struct {
    const v1::Plan& plan;
    const char* before;
    const char* first;
  } kCases[] = {{unknown, "2022-10-13", "2022-10-14"}, {dated, "2022-10-15", "2022-10-16"}};
  for (const auto& one : kCases) {
    const v1::PlanTask task = TaskOf(one.plan, "1");
    for (const char* day : {"1900-01-01", one.before}) {
      Complete(task, day);
      EXPECT_EQ(reason(), "DATE_BEFORE_PLAN") << day;
      EXPECT_THAT(fields(), ElementsAre("done_date"));
    }
    EXPECT_EQ(Complete(task, one.first).state(), v1::PLAN_TASK_STATE_DONE) << reason();
  }
  EXPECT_EQ(CountEvents("PlanTaskCompleted"), 2);
}

// A plan is closed while somebody says that a task of it was done: the word that comes second is
// refused.
TEST_F(TaskTest, WhoSaysDoneWaitsForAPlanThatIsBeingClosed) {
  v1::Plan plan = Create(Sourced());
  Import(plan, std::string(kHeader) + "1,Thử,PROCEDURES,H00.20.11,,62/QĐ-UBND,no,\n");
  plan = Launch(Issue(plan));
  ASSERT_TRUE(status.ok()) << reason();
  const v1::PlanTask task = TaskOf(plan, "1");
  const std::string id = plan.name().substr(plan.name().find('/') + 1);
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  absl::Notification answered;
  std::thread caller;
  const absl::Status closed = database().pool().InTransaction(deadline, [&](db::Tx& tx) {
    absl::Status written =
        tx.Execute("UPDATE plans SET state = 'CLOSED' WHERE plan_id = ?", id).status();
    EXPECT_FALSE(caller.joinable()) << "run twice";
    caller = std::thread([&] {
      Complete(task, "2022-10-14");
      answered.Notify();
    });
    AwaitPlanLock(answered, deadline);
    return written;
  });
  caller.join();
  ASSERT_TRUE(closed.ok()) << closed;
  EXPECT_EQ(reason(), "PLAN_STATE");
  EXPECT_EQ(TaskOf(plan, "1").done_date(), "");
  EXPECT_EQ(CountEvents("PlanTaskCompleted"), 0);
}

// shows: S4-19
TEST_F(TaskTest, EveryTaskIsToldWholeAndToNewReadersToo) {
  v1::Plan plan = Create(Sourced());
  Import(plan, std::string(kHeader) +
                   "1,Có hạn,PROCEDURES,H00.20.11,2022-10-20,62/QĐ-UBND,no,\n"
                   "2,Minh họa,STEERING,H00.20.12,,62/QĐ-UBND,yes,Chỉ để kiểm thử\n");
  EXPECT_EQ(CountEvents("PlanTaskRecorded"), 2) << reason();
  Import(plan,
         std::string(kHeader) + "1,Có hạn mới,PROCEDURES,H00.20.11,2022-10-21,62/QĐ-UBND,no,\n");
  EXPECT_EQ(CountEvents("PlanTaskRecorded"), 3) << "one was changed";
  plan = Launch(Issue(plan));
  MoveTo("2022-10-21");
  Complete(TaskOf(plan, "1"), "2022-10-19");
  ASSERT_TRUE(status.ok()) << reason();

  const auto feed = v1::FeedService::NewStub(channel());
  const auto context = test::WithToken(admin());
  const auto reader = feed->ExportSnapshot(context.get(), {});
  std::map<std::string, v1::PlanTaskRecorded> told;  // by code
  common::v1::SnapshotItem item;
  while (reader->Read(&item)) {
    if (item.has_event()) {
      const bool launch = item.event().type() == "thidua.campaign.v1.PlanLaunched";
      EXPECT_EQ(item.event().business_date(), launch ? plan.launch_date() : "2022-10-21")
          << item.event().type();
    }
    v1::PlanTaskRecorded task;
    if (item.event().type() != task.GetDescriptor()->full_name()) continue;
    ASSERT_TRUE(platform::FromJson(item.event().payload_json(), &task).ok());
    told[task.code()] = task;
  }
  ASSERT_TRUE(reader->Finish().ok());
  ASSERT_THAT(told, SizeIs(2));
  const v1::PlanTaskRecorded& done = told["1"];
  EXPECT_EQ("planTasks/" + done.task_id(), TaskOf(plan, "1").name());
  EXPECT_EQ("plans/" + done.plan_id(), plan.name());
  EXPECT_EQ("units/" + done.unit_id(), UnitOf("H00.20.11"));
  EXPECT_EQ(done.due_date(), "2022-10-21");
  EXPECT_EQ(done.done_date(), "2022-10-19");
  EXPECT_FALSE(done.synthetic());
  EXPECT_EQ(told["2"].due_date(), "");
  EXPECT_EQ(told["2"].done_date(), "");
  EXPECT_TRUE(told["2"].synthetic());
}

TEST_F(TaskTest, WhoSeesAndWhoImports) {
  v1::Plan plan = Create(Sourced());
  const std::string csv = std::string(kHeader) +
                          "1,Của thị trấn,PROCEDURES,H00.20.11,,62/QĐ-UBND,no,\n"
                          "2,Của xã,STEERING,H00.20.12,,62/QĐ-UBND,no,\n";
  const std::vector<std::string> rights = {"campaign.plans.read", "campaign.plans.write"};
  const std::string district = TokenAt(UnitOf("H00.20"), rights);
  const std::string commune = TokenAt(UnitOf("H00.20.11"), rights);
  const std::string department = TokenAt(UnitOf("H00.01"), rights);
  Import(plan, csv, commune);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Import(plan, csv, district).created_count(), 2) << reason();
  EXPECT_THAT(Tasks(plan, district), SizeIs(2));
  EXPECT_THAT(Tasks(plan, commune), IsEmpty()) << "a draft is its issuer's";
  Launch(Issue(plan));
  EXPECT_THAT(Tasks(plan, commune), SizeIs(1));
  EXPECT_THAT(Tasks(plan, department), IsEmpty());

  v1::ListPlanTasksRequest page;
  page.set_page_size(1);
  const v1::ListPlanTasksResponse first = Ask(plans(), &Stub::ListPlanTasks, page, district);
  ASSERT_THAT(first.tasks(), SizeIs(1));
  page.set_page_token(first.next_page_token());
  const v1::ListPlanTasksResponse second = Ask(plans(), &Stub::ListPlanTasks, page, district);
  ASSERT_THAT(second.tasks(), SizeIs(1));
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_LT(first.tasks(0).name(), second.tasks(0).name());
  v1::ListPlanTasksRequest of_unit;
  of_unit.set_lead_unit(UnitOf("H00.20.12"));
  const v1::ListPlanTasksResponse led = Ask(plans(), &Stub::ListPlanTasks, of_unit);
  ASSERT_THAT(led.tasks(), SizeIs(1));
  EXPECT_EQ(led.tasks(0).code(), "2");
}

}  // namespace
}  // namespace thidua::campaign::plans
