// Who may not reach a resource does not learn whether it exists, in every area.
#include "absl/strings/str_cat.h"
#include "campaign/testing/plan_test.h"
#include "support/unknown_ids.h"
#include "thidua/campaign/v1/files_service.grpc.pb.h"

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
  v1::Plan sourced = Small();
  v1::LegalBasis* source = sourced.add_legal_bases();
  source->set_number("62/QĐ-UBND");
  source->set_role(v1::LEGAL_BASIS_ROLE_TARGET_SOURCE);
  const v1::Plan plan = Launched(sourced);
  ASSERT_TRUE(status.ok()) << reason();
  const std::string plan_id = IdIn(plan.name());
  const std::string unit = IdIn(commune);
  const std::string person = IdIn(Person(commune));
  const std::string task = IdIn(Task(plan));
  const std::string report = IdIn(Report(plan));
  const std::string client = IdIn(Client(commune));
  const std::string binding = IdIn(RoleBinding(commune));
  const std::string file = IdIn(File(commune));
  for (const std::string& id : {person, task, report, client, binding, file}) ASSERT_NE(id, "");

  const std::string name = R"({"request_id": "rights", "reason": "thử", "name": ")";
  const std::string named_plan = R"({"request_id": "rights", "name": "plans/$"})";
  const std::string read_plan = R"({"name": "plans/$"})";
  const std::vector<test::Named> named = {
      {"AccessService/EndRoleBinding", name + R"(roleBindings/$", "last_day": "2022-12-31"})",
       binding, "UNKNOWN_ROLE_BINDING"},
      {"AccessService/RotateClientSecret", R"({"request_id": "rights", "name": "clients/$"})",
       client, "UNKNOWN_CLIENT"},
      {"AccessService/DisableClient", name + R"(clients/$"})", client, "UNKNOWN_CLIENT"},
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
