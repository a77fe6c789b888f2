// Plans of one test: made, issued and launched on 2022-10-14, with the units and people of the
// demo.
#pragma once

#include <string>

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
};

}  // namespace thidua::campaign::plans
