// Plans of one test: made, issued and launched on 2022-10-14, with the units and people of the
// demo.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "campaign/testing/campaign_test.h"

namespace thidua::campaign::plans {

class PlanTest : public CampaignTest {
 protected:
  void SetUp() override {
    LoadDirectory();
    MoveTo("2022-10-14");
  }

  v1::Plan Create(const v1::Plan& plan, const std::string& token = "") {
    v1::CreatePlanRequest request;
    *request.mutable_plan() = plan;
    request.set_request_id(Next());
    return Ask(plans(), &v1::PlanService::Stub::CreatePlan, request, token);
  }
  template <class Req>
  Req Named(const v1::Plan& plan) {
    Req request;
    request.set_name(plan.name());
    request.set_etag(plan.etag());
    request.set_request_id(Next());
    return request;
  }
  v1::Plan Issue(const v1::Plan& plan) {
    return Ask(plans(), &v1::PlanService::Stub::IssuePlan, Named<v1::IssuePlanRequest>(plan));
  }
  v1::Plan Launch(const v1::Plan& plan) {
    return Ask(plans(), &v1::PlanService::Stub::LaunchPlan, Named<v1::LaunchPlanRequest>(plan));
  }
  v1::Plan Launched(const v1::Plan& plan) { return Launch(Issue(Create(plan))); }
  v1::Plan Supply(const v1::Plan& plan, const std::string& number, const std::string& day) {
    v1::UpdatePlanRequest request;
    request.mutable_plan()->set_name(plan.name());
    request.mutable_plan()->set_etag(plan.etag());
    request.mutable_plan()->set_number(number);
    request.mutable_plan()->mutable_issue_date()->set_date(day);
    request.mutable_plan()->mutable_issue_date()->set_phrase(plan.issue_date().phrase());
    request.mutable_update_mask()->add_paths("number");
    request.mutable_update_mask()->add_paths("issue_date");
    request.set_origin(v1::VALUE_ORIGIN_SUPPLIED);
    request.set_reason("giá trị của bản trình diễn");
    request.set_request_id(Next());
    return Ask(plans(), &v1::PlanService::Stub::UpdatePlan, request);
  }
  v1::Plan Small() {
    v1::Plan plan;
    plan.mutable_issuer()->set_code("H00.20");
    plan.set_title("Kế hoạch thử");
    plan.set_number("1");
    plan.set_symbol("KH-UBND");
    plan.mutable_issue_date()->set_date("2022-10-14");
    v1::ParticipantGroup* group = plan.add_participant_groups();
    group->set_subject(v1::SUBJECT_COLLECTIVE);
    group->add_scopes()->set_type(v1::UNIT_TYPE_COMMUNE);
    return plan;
  }
  // Small(), of 14/10/2022 to 31/12/2023 with a review in the last quarter of 2023, coordinated by
  // the district's room of home affairs.
  v1::Plan Movement() {
    v1::Plan plan = Small();
    plan.mutable_movement_period()->set_start_rule(v1::START_RULE_ISSUE_DATE);
    plan.mutable_movement_period()->set_phrase("từ ngày ban hành kế hoạch đến hết năm 2023");
    v1::Milestone* review = plan.add_milestones();
    review->set_id("tong-ket");
    review->set_kind(v1::MILESTONE_KIND_FINAL_REVIEW);
    review->set_title("Tổng kết phong trào");
    review->set_phrase("Quý IV/2023");
    v1::PlanRole* role = plan.add_roles();
    role->set_kind(v1::PLAN_ROLE_KIND_COORDINATOR);
    role->mutable_unit()->set_code("H00.20.01");
    v1::LegalBasis* source = plan.add_legal_bases();
    source->set_number("62/QĐ-UBND");
    source->set_role(v1::LEGAL_BASIS_ROLE_TARGET_SOURCE);
    return plan;
  }
  void Acknowledge(const v1::Plan& plan, const std::string& unit) {
    v1::AcknowledgePlanRequest request;
    request.set_name(plan.name());
    request.set_unit(unit);
    request.set_request_id(Next());
    Ask(plans(), &v1::PlanService::Stub::AcknowledgePlan, request);
    ASSERT_TRUE(status.ok()) << reason();
  }
  // Rows of code, field, unit code and due date.
  void ImportTasks(const v1::Plan& plan, const std::vector<std::array<std::string, 4>>& rows) {
    v1::ImportPlanTasksRequest request;
    request.set_name(plan.name());
    request.mutable_content()->set_content_type("text/csv");
    std::string csv = "code,title,field,lead_unit_code,due_date,source_document,synthetic,note\n";
    for (const auto& [code, field, unit, due] : rows) {
      absl::StrAppend(&csv, code, ",Nhiệm vụ ", code, ",", field, ",", unit, ",", due,
                      ",62/QĐ-UBND,yes,minh họa\n");
    }
    request.mutable_content()->set_data(csv);
    request.set_request_id(Next());
    const auto report = Ask(plans(), &v1::PlanService::Stub::ImportPlanTasks, request);
    ASSERT_EQ(report.created_count(), static_cast<int>(rows.size()))
        << reason() << report.DebugString();
  }
  v1::PlanTask TaskOf(const v1::Plan& plan, const std::string& code) {
    v1::ListPlanTasksRequest request;
    request.set_plan(plan.name());
    const auto found = Ask(plans(), &v1::PlanService::Stub::ListPlanTasks, request);
    for (const v1::PlanTask& task : found.tasks()) {
      if (task.code() == code) return task;
    }
    ADD_FAILURE() << code;
    return {};
  }
  void Done(const v1::PlanTask& task, const std::string& date) {
    auto request = NamedTask(task);
    request.set_done_date(date);
    request.set_evidence_note("đã làm (kiểm thử)");
    Ask(plans(), &v1::PlanService::Stub::CompletePlanTask, request);
    ASSERT_TRUE(status.ok()) << reason();
  }
  google::protobuf::RepeatedPtrField<v1::PeriodicReport> OpenPeriod(const v1::Plan& plan,
                                                                    const std::string& period,
                                                                    const std::string& due) {
    v1::OpenReportPeriodRequest request;
    request.set_plan(plan.name());
    request.set_period(period);
    request.set_due_date(due);
    request.set_request_id(Next());
    return Ask(records(), &v1::RecordService::Stub::OpenReportPeriod, request).reports();
  }
  void FileReport(const v1::PeriodicReport& report) {
    v1::FileReportRequest request;
    request.set_name(report.name());
    request.set_summary("Đã thực hiện (kiểm thử)");
    request.set_request_id(Next());
    Ask(records(), &v1::RecordService::Stub::FileReport, request);
    ASSERT_TRUE(status.ok()) << reason();
  }

 private:
  v1::CompletePlanTaskRequest NamedTask(const v1::PlanTask& task) {
    v1::CompletePlanTaskRequest request;
    request.set_name(task.name());
    request.set_etag(task.etag());
    request.set_request_id(Next());
    return request;
  }
};

}  // namespace thidua::campaign::plans
