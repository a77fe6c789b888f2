// CriteriaService over real gRPC and a real database.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/testing/round_fixture.h"

namespace thidua::scoring::criteria {
namespace {

using test::Fields;
using test::Reason;
using test::WithToken;
using ::testing::ElementsAre;

class CriteriaServiceTest : public RoundTest {};

TEST_F(CriteriaServiceTest, ACriteriaSetIsDraftedCheckedPublishedAndReplaced) {
  v1::CriteriaSet broken = Set();
  broken.clear_rounding();
  broken.mutable_fields(0)->set_max_points("99");
  v1::CriteriaSet draft = Created(broken);
  EXPECT_EQ(draft.version(), 1);
  EXPECT_EQ(draft.state(), v1::CRITERIA_SET_STATE_DRAFT);
  ASSERT_EQ(draft.defects_size(), 3);
  v1::CriteriaSet published;
  EXPECT_EQ(Reason(Publish(draft, &published)), "CRITERIA_SET_DEFECTIVE");

  v1::UpdateCriteriaSetRequest update;
  *update.mutable_criteria_set() = Set();
  update.mutable_criteria_set()->set_name(draft.name());
  update.mutable_criteria_set()->set_etag("\"7\"");
  update.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft)),
            "ETAG_MISMATCH");
  update.mutable_criteria_set()->set_etag(draft.etag().empty() ? "\"1\"" : draft.etag());
  update.set_request_id(Id());
  Must(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft));
  EXPECT_EQ(draft.defects_size(), 0);

  // A draft is for those who may read at its unit; a published set for all who may read somewhere.
  v1::GetCriteriaSetRequest get;
  get.set_name(draft.name());
  v1::CriteriaSet read;
  EXPECT_EQ(Reason(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read)),
            "CRITERIA_SET_NOT_FOUND");
  Must(Publish(draft, &published));
  Must(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read));
  EXPECT_EQ(read.publish_date(), "2024-02-15");
  EXPECT_EQ(read.content_sha256(), draft.content_sha256());
  update.mutable_criteria_set()->set_etag(published.etag());
  update.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->UpdateCriteriaSet(WithToken(HomeAffairs()).get(), update, &draft)),
            "CRITERIA_SET_NOT_DRAFT");

  const v1::CriteriaSet second = Created(Set());
  EXPECT_EQ(second.version(), 2);
  v1::CriteriaSet newer;
  Must(Publish(second, &newer));
  Must(criteria_->GetCriteriaSet(WithToken(Officer(0)).get(), get, &read));
  EXPECT_EQ(read.state(), v1::CRITERIA_SET_STATE_SUPERSEDED);
  EXPECT_EQ(read.superseded_by(), newer.name());
  v1::ListCriteriaSetsRequest list;
  list.set_block("xa");
  v1::ListCriteriaSetsResponse listed;
  Must(criteria_->ListCriteriaSets(WithToken(Officer(0)).get(), list, &listed));
  EXPECT_EQ(listed.criteria_sets_size(), 2);

  v1::CreateCriteriaSetRequest create;
  *create.mutable_criteria_set() = Set();
  create.set_request_id(Id());
  EXPECT_EQ(Reason(criteria_->CreateCriteriaSet(WithToken(Officer(0)).get(), create, &read)),
            "PERMISSION_DENIED");
  create.mutable_criteria_set()->set_block("Khối xã");
  create.mutable_criteria_set()->set_valid_from("2023-02-30");
  EXPECT_THAT(Fields(criteria_->CreateCriteriaSet(WithToken(HomeAffairs()).get(), create, &read)),
              ElementsAre("criteria_set.block", "criteria_set.valid_from"));
}

TEST_F(CriteriaServiceTest, RuleTypesSayWhichValuesTheirParametersTake) {
  v1::ListRuleTypesResponse listed;
  Must(criteria_->ListRuleTypes(WithToken(Officer(0)).get(), {}, &listed));
  int percents = 0;
  for (const v1::RuleType& type : listed.rule_types()) {
    for (const v1::RuleParameter& parameter : type.parameters()) {
      const std::string where = type.type() + "." + parameter.name();
      EXPECT_NE(parameter.kind(), v1::RULE_PARAMETER_KIND_UNSPECIFIED) << where;
      EXPECT_EQ(parameter.kind() == v1::RULE_PARAMETER_KIND_CHOICE,
                parameter.allowed_values_size() > 0)
          << where;
      const bool percent = parameter.kind() == v1::RULE_PARAMETER_KIND_PERCENT;
      EXPECT_EQ(percent, parameter.name() == "floor_percent") << where;
      EXPECT_EQ(parameter.min_value(), percent ? "0" : "") << where;
      EXPECT_EQ(parameter.max_value(), percent ? "100" : "") << where;
      percents += percent ? 1 : 0;
    }
  }
  EXPECT_EQ(percents, 1);
}

}  // namespace
}  // namespace thidua::scoring::criteria
