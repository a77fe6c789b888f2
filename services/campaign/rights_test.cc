// Who may not reach a resource does not learn whether it exists, in every area.
#include "absl/strings/str_cat.h"
#include "campaign/testing/plan_test.h"
#include "support/unknown_ids.h"
#include "thidua/campaign/v1/conference_service.grpc.pb.h"
#include "thidua/campaign/v1/exemplar_service.grpc.pb.h"
#include "thidua/campaign/v1/files_service.grpc.pb.h"
#include "thidua/campaign/v1/issue_service.grpc.pb.h"

namespace thidua::campaign {
namespace {

std::string IdIn(const std::string& name) { return name.substr(name.find('/') + 1); }

class RightsTest : public plans::PlanTest {
 protected:
  std::string Client(const std::string& unit) {
    v1::CreateClientRequest request;
    request.mutable_client()->set_title("Hệ thống để thử");
    request.mutable_client()->set_unit(unit);
    request.set_request_id(Next());
    return Ask(access(), &v1::AccessService::Stub::CreateClient, request).client().name();
  }
  std::string RoleBinding(const std::string& unit) {
    v1::ListRoleBindingsRequest request;
    request.set_unit(unit);
    const auto found = Ask(access(), &v1::AccessService::Stub::ListRoleBindings, request);
    return found.role_bindings_size() == 0 ? "" : found.role_bindings(0).name();
  }
  std::string Person(const std::string& unit) {
    v1::ListPeopleRequest request;
    request.set_unit(unit);
    const auto found = Ask(directory(), &v1::DirectoryService::Stub::ListPeople, request);
    return found.people_size() == 0 ? "" : found.people(0).name();
  }
  std::string Task(const v1::Plan& plan) {
    v1::ImportPlanTasksRequest request;
    request.set_name(plan.name());
    request.mutable_content()->set_content_type("text/csv");
    request.mutable_content()->set_data(
        "code,title,field,lead_unit_code,due_date,source_document,synthetic,note\n"
        "1,Nhiệm vụ để thử,STEERING,H00.20.11,,62/QĐ-UBND,yes,minh họa\n");
    request.set_request_id(Next());
    const auto report = Ask(plans(), &v1::PlanService::Stub::ImportPlanTasks, request);
    EXPECT_EQ(report.created_count(), 1) << reason() << report.DebugString();
    const auto tasks =
        Ask(plans(), &v1::PlanService::Stub::ListPlanTasks, v1::ListPlanTasksRequest());
    return tasks.tasks_size() == 0 ? "" : tasks.tasks(0).name();
  }
  std::string Report(const v1::Plan& plan) {
    v1::OpenReportPeriodRequest request;
    request.set_plan(plan.name());
    request.set_period("2022");
    request.set_request_id(Next());
    const auto opened = Ask(records(), &v1::RecordService::Stub::OpenReportPeriod, request);
    EXPECT_GT(opened.reports_size(), 0) << reason();
    return opened.reports_size() == 0 ? "" : opened.reports(0).name();
  }
  std::string Issue(const v1::Plan& plan, const std::string& unit) {
    v1::RaiseIssueRequest request;
    request.set_plan(plan.name());
    request.set_unit(unit);
    request.set_title("Vướng mắc để thử");
    request.set_text("Chỉ để thử quyền");
    request.set_request_id(Next());
    return Ask(*v1::IssueService::NewStub(channel()), &v1::IssueService::Stub::RaiseIssue, request)
        .name();
  }
  std::string Conference(const v1::Plan& plan) {
    v1::RecordConferenceRequest request;
    request.set_plan(plan.name());
    request.set_milestone_id("tong-ket");
    request.mutable_details()->set_held_date("2022-10-14");
    request.mutable_details()->set_place("Hội trường");
    request.mutable_details()->set_chair("Chủ tịch");
    request.mutable_details()->set_attendee_count(1);
    request.set_request_id(Next());
    return Ask(*v1::ConferenceService::NewStub(channel()),
               &v1::ConferenceService::Stub::RecordConference, request)
        .name();
  }
  std::string Exemplar(const v1::Plan& plan, const std::string& unit) {
    v1::ProposeExemplarRequest request;
    request.set_plan(plan.name());
    request.set_unit(unit);
    request.set_subject(v1::SUBJECT_COLLECTIVE);
    request.set_honoree("Tập thể để thử");
    request.set_title("Để thử");
    request.set_deeds("Chỉ để thử quyền");
    request.set_request_id(Next());
    return Ask(*v1::ExemplarService::NewStub(channel()),
               &v1::ExemplarService::Stub::ProposeExemplar, request)
        .name();
  }
  std::string File(const std::string& unit) {
    common::v1::StartUploadRequest request;
    request.set_unit(unit);
    request.set_file_name("tep.pdf");
    request.set_media_type("application/pdf");
    request.set_size_bytes(1);
    request.set_sha256(std::string(64, 'a'));
    request.set_request_id(Next());
    return Ask(*v1::FilesService::NewStub(channel()), &v1::FilesService::Stub::StartUpload, request)
        .name();
  }
};

TEST_F(RightsTest, UnknownIdsAndThoseOutOfReachAreAnsweredAlike) {
  const std::string commune = UnitOf("H00.20.11");
  const v1::Plan plan = Launched(Movement());
  ASSERT_TRUE(status.ok()) << reason();
  const std::string plan_id = IdIn(plan.name());
  const std::string unit = IdIn(commune);
  const std::string person = IdIn(Person(commune));
  const std::string task = IdIn(Task(plan));
  const std::string report = IdIn(Report(plan));
  const std::string client = IdIn(Client(commune));
  const std::string binding = IdIn(RoleBinding(commune));
  const std::string file = IdIn(File(commune));
  const std::string issue = IdIn(Issue(plan, commune));
  const std::string conference = IdIn(Conference(plan));
  const std::string exemplar = IdIn(Exemplar(plan, commune));
  for (const std::string& id :
       {person, task, report, client, binding, file, issue, conference, exemplar})
    ASSERT_NE(id, "");

  const std::string name = R"({"request_id": "rights", "reason": "thử", "name": ")";
  const std::string named_plan = R"({"request_id": "rights", "name": "plans/$"})";
  const std::string read_plan = R"({"name": "plans/$"})";
  const std::string plan_of = R"({"plan": "plans/$"})";
  const std::string held =
      R"("request_id": "rights", "details": {"held_date": "2022-10-14", "place": "thử",
         "chair": "thử", "attendee_count": 1}})";
  const std::vector<test::Named> named = {
      {"AccessService/EndRoleBinding", name + R"(roleBindings/$", "last_day": "2022-12-31"})",
       binding, "UNKNOWN_ROLE_BINDING"},
      {"AccessService/RotateClientSecret", R"({"request_id": "rights", "name": "clients/$"})",
       client, "UNKNOWN_CLIENT"},
      {"AccessService/DisableClient", name + R"(clients/$"})", client, "UNKNOWN_CLIENT"},
      {"ConferenceService/RecordConference",
       R"({"plan": "plans/$", "milestone_id": "tong-ket", )" + held, plan_id, "UNKNOWN_PLAN"},
      {"ConferenceService/CorrectConference",
       R"({"name": "planConferences/$", "reason": "thử", )" + held, conference,
       "UNKNOWN_CONFERENCE"},
      {"ConferenceService/ListConferences", plan_of, plan_id, "UNKNOWN_PLAN"},
      {"ConferenceService/ListReviewMilestones", plan_of, plan_id, "UNKNOWN_PLAN"},
      {"ExemplarService/GetExemplar", R"({"name": "planExemplars/$"})", exemplar,
       "UNKNOWN_EXEMPLAR"},
      {"ExemplarService/PublishExemplar", R"({"request_id": "rights", "name": "planExemplars/$"})",
       exemplar, "UNKNOWN_EXEMPLAR"},
      {"IssueService/GetIssue", R"({"name": "planIssues/$"})", issue, "UNKNOWN_ISSUE"},
      {"IssueService/SupplementIssue",
       R"({"request_id": "rights", "text": "thử", "name": "planIssues/$"})", issue,
       "UNKNOWN_ISSUE"},
      {"IssueService/ForwardIssue",
       R"({"request_id": "rights", "opinion": "thử", "name": "planIssues/$"})", issue,
       "UNKNOWN_ISSUE"},
      {"IssueService/ReturnIssue", name + R"(planIssues/$"})", issue, "UNKNOWN_ISSUE"},
      {"IssueService/DecideIssue",
       R"({"request_id": "rights", "text": "thử", "decision": "ISSUE_DECISION_ANSWER",
           "name": "planIssues/$"})",
       issue, "UNKNOWN_ISSUE"},
      {"DirectoryService/GetUnit", R"({"name": "units/$"})", unit, "UNKNOWN_UNIT"},
      {"DirectoryService/UpdateUnit",
       R"({"request_id": "rights", "reason": "thử", "update_mask": "note",
           "unit": {"name": "units/$"}})",
       unit, "UNKNOWN_UNIT"},
      {"DirectoryService/CloseUnit",
       name + R"(units/$", "last_day": "2022-12-31", "closing": "UNIT_CLOSING_ABOLISHED"})", unit,
       "UNKNOWN_UNIT"},
      {"DirectoryService/GetPerson", R"({"name": "people/$"})", person, "UNKNOWN_PERSON"},
      {"DirectoryService/UpdatePerson",
       R"({"request_id": "rights", "reason": "thử", "update_mask": "phone",
           "person": {"name": "people/$", "phone": "0900000000"}})",
       person, "UNKNOWN_PERSON"},
      {"FilesService/UploadPart", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/CompleteUpload", R"({"request_id": "rights", "name": "files/$"})", file,
       "FILE_NOT_FOUND"},
      {"FilesService/GetFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/DownloadFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"PlanService/GetPlan", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ListPlanParticipants", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/GetPlanCoverage", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ListPlanAcknowledgements", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ListAcknowledgementStates", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ListPlanIndividuals", read_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/UpdatePlan",
       R"({"request_id": "rights", "reason": "thử", "update_mask": "title",
           "plan": {"name": "plans/$", "title": "thử"}})",
       plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ResolveFinding",
       name + R"(plans/$", "decision": "FINDING_DECISION_ACCEPT_AS_IS"})", plan_id, "UNKNOWN_PLAN"},
      {"PlanService/IssuePlan", named_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/LaunchPlan", named_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ClosePlan", name + R"(plans/$"})", plan_id, "UNKNOWN_PLAN"},
      {"PlanService/SetPlanTheme", named_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/ImportPlanTasks", named_plan, plan_id, "UNKNOWN_PLAN"},
      {"PlanService/CompletePlanTask",
       R"({"request_id": "rights", "name": "planTasks/$", "done_date": "2022-10-14",
           "evidence_note": "thử"})",
       task, "UNKNOWN_TASK"},
      {"RecordService/OpenReportPeriod",
       R"({"request_id": "rights", "plan": "plans/$", "period": "2022"})", plan_id,
       "PLAN_NOT_FOUND"},
      {"RecordService/SetReportDueDate",
       R"({"request_id": "rights", "plan": "plans/$", "period": "2022", "reason": "thử",
           "due_date": "2022-12-31"})",
       plan_id, "PLAN_NOT_FOUND"},
      {"RecordService/ListMissingReports", plan_of, plan_id, "UNKNOWN_PLAN"},
      {"RecordService/CompileMovementReport", plan_of, plan_id, "UNKNOWN_PLAN"},
      {"RecordService/ExportMovementReport", plan_of, plan_id, "UNKNOWN_PLAN"},
      {"RecordService/GetPeriodicReport", R"({"name": "periodicReports/$"})", report,
       "REPORT_NOT_FOUND"},
      {"RecordService/FileReport",
       R"({"request_id": "rights", "name": "periodicReports/$", "summary": "thử"})", report,
       "REPORT_NOT_FOUND"},
  };
  const test::Callers callers = {TokenAt(UnitOf("H00.01"), {"*"}), admin()};
  EXPECT_THAT(test::UnknownIdProblems(
                  channel(), "thidua.campaign.v1", callers, named,
                  {"AccessService/CreateRoleBinding", "AccessService/ImportRoleBindings",
                   "ClockService/SetBusinessTime", "DirectoryService/CreateUnit",
                   "DirectoryService/ImportUnits", "DirectoryService/CreatePerson",
                   "DirectoryService/ImportPeople", "PlanService/CreatePlan"}),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace thidua::campaign
