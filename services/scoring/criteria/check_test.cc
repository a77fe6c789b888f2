#include "scoring/criteria/check.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/criteria/scheme.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::criteria {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Found(const Definition& set) {
  std::vector<std::string> found;
  for (const Defect& defect : Check(set)) {
    EXPECT_FALSE(defect.vi.empty());
    EXPECT_FALSE(defect.en.empty());
    found.push_back((defect.severity == Severity::kError ? "E " : "W ") + defect.reason + " " +
                    defect.field);
  }
  return found;
}

// R-SCO-08
TEST(CheckTest, AWholeSetHasNoDefect) { EXPECT_THAT(Found(testing::CommuneSet()), IsEmpty()); }

// R-SCO-08 Real decisions have maxima that do not add up (10.05 for 10.5; footnote 10 for a group
// of 20): stored as written, said, publishable.
TEST(CheckTest, MaximaThatDoNotSumAreWarnings) {
  Definition set = testing::CommuneSet();
  set.fields[0].max_points = "80.05";
  EXPECT_THAT(Found(set), ElementsAre("W MAXIMA_DO_NOT_SUM fields[0]"));
  set = testing::CommuneSet();
  set.fields[1].criteria[0].max_points = "10";
  EXPECT_THAT(Found(set), ElementsAre("W MAXIMA_DO_NOT_SUM fields[1]", "W TOTAL_NOT_100 fields"));
  EXPECT_TRUE(Scheme::Compile(set).has_value());
}

TEST(CheckTest, SubCriteriaAreAddedUp) {
  Definition set = testing::CommuneSet();
  Criterion parent = testing::Leaf("II.2", "20", testing::Manual());
  parent.rule.reset();
  parent.children = {testing::Leaf("II.2.1", "15", testing::Manual()),
                     testing::Leaf("II.2.2", "5", testing::Manual())};
  set.fields[1].criteria = {parent};
  EXPECT_THAT(Found(set), IsEmpty());
  EXPECT_EQ(Scheme::Compile(set)->leaves().size(), 4u);
  set.fields[1].criteria[0].children[0].max_points = "14";
  EXPECT_THAT(Found(set),
              ElementsAre("W MAXIMA_DO_NOT_SUM fields[1].criteria[0]", "W TOTAL_NOT_100 fields"));
}

TEST(CheckTest, WhatCannotBeComputedIsAnError) {
  struct Case {
    const char* expected;
    void (*break_it)(Definition&);
  };
  const Case cases[] = {
      {"E CODE_DUPLICATE fields[1].criteria[0]",
       [](Definition& s) { s.fields[1].criteria[0].code = "I.1"; }},
      {"E CODE_MALFORMED fields[0]", [](Definition& s) { s.fields[0].code = "I 1"; }},
      {"E MAX_MALFORMED fields[0].criteria[0]",
       [](Definition& s) { s.fields[0].criteria[0].max_points = "20,5"; }},
      {"E MAX_MALFORMED fields[0].criteria[1]",
       [](Definition& s) { s.fields[0].criteria[1].max_points = "0"; }},
      {"E RULE_MISSING fields[1].criteria[0]",
       [](Definition& s) { s.fields[1].criteria[0].rule.reset(); }},
      {"E RULE_TYPE_UNKNOWN fields[1].criteria[0].rule.type",
       [](Definition& s) { s.fields[1].criteria[0].rule->type = "MAGIC"; }},
      {"E PARAMETER_MISSING fields[0].criteria[0].rule.parameters.metric",
       [](Definition& s) { s.fields[0].criteria[0].rule->parameters.erase("metric"); }},
      {"E PARAMETER_INVALID fields[0].criteria[0].rule.parameters.floor_percent",
       [](Definition& s) { s.fields[0].criteria[0].rule->parameters["floor_percent"] = "101"; }},
      {"E RULE_ON_PARENT fields[1].criteria[0]",
       [](Definition& s) {
         s.fields[1].criteria[0].children = {testing::Leaf("x", "20", testing::Manual())};
       }},
      {"E ROUNDING_INDEX_MISSING rounding", [](Definition& s) { s.rounding.pop_back(); }},
      {"E ROUNDING_NEEDED rounding", [](Definition& s) { s.rounding.erase(s.rounding.begin()); }},
      {"E ROUNDING_STAGE_TWICE rounding[2]",
       [](Definition& s) { s.rounding.push_back(s.rounding[0]); }},
      {"E ROUNDING_DECIMALS rounding[1]", [](Definition& s) { s.rounding[1].decimals = 7; }},
      {"E MAX_FINER_THAN_ROUNDING fields[1].criteria[0]",
       [](Definition& s) { s.fields[1].criteria[0].max_points = "20.005"; }},
      {"E BANDS_NOT_DESCENDING bands[1]", [](Definition& s) { s.bands[1].lower_bound = "90"; }},
      {"E BAND_NAME bands[1]", [](Definition& s) { s.bands[1].name = "Xuất sắc"; }},
      {"E BAND_BOUND_MALFORMED bands[2]",
       [](Definition& s) { s.bands[2].lower_bound = "bảy mươi"; }},
      {"E TIE_BREAK_UNKNOWN tie_break_criteria[0]",
       [](Definition& s) { s.tie_break_criteria = {"I"}; }},
      {"E TIE_BREAK_UNKNOWN tie_break_criteria[1]",
       [](Definition& s) {
         s.tie_break_criteria = {"I.1", "I.1"};
       }},
      {"E NO_LEAVES fields", [](Definition& s) { s.fields.clear(); }},
  };
  for (const Case& c : cases) {
    Definition set = testing::CommuneSet();
    c.break_it(set);
    EXPECT_THAT(Found(set), Contains(c.expected));
    EXPECT_FALSE(Scheme::Compile(set).has_value()) << c.expected;
  }
}

