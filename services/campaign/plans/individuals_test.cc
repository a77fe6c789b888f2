// People in scope of a plan as callers see them.
#include <map>
#include <set>

#include "campaign/testing/plan_test.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::PlanService::Stub;

class IndividualsTest : public PlanTest {
 protected:
  v1::ListPlanIndividualsResponse List(const v1::Plan& plan, const std::string& token = "",
                                       const std::string& as_of = "") {
    v1::ListPlanIndividualsRequest request;
    request.set_name(plan.name());
    request.set_page_size(100);
    request.set_as_of(as_of);
    return Ask(plans(), &Stub::ListPlanIndividuals, request, token);
  }
  // People by unit code.
  std::map<std::string, int> ByUnit(const v1::ListPlanIndividualsResponse& found) {
    std::map<std::string, int> by_unit;
    for (const char* code : {"H00", "H00.01", "H00.20", "H00.20.01", "H00.20.11", "H00.20.12",
                             "H00.20.13", "H00.20.14", "H00.20.15"}) {
      const std::string unit = UnitOf(code);
      for (const v1::PlanIndividual& one : found.individuals()) {
        if (one.unit() == unit) ++by_unit[code];
      }
    }
    return by_unit;
  }
};

// shows: S2-05
TEST_F(IndividualsTest, PeopleOfDepartmentsDistrictsAndCommunesAreInScope) {
  const v1::Plan plan = Launched(DemoPlan("dak-nong-2022-2025"));
  const v1::ListPlanIndividualsResponse found = List(plan);
  ASSERT_TRUE(status.ok()) << reason();
  // The rooms of the district are a part of it; UBND tỉnh itself, the issuer, is not in scope.
  EXPECT_EQ(ByUnit(found), (std::map<std::string, int>{{"H00.01", 1},
                                                       {"H00.20", 6},
                                                       {"H00.20.01", 3},
                                                       {"H00.20.11", 1},
                                                       {"H00.20.12", 1},
                                                       {"H00.20.13", 1},
                                                       {"H00.20.14", 1},
                                                       {"H00.20.15", 1}}));
  EXPECT_EQ(found.individuals_size(), 15);
  for (const v1::PlanIndividual& one : found.individuals()) {
    EXPECT_NE(one.full_name(), "");
    EXPECT_NE(one.position(), "");
    EXPECT_NE(one.category(), v1::PERSON_CATEGORY_UNSPECIFIED);
  }
  EXPECT_THAT(List(plan, "", "2021-12-31").individuals(), IsEmpty()) << "before anybody's post";
}

TEST_F(IndividualsTest, EachReadingLeavesOneEntryAndPagesGoOn) {
  const v1::Plan plan = Launched(DemoPlan("dak-nong-2022-2025"));
  v1::ListPlanIndividualsRequest request;
  request.set_name(plan.name());
  request.set_page_size(4);
  std::set<std::string> seen;
  int calls = 0;
  do {
    const v1::ListPlanIndividualsResponse page = Ask(plans(), &Stub::ListPlanIndividuals, request);
    ASSERT_TRUE(status.ok()) << reason();
    for (const v1::PlanIndividual& one : page.individuals())
      EXPECT_TRUE(seen.insert(one.person()).second) << one.full_name();
    request.set_page_token(page.next_page_token());
    ++calls;
  } while (!request.page_token().empty());
  EXPECT_EQ(calls, 4);
  EXPECT_THAT(seen, SizeIs(15));
  EXPECT_EQ(CountEvents("PersonalDataRead"), calls);
}

TEST_F(IndividualsTest, ARightToPlansIsNoRightToPeople) {
  const v1::Plan plan = Launched(DemoPlan("dak-nong-2022-2025"));
  const std::string unit = UnitOf("H00.20.11");
  List(plan, TokenAt(unit, {"campaign.plans.read"}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(CountEvents("PersonalDataRead"), 0);
  EXPECT_EQ(ByUnit(List(plan, TokenAt(unit, {"campaign.people.read"}))),
            (std::map<std::string, int>{{"H00.20.11", 1}}))
      << "people at one's own units only";
}

TEST_F(IndividualsTest, KindsOfStaffThatAPlanDoesNotNameAreNotInScope) {
  v1::Plan plan = Small();
  v1::ParticipantGroup* people = plan.add_participant_groups();
  people->set_subject(v1::SUBJECT_INDIVIDUAL);
  people->add_scopes()->set_type(v1::UNIT_TYPE_COMMUNE);
  people->add_categories(v1::PERSON_CATEGORY_CADRE);
  const v1::Plan cadres = Launched(plan);
  EXPECT_THAT(List(cadres).individuals(), IsEmpty()) << "the communes' people are civil servants";
  plan.set_number("2");
  plan.mutable_participant_groups(1)->add_categories(v1::PERSON_CATEGORY_CIVIL_SERVANT);
  EXPECT_THAT(List(Launched(plan)).individuals(), SizeIs(5));
  plan.set_number("3");
  plan.mutable_participant_groups()->RemoveLast();
  EXPECT_THAT(List(Launched(plan)).individuals(), IsEmpty()) << "no group of people";
}

}  // namespace
}  // namespace thidua::campaign::plans
