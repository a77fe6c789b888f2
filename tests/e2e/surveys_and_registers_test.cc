// What a unit's points rest on besides reports: surveys, registers, dossiers by channel. The
// figures of a published score are those of the source that vouches for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "e2e/ranking_oracle.h"
#include "e2e/stack.h"
#include "thiduactl/demo/dossier_generator.h"
#include "thiduactl/demo/participants.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

constexpr char kSurveys[] = "scoring.v1.SurveyService/";
constexpr char kRegisters[] = "scoring.v1.RegisterService/";

const std::vector<ctl::demo::Participant>& Communes() { return ctl::demo::Communes().units; }

// The district's survey of 2023 that was published first (`first`) or corrects it.
json SurveyOf2023(Stack& stack, bool first) {
  const json list = stack.Get(std::string(kSurveys) + "ListSurveys",
                              {{"unit", stack.Unit("H00.20")}, {"kind", "sipas"}, {"year", 2023}});
  for (const json& survey : list["surveys"]) {
    if ((survey["corrects"] == "") != first) continue;
    return stack.Get(std::string(kSurveys) + "GetSurvey", {{"name", survey["name"]}});
  }
  ADD_FAILURE() << "no such survey: " << list.dump();
  return json::object();
}

json ResultOf(Stack& stack, const json& survey, const std::string& unit_code) {
  const std::string unit = stack.Unit(unit_code);
  for (const json& result : survey["results"]) {
    if (result["unit"] == unit) return result;
  }
  return nullptr;
}

// The register of the district for 2023, with its figures by unit.
struct Figures {
  json source;
  std::map<std::string, json> of_unit;
};
Figures RegisterOf(Stack& stack, const std::string& kind) {
  const json list = stack.Get(
      std::string(kRegisters) + "ListRegisters",
      {{"unit", stack.Unit("H00.20")}, {"kind", "REGISTER_KIND_" + kind}, {"year", 2023}});
  Figures figures;
  if (list.is_null() || list["registers"].size() != 1) {
    ADD_FAILURE() << "not one register of " << kind;
    return figures;
  }
  figures.source =
      stack.Get(std::string(kRegisters) + "GetRegister", {{"name", list["registers"][0]["name"]}});
  for (const json& one : figures.source["figures"]) {
    figures.of_unit[one["unit"].get<std::string>()] = one;
  }
  EXPECT_NE(figures.source["document_number"], "");
  EXPECT_THAT(figures.source["source_note"].get<std::string>(), HasSubstr("trình diễn"))
      << "made up, and told so";
  return figures;
}

// Every unit of both blocks has the points that its survey gives.
// shows: S4-12
TEST(Satisfaction, IsTheIndexThatThePublishedSurveyFound) {
  Stack& stack = Stack::WithDemo();
  const json survey = SurveyOf2023(stack, /*first=*/true);
  EXPECT_EQ(survey["source_document"]["number"], "15/BC-UBND (trình diễn)");
  EXPECT_THAT(survey["source_note"].get<std::string>(), HasSubstr("trình diễn"));
  const json publication = stack.Publication();
  for (const ctl::demo::Participant& unit : Communes()) {
    const json result = ResultOf(stack, survey, unit.code);
    ASSERT_FALSE(result.is_null()) << unit.code;
    const json leaf = LeafOf(WhyOf(stack, publication, unit.code), "3.3");
    EXPECT_EQ(leaf["rule_type"], "SURVEY");
    EXPECT_EQ(leaf["inputs"]["index_percent"], result["index_percent"]) << unit.code;
    EXPECT_EQ(leaf["inputs"]["respondents"], std::to_string(result["respondents"].get<int>()));
    EXPECT_TRUE(ScoreOf(leaf, "SELF").is_null()) << "nobody scores their own survey";
    EXPECT_EQ(Hundredths(leaf["points"]),
              std::min<int64_t>(1000, HalfUp(1000 * Hundredths(result["index_percent"]), 9000)));
  }
}

