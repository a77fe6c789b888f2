// Standards over gRPC: what is asked for, who confirms it with what, and what stops a dossier.
#include <gmock/gmock.h>

#include "awards/nominations/service_fixture.h"
#include "platform/hash.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::NominationServiceTest;
using testing::ResultOf;

// shows: S4-20
// shows: S4-21
// shows: S4-23
TEST_F(NominationServiceTest, EachStandardIsAnsweredWithItsSource) {
  campaign::v1::PeriodicReportRecorded report;
  report.set_record_id("record-1");
  report.set_plan_id(Id("plan"));
  report.set_unit_id(Id("commune-1"));
  report.set_period("2023-H1");
  report.set_due_date("2023-06-20");
  report.set_filed_date("2023-06-20");
  Apply(report);
  const std::string name = Filed().name();
  v1::StandardsCheck check = Check(name);
  EXPECT_EQ(check.number(), 2);
  EXPECT_EQ(check.as_of_date(), "2024-02-01");
  EXPECT_EQ(ResultOf(check, "S4-17"), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(ResultOf(check, "S4-20"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-21"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-23"), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(check.findings(1).source(), v1::STANDARD_SOURCE_RANKING);
  EXPECT_THAT(check.findings(1).source_refs(), ElementsAre(platform::Sha256Hex("snapshot")));
  EXPECT_EQ(check.findings(2).source(), v1::STANDARD_SOURCE_REPORTS);
  EXPECT_THAT(check.findings(2).source_refs(), ElementsAre("record-1"));
  EXPECT_EQ(check.findings(0).source(), v1::STANDARD_SOURCE_UNSPECIFIED);

  // The report turns out to have come late: the record is sent again as a whole.
  report.set_filed_date("2023-06-21");
  Apply(report);
  EXPECT_EQ(ResultOf(Check(name), "S4-21"), v1::STANDARD_RESULT_NOT_MET);

  v1::ListStandardsChecksRequest list;
  list.set_name(name);
  list.set_page_size(2);
  v1::ListStandardsChecksResponse page;
  const auto read = [&] {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ListStandardsChecks, list,
                                       &page, "commune");
  };
  ASSERT_TRUE(read().ok());
  ASSERT_EQ(page.checks_size(), 2);
  EXPECT_EQ(page.checks(0).number(), 3);
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(read().ok());
  ASSERT_EQ(page.checks_size(), 1);
  EXPECT_EQ(page.checks(0).stage(), v1::CHECK_STAGE_SUBMISSION);
  EXPECT_EQ(page.next_page_token(), "");
}

// shows: S4-17
// shows: S4-24
TEST_F(NominationServiceTest, APersonConfirmsWithEvidenceUpToADay) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-17", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2023-11-30").ok());
  v1::StandardsCheck check = Check(name);
  EXPECT_EQ(ResultOf(check, "S4-17"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-24"), v1::STANDARD_RESULT_NOT_KNOWN);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2023-12-31").ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-24"), v1::STANDARD_RESULT_MET);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-24"), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(Reason(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2024-02-02")),
            "DATE_IN_FUTURE");
  EXPECT_EQ(Reason(Confirm(name, "S4-99", v1::STANDARD_RESULT_MET)), "STANDARD_NOT_IN_PLAN");
  EXPECT_EQ(Reason(Confirm(name, "S4-17", v1::STANDARD_RESULT_NOT_KNOWN)), "RESULT_NOT_SAID");
}

// Also when business time was set back meanwhile.
TEST_F(NominationServiceTest, AConfirmationRepeatedOnAnotherDayHasTheFirstAnswer) {
  v1::ConfirmStandardRequest request;
  request.set_name(Filed().name());
  request.set_standard_id("S4-17");
  request.set_result(v1::STANDARD_RESULT_MET);
  request.set_file(Upload("room", "officer", "văn bản xác nhận"));
  request.set_note("Theo văn bản kèm theo");
  request.set_covers_until("2024-02-01");
  request.set_request_id(RequestId());
  const auto confirm = [&](v1::StandardConfirmation* said) {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, request, said,
                                       "officer");
  };
  v1::StandardConfirmation first;
  ASSERT_TRUE(confirm(&first).ok());
  for (const int day : {31, 32}) {  // of January: the day before and the day itself
    SetToday(absl::CivilDay(2024, 1, day));
    v1::StandardConfirmation again;
    const grpc::Status status = confirm(&again);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  }
}

