// Plans as a caller sees them: the two plans of the demo, from draft to launch.
#include "campaign/testing/plan_test.h"
#include "platform/status.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Stub = v1::PlanService::Stub;

std::vector<std::string> Codes(const v1::Plan& plan) {
  std::vector<std::string> codes;
  for (const v1::Finding& one : plan.findings()) codes.push_back(one.code());
  return codes;
}
std::vector<std::string> Blocking(const v1::Plan& plan) {
  std::vector<std::string> blocking;
  for (const v1::MissingItem& one : plan.missing()) {
    if (one.blocks_issue()) blocking.push_back(one.field());
  }
  return blocking;
}

// shows: S2-01, S2-02, S2-03, S2-06, S2-07, S2-12
TEST_F(PlanTest, TheProvincesPlanIsReadAsItsSourceHasIt) {
  const v1::Plan plan = Create(DemoPlan("dak-nong-2022-2025"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(plan.state(), v1::PLAN_STATE_DRAFT);
  EXPECT_EQ(plan.number(), "584");
  EXPECT_EQ(plan.issue_date().precision(), v1::DATE_PRECISION_DAY);
  EXPECT_EQ(plan.issuer().display_name(), "UBND tỉnh Đắk Nông");
  EXPECT_EQ(plan.movement_period().start_date(), "2022-10-14");
  EXPECT_EQ(plan.movement_period().end_date(), "2025-12-31");
  EXPECT_EQ(plan.movement_period().phrase(), "từ ngày ban hành kế hoạch đến hết năm 2025");
  ASSERT_THAT(plan.years(), SizeIs(4));
  EXPECT_EQ(plan.years(0).year(), 2022);
  EXPECT_EQ(plan.years(0).start_date(), "2022-10-14");
  EXPECT_EQ(plan.years(0).end_date(), "2022-12-31");
  EXPECT_EQ(plan.years(3).end_date(), "2025-12-31");
  ASSERT_THAT(plan.milestones(), SizeIs(2));
  EXPECT_EQ(plan.milestones(0).start_date(), "2023-10-01");
  EXPECT_EQ(plan.milestones(0).end_date(), "2023-12-31");
  EXPECT_EQ(plan.milestones(1).end_date(), "2025-12-31");
  EXPECT_THAT(plan.content_items(), SizeIs(5));
  EXPECT_THAT(plan.content_items(1).fields(), SizeIs(7));
  EXPECT_THAT(Codes(plan), Contains("PHASE_DIFFERS_FROM_MOVEMENT"));
  EXPECT_THAT(plan.award_forms(), IsEmpty());
  EXPECT_THAT(Blocking(plan), IsEmpty());
  EXPECT_THAT(plan.missing(), Not(IsEmpty()));
}

// shows: S2-04, S2-15, S4-01
TEST_F(PlanTest, ParentAndChildFromDraftToCoverage) {
  const v1::Plan parent = Launched(DemoPlan("dak-nong-2022-2025"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(parent.state(), v1::PLAN_STATE_LAUNCHED);
  EXPECT_EQ(parent.launch_date(), "2022-10-14");
  EXPECT_EQ(parent.participant_unit_count(), 8)
      << "a department, a district, a room, five communes";
  EXPECT_EQ(CountEvents("PlanLaunched"), 1);

  MoveTo("2023-03-20");
  const v1::Plan draft = Create(DemoPlan("krong-no-2023"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(draft.parent_plan().plan(), parent.name());
  EXPECT_EQ(draft.issue_date().precision(), v1::DATE_PRECISION_MONTH);
  EXPECT_THAT(Blocking(draft), ElementsAre("number", "issue_date"));
  Issue(draft);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reason(), "PLAN_INCOMPLETE");
  EXPECT_THAT(fields(), ElementsAre("number", "issue_date"));

  const v1::Plan supplied = Supply(draft, "35", "2023-03-20");
  ASSERT_TRUE(status.ok()) << reason();
  std::vector<std::string> marked;
  for (const v1::SuppliedValue& one : supplied.supplied_values()) marked.push_back(one.field());
  EXPECT_THAT(marked, ElementsAre("parent_plan", "number", "issue_date"));
  const v1::Plan issued = Issue(supplied);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(issued.legal_moves(), ElementsAre("SetPlanTheme", "LaunchPlan", "ImportPlanTasks"));
  const v1::Plan child = Launch(issued);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(child.participant_unit_count(), 6) << "a room and five communes";

  v1::GetPlanCoverageRequest ask;
  ask.set_name(parent.name());
  const v1::PlanCoverage coverage = Ask(plans(), &Stub::GetPlanCoverage, ask);
  EXPECT_EQ(coverage.participant_count(), 8);
  EXPECT_EQ(coverage.launched_count(), 1);
  for (const v1::UnitCoverage& unit : coverage.units()) {
    EXPECT_EQ(unit.plan(), unit.unit() == UnitOf("H00.20") ? child.name() : "")
        << unit.display_name();
  }
}

// shows: S4-02, S4-04, S4-14, S4-15, S4-16, S4-17, S4-18, S4-19, S4-20, S4-21, S4-22, S4-23, S4-24
// shows: S4-26, S4-28, S4-31
TEST_F(PlanTest, TheDistrictsPlanKeepsItsWordsAndItsDoubts) {
  Launched(DemoPlan("dak-nong-2022-2025"));
  MoveTo("2023-03-20");
  const v1::Plan plan = Create(DemoPlan("krong-no-2023"));
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(plan.legal_bases(0).number(), "62/QĐ-UBND");
  EXPECT_EQ(plan.legal_bases(0).date().date(), "2023-01-09");
  EXPECT_EQ(plan.themes(0).year(), 2023);
  EXPECT_EQ(plan.movement_period().start_date(), "2023-01-01");
  EXPECT_EQ(plan.movement_period().end_date(), "2023-12-31");
  EXPECT_THAT(Codes(plan),
              ::testing::IsSupersetOf({"DOSSIER_TIME_BEFORE_PUBLICATION", "HIGHER_FORM_NOT_LISTED",
                                       "COLLECTIVE_WITHOUT_ITS_PEOPLE", "TEMPLATE_SUPERSEDED",
                                       "THRESHOLD_UNDEFINED"}));
  // Dossiers of 2023 are made in 2024: the successor is named, from the table of templates.
  const auto superseded =
      std::find_if(plan.findings().begin(), plan.findings().end(),
                   [](const v1::Finding& one) { return one.code() == "TEMPLATE_SUPERSEDED"; });
  EXPECT_THAT(
      superseded->text_vi(),
      ::testing::HasSubstr("Mẫu Báo cáo thành tích theo Nghị định số 98/2023/NĐ-CP của Chính "
                           "phủ (có hiệu lực từ 01/01/2024; Số của mẫu chưa được kiểm "
                           "chứng)"));
  ASSERT_THAT(plan.standards(), SizeIs(10));
  const auto standard = [&](const std::string& id) {
    for (const v1::Standard& one : plan.standards()) {
      if (one.id() == id) return one;
    }
    return v1::Standard();
  };
  EXPECT_EQ(standard("2.1.1").check(), v1::STANDARD_CHECK_MANUAL);
  EXPECT_THAT(standard("2.1.2").unset_parameters(), ElementsAre("min_activities"));
  EXPECT_THAT(standard("2.1.3").unset_parameters(), ElementsAre("min_on_time_ratio"));
  EXPECT_THAT(standard("2.1.4").unset_parameters(), ElementsAre("max_rank", "min_rank_gain"));
  EXPECT_EQ(standard("2.1.5").check(), v1::STANDARD_CHECK_REPORTS_ON_TIME);
  EXPECT_EQ(standard("2.1.6").check(), v1::STANDARD_CHECK_ONE_STOP);
  EXPECT_THAT(standard("2.1.7").unset_parameters(), IsEmpty());
  EXPECT_EQ(standard("2.1.8").check(), v1::STANDARD_CHECK_NO_DISCIPLINE_NO_COMPLAINT);
  EXPECT_THAT(plan.selection().shortlist_bands(), ElementsAre("Xuất sắc"));
  EXPECT_EQ(plan.award_dossier().original_sets(), 1);
  EXPECT_EQ(plan.award_dossier().documents(2).template_code(), "ND91-2017-MAU07");
  EXPECT_EQ(plan.roles(0).kind(), v1::PLAN_ROLE_KIND_COORDINATOR);
  EXPECT_EQ(plan.roles(0).unit().unit(), UnitOf("H00.20.01"));
  EXPECT_EQ(plan.signer().full_name(), "Bùi Ngọc Sơn");
  EXPECT_EQ(plan.signer().mode(), v1::SIGNING_MODE_UNSPECIFIED) << "the source does not show it";

  // A person decides about a doubt, with a reason; it stays told.
  v1::ResolveFindingRequest resolve = Named<v1::ResolveFindingRequest>(plan);
  resolve.set_finding_id("DOSSIER_TIME_BEFORE_PUBLICATION:award_dossier.preparation");
  resolve.set_decision(v1::FINDING_DECISION_ACCEPT_AS_IS);
  resolve.set_reason("lập hồ sơ sau khi công bố (kiểm thử)");
  const v1::Plan decided = Ask(plans(), &Stub::ResolveFinding, resolve);
  ASSERT_TRUE(status.ok()) << reason();
  for (const v1::Finding& one : decided.findings()) {
    EXPECT_EQ(one.has_resolution(), one.id() == resolve.finding_id()) << one.id();
  }
}

// A plan without a day of issue finds its issuer by today's codes.
TEST_F(PlanTest, ARepeatAfterTheIssuersCodeHasEndedGetsTheSameAnswer) {
  ASSERT_TRUE(
      ImportUnits("code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,"
                  "note\nH00.20.30,COMMUNE,Xã trước,H00.20,,2022-01-01,2022-12-31,yes,\n")
          .applied());
  v1::CreatePlanRequest request;
  *request.mutable_plan() = Small();
  request.mutable_plan()->mutable_issuer()->set_code("H00.20.30");
  request.mutable_plan()->clear_issue_date();
  request.set_request_id(Next());
  const v1::Plan made = Ask(plans(), &Stub::CreatePlan, request);
  ASSERT_TRUE(status.ok()) << reason();
  MoveTo("2023-01-10");
  const v1::Plan repeated = Ask(plans(), &Stub::CreatePlan, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(repeated.SerializeAsString(), made.SerializeAsString());
}

TEST_F(PlanTest, AnImpossibleDayInADateFieldIsRefused) {
  v1::Plan plan = Small();
  plan.mutable_movement_period()->set_end_date("2019-11-31");
  Create(plan);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "DATE_IMPOSSIBLE");
  EXPECT_THAT(fields(), ElementsAre("plan.movement_period.end_date"));
}

// shows: S3-19
// Whoever reads the launched plan makes dossiers by it: each document is asked for once and by
// kind.
TEST_F(PlanTest, ADossierNamesEachDocumentOnceAndOnlyKnownOnes) {
  v1::Plan plan = Small();
  for (int i = 0; i < 27; ++i) {
    plan.mutable_award_dossier()->add_documents()->set_document(
        v1::AWARD_DOCUMENT_ACHIEVEMENT_REPORT);
  }
  Create(plan);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(fields(), Contains("plan.award_dossier.documents[1].document"));
  for (const int kind : {0, 99}) {
    plan.mutable_award_dossier()->clear_documents();
    plan.mutable_award_dossier()->add_documents()->set_document(
        static_cast<v1::AwardDocument>(kind));
    Create(plan);
    EXPECT_THAT(fields(), ElementsAre("plan.award_dossier.documents[0].document")) << kind;
  }
  plan.mutable_award_dossier()->clear_documents();
  plan.mutable_award_dossier()->add_documents()->set_document(
      v1::AWARD_DOCUMENT_ACHIEVEMENT_REPORT);
  plan.mutable_award_dossier()->add_documents()->set_document(v1::AWARD_DOCUMENT_MINUTES);
  Create(plan);
  EXPECT_TRUE(status.ok()) << reason();
}

// A standard of nobody's would never be checked.
TEST_F(PlanTest, AStandardSaysWhoseItIs) {
  v1::Plan plan = Small();
  v1::Standard* standard = plan.add_standards();
  standard->set_id("2.1.1");
  standard->set_text("Thực hiện tốt kế hoạch");
  standard->set_check(v1::STANDARD_CHECK_MANUAL);
  Create(plan);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(fields(), ElementsAre("plan.standards[0].subject"));
  plan.mutable_standards(0)->set_subject(v1::SUBJECT_COLLECTIVE);
  Create(plan);
  EXPECT_TRUE(status.ok()) << reason();
}

class LargePlanTest : public PlanTest {
 protected:
  // Bytes of the plan made last, as it is kept.
  static size_t DocumentSize() {
    size_t size = 0;
    const absl::Status read = database().pool().ReadOnly(
        absl::Now() + absl::Seconds(20), [&](db::Session& session) -> absl::Status {
          return session.Query(
              [&](const db::Row& row) {
                size = static_cast<size_t>(row.Get<int64_t>(0));
                return absl::OkStatus();
              },
              "SELECT LENGTH(document) FROM plans ORDER BY plan_id DESC LIMIT 1");
        });
    EXPECT_TRUE(read.ok()) << read;
    return size;
  }
};

// The log holds a plan before and after each change, and its launch holds most of it anew: the
// largest plan that may be written goes all the way.
TEST_F(LargePlanTest, APlanAsLargeAsAllowedGoesAllTheWay) {
  constexpr size_t kLargest = size_t{384} * 1024;
  v1::Plan plan = Small();
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "ế";
  for (int i = 0; i < 6; ++i) {
    v1::Standard* standard = plan.add_standards();
    standard->set_id("2.1." + std::to_string(i));
    standard->set_subject(v1::SUBJECT_COLLECTIVE);
    standard->set_check(v1::STANDARD_CHECK_MANUAL);
    standard->set_text(text);
  }
  for (int i = 0; i < 2; ++i) plan.add_sections()->set_text(std::string(16000, 'a'));
  Create(plan);
  ASSERT_TRUE(status.ok()) << reason();
  const size_t left = kLargest - DocumentSize();
  ASSERT_LT(left, 4000u);
  plan.mutable_sections(0)->mutable_text()->append(left, 'a');
  plan.set_number("2");
  v1::UpdatePlanRequest request;
  *request.mutable_plan() = Create(plan);
  ASSERT_TRUE(status.ok()) << reason();
  ASSERT_EQ(DocumentSize(), kLargest);

  request.mutable_update_mask()->add_paths("sections");
  request.mutable_plan()->mutable_sections(1)->mutable_text()->append("a");
  request.set_reason(text.substr(0, size_t{500} * 3));
  request.set_request_id(Next());
  Ask(plans(), &Stub::UpdatePlan, request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(reason(), "PLAN_TOO_LARGE");
  EXPECT_THAT(fields(), ElementsAre("plan"));
  request.mutable_plan()->mutable_sections(1)->set_text(std::string(16000, 'b'));
  request.set_request_id(Next());
  const v1::Plan updated = Ask(plans(), &Stub::UpdatePlan, request);
  ASSERT_TRUE(status.ok()) << reason();
  const v1::Plan issued = Issue(updated);
  ASSERT_TRUE(status.ok()) << reason();
  Launch(issued);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(CountEvents("PlanLaunched"), 1);
}

TEST_F(PlanTest, AnImpossibleDayInWordsWaitsForAPerson) {
  v1::Plan plan = Small();
  plan.mutable_movement_period()->set_start_rule(v1::START_RULE_ISSUE_DATE);
  plan.mutable_movement_period()->set_phrase("từ ngày ban hành đến ngày 31 tháng 11 năm 2022");
  const v1::Plan made = Create(plan);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(made.movement_period().end_date(), "");
  Issue(made);
  EXPECT_EQ(reason(), "PLAN_UNRESOLVED");
  v1::ResolveFindingRequest resolve = Named<v1::ResolveFindingRequest>(made);
  resolve.set_finding_id("INVALID_DATE:movement_period.phrase");
  resolve.set_decision(v1::FINDING_DECISION_TAKE_PROPOSAL);
  Ask(plans(), &Stub::ResolveFinding, resolve);
  EXPECT_THAT(fields(), ElementsAre("reason"));
  resolve.set_reason("tháng 11 có 30 ngày (kiểm thử)");
  const v1::Plan decided = Ask(plans(), &Stub::ResolveFinding, resolve);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(decided.movement_period().end_date(), "2022-11-30");
  EXPECT_EQ(decided.movement_period().phrase(), plan.movement_period().phrase())
      << "the words stay";
  Issue(decided);
  EXPECT_TRUE(status.ok()) << reason();
}

TEST_F(PlanTest, ANumberIsTakenOnce) {
  Create(Small());
  ASSERT_TRUE(status.ok()) << reason();
  Create(Small());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(reason(), "PLAN_NUMBER_TAKEN");
  v1::Plan other = Small();
  other.mutable_issuer()->set_code("H00");
  Create(other);
  EXPECT_TRUE(status.ok()) << "another issuer counts for itself: " << reason();
}

TEST_F(PlanTest, UnknownUnitsAndUnitsOfAnotherTimeAreRefused) {
  v1::Plan plan = Small();
  plan.mutable_issuer()->set_code("H00.99");
  Create(plan);
  EXPECT_EQ(reason(), "UNKNOWN_UNIT");
  EXPECT_THAT(fields(), ElementsAre("plan.issuer.code"));
  plan = Small();
  plan.mutable_issuer()->clear_code();
  plan.mutable_issuer()->set_unit(UnitOf("H00.20"));
  plan.mutable_issue_date()->set_date("2021-05-05");
  Create(plan);
  EXPECT_EQ(reason(), "UNIT_NOT_VALID");
  EXPECT_THAT(fields(), ElementsAre("plan.issuer.unit"));
}

TEST_F(PlanTest, AWrongStateNamesTheLegalMoves) {
  const v1::Plan draft = Create(Small());
  Launch(draft);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reason(), "PLAN_STATE");
  EXPECT_EQ(platform::MetadataOf(platform::FromGrpc(status), "legal_moves"),
            "UpdatePlan, ResolveFinding, IssuePlan, SetPlanTheme, ImportPlanTasks");
  EXPECT_THAT(platform::TextOf(platform::FromGrpc(status), "vi"),
              ::testing::StartsWith("kế hoạch đang ở trạng thái “dự thảo”, không thực hiện được"));
  const v1::Plan issued = Issue(draft);
  Supply(issued, "2", "2022-10-14");
  EXPECT_EQ(reason(), "PLAN_STATE");
}

TEST_F(PlanTest, AStaleEtagAndAUsedRequestId) {
  const v1::Plan draft = Create(Small());
  const v1::Plan changed = Supply(draft, "2", "2022-10-14");
  ASSERT_TRUE(status.ok()) << reason();
  Issue(draft);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(reason(), "ETAG_MISMATCH");
  v1::IssuePlanRequest issue = Named<v1::IssuePlanRequest>(changed);
  const v1::Plan issued = Ask(plans(), &Stub::IssuePlan, issue);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_EQ(Ask(plans(), &Stub::IssuePlan, issue).etag(), issued.etag())
      << "a repeat gets the first answer";
  EXPECT_TRUE(status.ok()) << reason();
  issue.set_etag("\"77\"");
  Ask(plans(), &Stub::IssuePlan, issue);
  EXPECT_EQ(reason(), "REQUEST_ID_REUSED");
}

TEST_F(PlanTest, ARehearsalOfALaunchLeavesThePlanIssued) {
  const v1::Plan issued = Issue(Create(Small()));
  v1::LaunchPlanRequest launch = Named<v1::LaunchPlanRequest>(issued);
  launch.set_validate_only(true);
  EXPECT_EQ(Ask(plans(), &Stub::LaunchPlan, launch).state(), v1::PLAN_STATE_LAUNCHED);
  v1::GetPlanRequest get;
  get.set_name(issued.name());
  EXPECT_EQ(Ask(plans(), &Stub::GetPlan, get).state(), v1::PLAN_STATE_ISSUED);
  EXPECT_EQ(CountEvents("PlanLaunched"), 0);
}

TEST_F(PlanTest, NotBeforeTheDayOfIssueAndNotWithoutParticipants) {
  v1::Plan later = Small();
  later.mutable_issue_date()->set_date("2022-10-20");
  Launch(Issue(Create(later)));
  EXPECT_EQ(reason(), "PLAN_NOT_BEGUN");
  v1::Plan nobody = Small();
  nobody.set_number("2");
  nobody.mutable_participant_groups(0)->mutable_scopes(0)->set_type(v1::UNIT_TYPE_VERTICAL_BRANCH);
  Launch(Issue(Create(nobody)));
  EXPECT_EQ(reason(), "PLAN_NO_PARTICIPANTS");
}

TEST_F(PlanTest, WhoTakesPartMayReadAndNobodyElse) {
  const v1::Plan draft = Create(Small());
  v1::GetPlanRequest get;
  get.set_name(draft.name());
  const std::string commune =
      TokenAt(UnitOf("H00.20.11"), {"campaign.plans.read", "campaign.plans.write"});
  const std::string department =
      TokenAt(UnitOf("H00.01"), {"campaign.plans.read", "campaign.plans.write"});
  Ask(plans(), &Stub::GetPlan, get, commune);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << "a draft is its issuer's";
  Launch(Issue(draft));
  Ask(plans(), &Stub::GetPlan, get, commune);
  EXPECT_TRUE(status.ok()) << reason();
  EXPECT_THAT(Ask(plans(), &Stub::ListPlans, v1::ListPlansRequest(), commune).plans(), SizeIs(1));
  Ask(plans(), &Stub::GetPlan, get, department);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(Ask(plans(), &Stub::ListPlans, v1::ListPlansRequest(), department).plans(),
              IsEmpty());
  v1::Plan other = Small();
  other.set_number("9");
  Create(other, department);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

// shows: S0-15
TEST_F(PlanTest, AUnitAcknowledgesOnceAndForItselfOnly) {
  const v1::Plan plan = Launch(Issue(Create(Small())));
  const std::string unit = UnitOf("H00.20.11");
  v1::AcknowledgePlanRequest request;
  request.set_name(plan.name());
  request.set_unit(unit);
  request.set_request_id(Next());
  Ask(plans(), &Stub::AcknowledgePlan, request,
      TokenAt(UnitOf("H00.20.12"), {"campaign.reports.write"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const std::string token = TokenAt(unit, {"campaign.reports.write"});
  EXPECT_EQ(Ask(plans(), &Stub::AcknowledgePlan, request, token).acknowledge_date(), "2022-10-14")
      << reason();
  request.set_request_id(Next());
  Ask(plans(), &Stub::AcknowledgePlan, request, token);
  EXPECT_EQ(reason(), "ACKNOWLEDGED");
  request.set_unit(UnitOf("H00.01"));
  request.set_request_id(Next());
  Ask(plans(), &Stub::AcknowledgePlan, request);
  EXPECT_EQ(reason(), "NOT_A_PARTICIPANT");
  // Who may not read it learns no more than that there is none.
  Ask(plans(), &Stub::AcknowledgePlan, request,
      TokenAt(request.unit(), {"campaign.reports.write"}));
  EXPECT_EQ(reason(), "UNKNOWN_PLAN");
}

// shows: S2-01, S2-08
TEST_F(PlanTest, ThemesAreChosenYearByYear) {
  v1::Plan two_years = Small();
  two_years.mutable_movement_period()->set_start_rule(v1::START_RULE_ISSUE_DATE);
  two_years.mutable_movement_period()->set_end_date("2023-06-30");
  const v1::Plan plan = Launch(Issue(Create(two_years)));
  v1::SetPlanThemeRequest request = Named<v1::SetPlanThemeRequest>(plan);
  request.mutable_theme()->set_year(2023);
  request.mutable_theme()->set_text("Chủ đề thử");
  const v1::Plan themed = Ask(plans(), &Stub::SetPlanTheme, request);
  ASSERT_TRUE(status.ok()) << reason();
  EXPECT_THAT(themed.themes(), SizeIs(1));
  ASSERT_THAT(themed.years(), SizeIs(2));
  EXPECT_EQ(themed.years(0).theme(), "");
  EXPECT_EQ(themed.years(1).theme(), "Chủ đề thử");
  EXPECT_EQ(themed.years(1).start_date(), "2023-01-01");
  EXPECT_EQ(themed.years(1).end_date(), "2023-06-30");
}

}  // namespace
}  // namespace thidua::campaign::plans
