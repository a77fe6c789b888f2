// CriteriaService over real gRPC and a real database.
#include <map>
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
  std::map<v1::RuleParameterKind, int> kinds;
  for (const v1::RuleType& type : listed.rule_types()) {
    for (const v1::RuleParameter& parameter : type.parameters()) {
      const std::string where = type.type() + "." + parameter.name();
      const v1::RuleParameterKind kind = parameter.kind();
      ++kinds[kind];
      EXPECT_EQ(kind == v1::RULE_PARAMETER_KIND_CHOICE, parameter.allowed_values_size() > 0)
          << where;
      const bool number = kind == v1::RULE_PARAMETER_KIND_PERCENT ||
                          kind == v1::RULE_PARAMETER_KIND_POINTS ||
                          kind == v1::RULE_PARAMETER_KIND_WHOLE_NUMBER;
      EXPECT_EQ(number, !parameter.min_value().empty()) << where;
      EXPECT_EQ(number, !parameter.max_value().empty()) << where;
      if (parameter.name() == "floor_percent") {
        EXPECT_EQ(kind, v1::RULE_PARAMETER_KIND_PERCENT);
        EXPECT_EQ(parameter.min_value(), "0");
        EXPECT_EQ(parameter.max_value(), "100");
      } else if (parameter.name() == "target_percent") {
        EXPECT_EQ(kind, v1::RULE_PARAMETER_KIND_PERCENT);
        EXPECT_EQ(parameter.min_value(), "0.000001");
      }
    }
  }
  for (const v1::RuleParameterKind kind :
       {v1::RULE_PARAMETER_KIND_CHOICE, v1::RULE_PARAMETER_KIND_PERCENT,
        v1::RULE_PARAMETER_KIND_LEVELS, v1::RULE_PARAMETER_KIND_POINTS,
        v1::RULE_PARAMETER_KIND_WHOLE_NUMBER, v1::RULE_PARAMETER_KIND_CODE}) {
    EXPECT_GT(kinds[kind], 0) << v1::RuleParameterKind_Name(kind);
  }
  EXPECT_EQ(kinds[v1::RULE_PARAMETER_KIND_UNSPECIFIED], 0);
}

}  // namespace
}  // namespace thidua::scoring::criteria