// A unit that a survey has left out is not yet scored, which is not zero.
TEST(Satisfaction, OfAUnitThatTheSurveyLeftOutIsNotKnownUntilTheSurveyIsCorrected) {
  Stack& stack = Stack::WithDemo();
  const json first = SurveyOf2023(stack, /*first=*/true);
  const json corrected = SurveyOf2023(stack, /*first=*/false);
  EXPECT_TRUE(ResultOf(stack, first, "H00.20.02").is_null());
  EXPECT_EQ(first["state"], "SURVEY_STATE_SUPERSEDED");
  EXPECT_EQ(first["superseded_by"], corrected["name"]);
  EXPECT_EQ(corrected["corrects"], first["name"]);
  EXPECT_NE(corrected["correction_reason"], "");
  const json result = ResultOf(stack, corrected, "H00.20.02");
  ASSERT_FALSE(result.is_null());
  const json leaf =
      LeafOf(WhyOf(stack, CurrentPublication(stack, "phong", 2023), "H00.20.02"), "3.2");
  EXPECT_EQ(leaf["inputs"]["index_percent"], result["index_percent"]);
  // What was computed first is kept: no points then, the index of the correction later.
  std::vector<std::string> computed;
  for (const json& entry : leaf["entries"]) {
    if (entry["layer"] == "SCORE_LAYER_COMPUTED") computed.push_back(entry["status"]);
  }
  EXPECT_EQ(computed,
            (std::vector<std::string>{"SCORE_STATUS_NOT_YET_SCORED", "SCORE_STATUS_SCORED"}));
}

// shows: S4-09
TEST(OneStop, AHundredPercentOfTheProceduresIsTheTarget) {
  Stack& stack = Stack::WithDemo();
  const Figures figures = RegisterOf(stack, "ONE_STOP_PROCEDURES");
  const json publication = stack.Publication();
  int below = 0;
  for (const ctl::demo::Participant& unit : Communes()) {
    const json& told = figures.of_unit.at(stack.Unit(unit.code));
    const json leaf = LeafOf(WhyOf(stack, publication, unit.code), "3.2");
    EXPECT_EQ(leaf["rule_parameters"]["target_percent"], "100");
    EXPECT_EQ(leaf["inputs"]["numerator"], told["counted"]) << unit.code;
    EXPECT_EQ(leaf["inputs"]["denominator"], told["total"]) << unit.code;
    const bool all = told["counted"] == told["total"];
    EXPECT_EQ(leaf["points"] == leaf["max_points"], all) << leaf.dump();
    below += all ? 0 : 1;
  }
  EXPECT_GT(below, 0);
}

// shows: S4-13
TEST(Discipline, AHundredPercentOfTheOfficialsWithoutViolationIsTheTarget) {
  Stack& stack = Stack::WithDemo();
  const Figures figures = RegisterOf(stack, "VIOLATIONS");
  int violators = 0;
  for (const char* block : {"xa", "phong"}) {
    const json publication = CurrentPublication(stack, block, 2023);
    for (const json& entry : publication["entries"]) {
      const json& told = figures.of_unit.at(entry["unit"]);
      const json why = stack.Get("scoring.v1.RankingService/ExplainRank",
                                 {{"publication", publication["name"]}, {"unit", entry["unit"]}});
      const json leaf = LeafOf(why, "5.1");
      EXPECT_EQ(leaf["rule_parameters"]["target_percent"], "100");
      EXPECT_EQ(leaf["inputs"]["denominator"], told["total"]) << entry.dump();
      EXPECT_EQ(leaf["inputs"]["violators"], told["counted"]) << entry.dump();
      EXPECT_EQ(leaf["points"] == leaf["max_points"], told["counted"] == "0") << leaf.dump();
      violators += std::stoi(told["counted"].get<std::string>());
      if (std::string(block) == "phong") {
        EXPECT_EQ(LeafOf(why, "TR.2")["inputs"]["count"], told["counted"]) << "and taken off";
      }
    }
  }
  EXPECT_GT(violators, 0);
}