// Of a finding that stands on a person's word anyone who may read it finds who, when and on what.
// shows: S4-17
// shows: S4-24
TEST_F(NominationServiceTest, ConfirmationsAreReadWithTheirEvidence) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-17", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET, "2023-11-30").ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET).ok());
  v1::ListStandardConfirmationsRequest list;
  list.set_name(name);
  list.set_page_size(2);
  v1::ListStandardConfirmationsResponse page;
  const auto read = [&](const std::string& who) {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ListStandardConfirmations,
                                       list, &page, who);
  };
  ASSERT_TRUE(read("commune").ok());
  ASSERT_EQ(page.confirmations_size(), 2);
  EXPECT_EQ(page.confirmations(0).standard_id(), "S4-24");
  EXPECT_EQ(page.confirmations(0).result(), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(page.confirmations(1).result(), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(page.confirmations(1).covers_until(), "2023-11-30");
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(read("officer").ok());
  ASSERT_EQ(page.confirmations_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  const v1::StandardConfirmation& first = page.confirmations(0);
  EXPECT_EQ(first.nomination(), name);
  EXPECT_EQ(first.standard_id(), "S4-17");
  EXPECT_EQ(first.confirmer(), "person:" + Id("officer"));
  EXPECT_EQ(first.confirm_date(), "2024-02-01");
  EXPECT_EQ(first.covers_until(), "2024-02-01");
  EXPECT_EQ(first.note(), "Theo văn bản kèm theo");
  EXPECT_FALSE(first.has_activity_count());
  common::v1::GetFileRequest get;
  get.set_name(first.file());
  common::v1::File evidence;
  ASSERT_TRUE(
      Call<v1::FilesService>(&v1::FilesService::Stub::GetFile, get, &evidence, "officer").ok());
  EXPECT_EQ(evidence.sha256(), platform::Sha256Hex("văn bản xác nhận S4-17"));
  // The finding names it, and so does the event.
  EXPECT_THAT(Check(name).findings(0).source_refs(), ElementsAre(first.confirmation_id()));
  EXPECT_THAT(Payload("StandardConfirmed"), HasSubstr(first.confirmation_id()));
  EXPECT_THAT(Payload("StandardConfirmed"), HasSubstr(evidence.name().substr(6)));

  EXPECT_EQ(read("stranger").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(read("nobody").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  list.set_page_token("x");
  EXPECT_EQ(read("officer").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

// shows: S4-19
TEST_F(NominationServiceTest, TasksOnTimeAreReadFromTheFeed) {
  campaign::v1::PlanLaunched plan = Plan();
  auto* standard = plan.add_standards();
  standard->set_standard_id("S4-19");
  standard->set_subject("COLLECTIVE");
  standard->set_text("Đúng và vượt tiến độ các nhiệm vụ");
  standard->set_check("TASKS_ON_TIME");
  Apply(plan);
  const std::string name = Filed().name();
  const auto finding = [&] {
    const v1::StandardsCheck check = Check(name);
    return check.findings(check.findings_size() - 1);
  };
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(finding().source(), v1::STANDARD_SOURCE_UNSPECIFIED);

  campaign::v1::PlanTaskRecorded set;
  set.set_task_id(Id("task"));
  set.set_plan_id(Id("plan"));
  set.set_unit_id(Id("commune-1"));
  set.set_due_date("2023-06-15");
  set.set_synthetic(true);
  Apply(set);
  campaign::v1::PlanTaskRecorded other = set;
  other.set_task_id(Id("task of another unit"));
  other.set_unit_id(Id("commune-2"));
  Apply(other);
  other = set;
  other.set_task_id(Id("task of another plan"));
  other.set_plan_id(Id("another plan"));
  Apply(other);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_MET) << "overdue";
  EXPECT_EQ(finding().source(), v1::STANDARD_SOURCE_TASKS);
  EXPECT_THAT(finding().source_refs(), ElementsAre(Id("task")));
  EXPECT_THAT(finding().explanation(), HasSubstr("Nhiệm vụ minh họa: 1."));

  campaign::v1::PlanTaskCompleted done;
  done.set_task_id(Id("task"));
  done.set_plan_id(Id("plan"));
  done.set_unit_id(Id("commune-1"));
  done.set_due_date("2023-06-15");
  done.set_done_date("2023-06-15");
  done.set_quality("NOT_PASSED");
  Apply(done);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_MET);
  EXPECT_THAT(finding().explanation(), HasSubstr("không đạt chất lượng: 1"));
  done.set_done_date("2023-06-16");
  Apply(done);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_MET);
}

// shows: S4-18
TEST_F(NominationServiceTest, ActivitiesAreConfirmedByTheirNumber) {
  campaign::v1::PlanLaunched plan = Plan();
  auto* standard = plan.add_standards();
  standard->set_standard_id("S4-18");
  standard->set_subject("COLLECTIVE");
  standard->set_text("Có ít nhất 3 hoạt động tuyên truyền");
  standard->set_check("ACTIVITY_COUNT");
  (*standard->mutable_parameters())["min_activities"] = "3";
  Apply(plan);
  const std::string name = Filed().name();
  EXPECT_EQ(ResultOf(Check(name), "S4-18"), v1::STANDARD_RESULT_NOT_KNOWN);
  v1::StandardConfirmation confirmation;
  const auto confirm = [&](int count, v1::StandardResult result) {
    v1::ConfirmStandardRequest request;
    request.set_name(name);
    request.set_standard_id("S4-18");
    request.set_result(result);
    request.set_activity_count(count);
    request.set_file(Upload("room", "officer", "danh sách hoạt động"));
    request.set_note("Danh sách kèm theo");
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, request,
                                       &confirmation, "officer");
  };
  EXPECT_EQ(Reason(confirm(2, v1::STANDARD_RESULT_MET)), "RESULT_CONTRADICTS_COUNT");
  EXPECT_EQ(Reason(Confirm(name, "S4-18", v1::STANDARD_RESULT_MET)), "ACTIVITY_COUNT_REQUIRED");
  ASSERT_TRUE(confirm(2, v1::STANDARD_RESULT_UNSPECIFIED).ok());
  EXPECT_EQ(confirmation.result(), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(confirmation.activity_count(), 2);
  EXPECT_EQ(ResultOf(Check(name), "S4-18"), v1::STANDARD_RESULT_NOT_MET);
  ASSERT_TRUE(confirm(3, v1::STANDARD_RESULT_UNSPECIFIED).ok());
  const v1::StandardsCheck check = Check(name);
  EXPECT_EQ(ResultOf(check, "S4-18"), v1::STANDARD_RESULT_MET);
  EXPECT_THAT(check.findings(check.findings_size() - 1).explanation(),
              HasSubstr(": 3; cần ít nhất 3."));
}

TEST_F(NominationServiceTest, AStandardNotMetStopsTheDossierAndAnUnknownOneNeedsAReason) {
  const std::string name = Filed().name();
  const grpc::Status unknown = Appraise(name, "");
  EXPECT_EQ(Reason(unknown), "STANDARD_NOT_KNOWN");
  EXPECT_THAT(unknown.error_message(), HasSubstr("S4-17"));
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "STANDARD_NOT_MET");
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_FILED);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Appraise(name, "Chưa có nguồn dữ liệu").ok());
  const v1::Nomination appraised = GetNomination(name);
  EXPECT_EQ(appraised.state(), v1::NOMINATION_STATE_APPRAISED);
  EXPECT_EQ(appraised.appraiser(), "person:" + Id("officer"));
  EXPECT_EQ(appraised.unknown_standards_reason(), "Chưa có nguồn dữ liệu");
}

}  // namespace
}  // namespace thidua::awards::nominations
