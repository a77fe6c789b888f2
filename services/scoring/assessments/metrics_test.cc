#include "scoring/assessments/metrics.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/criteria/rule_types.h"

namespace thidua::scoring::assessments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Every way to fill the parameters that are a choice; the others have their defaults.
std::vector<criteria::Parameters> EveryChoice(const criteria::RuleType& type) {
  std::vector<criteria::Parameters> all = {criteria::WithDefaults(type, {})};
  for (const criteria::ParameterSpec& spec : type.parameters) {
    if (spec.allowed.empty()) continue;
    std::vector<criteria::Parameters> filled;
    for (const criteria::Parameters& parameters : all) {
      for (const std::string& value : spec.allowed) {
        filled.push_back(parameters);
        filled.back()[spec.name] = value;
      }
    }
    all = std::move(filled);
  }
  return all;
}

// The metrics that a set may ask for with the type and that nobody can read.
std::vector<std::string> UnknownMetrics(const criteria::RuleType& type) {
  std::vector<std::string> unknown;
  if (type.metric == nullptr) return unknown;
  for (const criteria::Parameters& parameters : EveryChoice(type)) {
    const std::string metric = type.metric(parameters);
    if (!IsMetric(metric)) unknown.push_back(metric);
  }
  return unknown;
}

TEST(MetricsTest, EveryMetricThatASetMayNameCanBeRead) {
  for (const criteria::RuleType& type : criteria::RuleTypes()) {
    EXPECT_THAT(UnknownMetrics(type), IsEmpty()) << type.type;
  }
}

TEST(MetricsTest, ARowWithAMetricOfNobodyIsFound) {
  criteria::RuleType type = *criteria::FindRuleType("COUNT_RATIO");
  ASSERT_THAT(UnknownMetrics(type), IsEmpty());
  for (criteria::ParameterSpec& spec : type.parameters) {
    if (spec.name == "metric") spec.allowed.push_back("MEETINGS_HELD");
    if (spec.name == "when_none") spec.allowed = {"ZERO"};
  }
  EXPECT_THAT(UnknownMetrics(type), ElementsAre("MEETINGS_HELD"));
}

}  // namespace
}  // namespace thidua::scoring::assessments