// No petition that was right, no wrong dossier, no late one: full points and nothing taken off for
// none of them, less for the first.
// shows: S4-11
TEST(ZeroTolerance, PetitionsWrongAndLateDossiersAreCountedAndTheFirstCosts) {
  Stack& stack = Stack::WithDemo();
  const Figures petitions = RegisterOf(stack, "PETITIONS");
  const Figures wrong = RegisterOf(stack, "WRONG_DOSSIERS");
  const json publication = stack.Publication();
  const json rows = ctl::demo::DossiersOfYear(2023, Stack::kDossiers / 2);
  int with = 0, without = 0;
  for (const ctl::demo::Participant& unit : Communes()) {
    const json why = WhyOf(stack, publication, unit.code);
    for (const auto& [code, figures] : {std::pair("5.2", &petitions), {"3.4", &wrong}}) {
      const json leaf = LeafOf(why, code);
      const json& told = figures->of_unit.at(stack.Unit(unit.code));
      const bool none = told["counted"] == "0";
      EXPECT_EQ(leaf["points"] == leaf["max_points"], none) << unit.code << leaf.dump();
      EXPECT_EQ(InputsOf(leaf)["count"], told["counted"]) << unit.code << leaf.dump();
      ++(none ? without : with);
    }
    int late = 0;
    for (const json& row : rows) {
      late += row["unit_code"] == unit.code && row["finished_date"] > row["due_date"] ? 1 : 0;
    }
    const json taken = LeafOf(why, "TR.2");
    EXPECT_EQ(taken["inputs"]["count"], std::to_string(late)) << unit.code;
    EXPECT_EQ(taken["points"] == "0", late == 0) << taken.dump();
  }
  EXPECT_GT(with, 0);
  EXPECT_GT(without, 0);
  EXPECT_EQ(with + without, 2 * 12) << "two registers, all communes";
}

// What was pushed is counted here once more, by channel and by level of service.
// shows: S4-10
TEST(Channels, SharesOfDossiersAreThoseOfTheDossiersPushed) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  std::map<std::string, std::map<std::string, int>> counts;
  for (const json& row : ctl::demo::DossiersOfYear(2023, Stack::kDossiers / 2)) {
    std::map<std::string, int>& of_unit = counts[row["unit_code"]];
    const bool full = row["service_level"] == "SERVICE_LEVEL_FULL";
    ++of_unit["all"];
    ++of_unit[row["channel"]];
    of_unit["full"] += full ? 1 : 0;
    of_unit["full online"] += full && row["channel"] == "DOSSIER_CHANNEL_ONLINE" ? 1 : 0;
  }
  int looked_at = 0;
  for (const ctl::demo::Participant& unit : Communes()) {
    std::map<std::string, int>& own = counts[unit.code];
    const json why = WhyOf(stack, publication, unit.code);
    const auto expect = [&](const char* criterion, const char* part, const char* whole) {
      const json leaf = LeafOf(why, criterion);
      const json inputs = InputsOf(leaf);
      EXPECT_EQ(inputs["numerator"], std::to_string(own[part])) << unit.code << leaf.dump();
      EXPECT_EQ(inputs["denominator"], std::to_string(own[whole])) << unit.code;
      ++looked_at;
    };
    expect("7.1", "DOSSIER_CHANNEL_ONLINE", "all");
    expect("7.2", "full online", "full");
    expect("7.3", "DOSSIER_CHANNEL_POSTAL", "all");
    EXPECT_GT(own["DOSSIER_CHANNEL_DIRECT"], 0);
  }
  EXPECT_EQ(looked_at, 3 * 12) << "three criteria, all communes";
}

}  // namespace
}  // namespace thidua::e2e