TEST(CheckTest, WhatTheDocumentDoesNotSayIsAWarning) {
  Definition set = testing::CommuneSet();
  set.fields[0].criteria[0].rule->parameters.erase("when_none");
  EXPECT_THAT(
      Found(set),
      ElementsAre("W WHEN_NONE_NOT_DECLARED fields[0].criteria[0].rule.parameters.when_none"));
  set = testing::CommuneSet();
  set.bands.pop_back();
  EXPECT_THAT(Found(set), ElementsAre("W BANDS_DO_NOT_REACH_ZERO bands"));
  set.bands.clear();
  EXPECT_THAT(Found(set), ElementsAre("W NO_BANDS bands"));
  set = testing::CommuneSet();
  set.bands.insert(set.bands.begin(), {"Vượt trội", "100.5"});
  EXPECT_THAT(Found(set), ElementsAre("W BAND_UNREACHABLE bands[0]"));
}

TEST(CheckTest, DeepTreesAreRefused) {
  Definition set = testing::CommuneSet();
  Criterion criterion = testing::Leaf("d4", "20", testing::Manual());
  for (int depth = 3; depth >= 1; --depth) {
    Criterion parent = testing::Leaf("d" + std::to_string(depth), "20", testing::Manual());
    parent.rule.reset();
    parent.children = {criterion};
    criterion = parent;
  }
  set.fields[1].criteria = {criterion};
  EXPECT_THAT(Found(set),
              Contains("E TREE_TOO_DEEP fields[1].criteria[0].sub_criteria[0].sub_criteria[0]"));
}

// R-SCO-54 Bonus and deduction are not part of the 100, may come to more than their caps, and need
// a declaration of how they enter the index.
TEST(CheckTest, ExtraPointsAreDeclared) {
  EXPECT_THAT(Found(testing::SetWithExtraPoints()), IsEmpty());
  struct Case {
    const char* expected;
    void (*break_it)(Definition&);
  };
  const Case errors[] = {
      {"E EXTRA_POINTS_NOT_DECLARED extra_points", [](Definition& s) { s.extra_points.reset(); }},
      {"E EXTRA_POINTS_WITHOUT_FIELDS extra_points", [](Definition& s) { s.fields.resize(2); }},
      {"E CAP_MALFORMED extra_points.bonus_cap",
       [](Definition& s) { s.extra_points->bonus_cap = "0"; }},
      {"E CAP_MALFORMED extra_points.deduction_cap",
       [](Definition& s) { s.extra_points->deduction_cap = "năm"; }},
      {"E INDEX_MAX_MALFORMED extra_points.index_max",
       [](Definition& s) { s.extra_points->index_max = "99"; }},
      {"E INDEX_MAX_FINER_THAN_ROUNDING extra_points.index_max",
       [](Definition& s) { s.extra_points->index_max = "100.005"; }},
      {"E RULE_TYPE_NOT_IN_THIS_FIELD fields[0].criteria[0].rule.type",
       [](Definition& s) { s.fields[0].criteria[0].rule = testing::PerReport("BONUS", "1"); }},
      {"E RULE_TYPE_NOT_IN_THIS_FIELD fields[2].criteria[0].rule.type",
       [](Definition& s) { s.fields[2].criteria[0].rule = testing::PerReport("DEDUCTION", "1"); }},
      {"E TIE_BREAK_IS_DEDUCTION tie_break_criteria[0]",
       [](Definition& s) { s.tie_break_criteria = {"IV.1"}; }},
      {"E LEVEL_ABOVE_MAXIMUM fields[0].criteria[0].rule.parameters.levels",
       [](Definition& s) {
         s.fields[0].criteria[0].rule =
             Rule{"LEVEL_TABLE",
                  {{"metric", "DOSSIERS_ON_TIME"}, {"levels", ">=95:61"}, {"when_none", "ZERO"}}};
       }},
  };
  for (const Case& c : errors) {
    Definition set = testing::SetWithExtraPoints();
    c.break_it(set);
    EXPECT_THAT(Found(set), Contains(c.expected));
    EXPECT_FALSE(Scheme::Compile(set).has_value()) << c.expected;
  }
  Definition set = testing::SetWithExtraPoints();
  set.fields[2].max_points = "14";
  set.extra_points->deduction_cap = "6";
  EXPECT_THAT(Found(set), ElementsAre("W CAP_UNREACHABLE fields[2]",
                                      "W CAP_UNREACHABLE extra_points.deduction_cap"));
  // An index above 100 is a band that can be reached, where nothing stops the index there.
  set = testing::SetWithExtraPoints();
  set.bands.insert(set.bands.begin(), {"Vượt trội", "102"});
  EXPECT_THAT(Found(set), ElementsAre("W BAND_UNREACHABLE bands[0]"));
  set.extra_points->index_max.clear();
  EXPECT_THAT(Found(set), IsEmpty());
}

}  // namespace
}  // namespace thidua::scoring::criteria
