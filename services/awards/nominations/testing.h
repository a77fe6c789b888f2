// Standards, facts and confirmations for the tests of the rules on standards.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "awards/nominations/rules_standards.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations::testing {

inline Standard Make(const std::string& id, const std::string& check,
                     std::map<std::string, std::string> parameters = {}) {
  return {id, "COLLECTIVE", "văn bản của " + id, check, std::move(parameters)};
}

inline Facts Known() {
  Facts facts;
  facts.as_of = absl::CivilDay(2024, 2, 10);
  facts.year = 2023;
  facts.plan_end = absl::CivilDay(2023, 12, 31);
  facts.unit_id = "unit";
  facts.ranking.sha256 = "c0ffee";
  facts.ranking.units = {{"unit", 2, 9, "Xuất sắc"}};
  return facts;
}

inline Confirmation Says(const std::string& id, const std::string& standard, bool met,
                         absl::CivilDay covers = absl::CivilDay(2024, 2, 1)) {
  return {
      id, standard, met, std::nullopt, absl::CivilDay(2024, 2, 1), covers, "theo văn bản kèm theo"};
}

inline Finding CheckOne(const Standard& standard, const Facts& facts) {
  const std::vector<Finding> findings = CheckStandards({standard}, facts);
  EXPECT_EQ(findings.size(), 1u);
  return findings.at(0);
}

}  // namespace thidua::awards::nominations::testing
