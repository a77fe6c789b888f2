// Steps 6 to 8 of the slice: nomination, dossier, council, decision, certificate, notices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "e2e/award_steps.h"
#include "e2e/effects.h"
#include "e2e/stack.h"
#include "platform/hash.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// shows: S4-26
TEST(Nomination, OnlyUnitsOfTheBandXuatSacAreInvited) {
  Stack& stack = Stack::WithDemo();
  std::set<std::string> excellent;
  const json publication = stack.Publication();
  for (const json& entry : publication["entries"]) {
    if (entry["band"] == "Xuất sắc") excellent.insert(entry["unit"].get<std::string>());
  }
  std::set<std::string> invited;
  for (const json& nomination : NominationsOf(stack, "COLLECTIVE")) {
    invited.insert(nomination["unit"].get<std::string>());
    EXPECT_EQ(nomination["publication_sha256"], publication["snapshot_sha256"]);
    EXPECT_EQ(nomination["filing_deadline"], "2024-02-23");
  }
  EXPECT_EQ(invited, excellent);
  // Who was chosen was told so; who was not was not.
  EXPECT_EQ(NoticesOf(stack, "KN-DM-01", "NOMINATION_INVITED").size(), 1u);
  EXPECT_EQ(NoticesOf(stack, "KN-QP-01", "NOMINATION_INVITED").size(), 0u);
  EXPECT_FALSE(excellent.empty());
  EXPECT_LT(excellent.size(), publication["entries"].size());
}

// shows: S4-28
TEST(Nomination, TheDossierWasReturnedOnceAndFiledAgainWithThreeDocumentsAndOneOriginalSet) {
  const json nomination = Stack::WithDemo().Nomination();
  ASSERT_EQ(nomination["filings"].size(), 2u);
  EXPECT_NE(nomination["filings"][0]["return_reason"], "");
  EXPECT_EQ(nomination["filings"][1]["return_reason"], "");
  for (const json& filing : nomination["filings"]) {
    EXPECT_EQ(filing["original_sets"], 1);
    std::set<std::string> kinds;
    for (const json& document : filing["documents"])
      kinds.insert(document["kind"].get<std::string>());
    EXPECT_EQ(kinds,
              (std::set<std::string>{"DOCUMENT_KIND_SUBMISSION_LETTER", "DOCUMENT_KIND_MINUTES",
                                     "DOCUMENT_KIND_ACHIEVEMENT_REPORT"}));
  }
  // The plan asks for it: one set, three documents, handed to Phòng Nội vụ, by a form that has
  // been superseded since.
  const json plan = Stack::WithDemo().ChildPlan();
  EXPECT_EQ(plan["award_dossier"]["original_sets"], 1);
  EXPECT_EQ(plan["award_dossier"]["documents"].size(), 3u);
  EXPECT_EQ(plan["award_dossier"]["submit_to"], "Phòng Nội vụ");
  std::set<std::string> codes;
  for (const json& finding : plan["findings"]) codes.insert(finding["code"]);
  EXPECT_EQ(codes.count("TEMPLATE_SUPERSEDED"), 1u);
}

json FindingOf(const std::string& id) {
  const auto findings = FindingsOf(Stack::WithDemo().Nomination());
  const auto found = findings.find(id);
  if (found == findings.end()) {
    ADD_FAILURE() << "standard " << id << " was not checked";
    return json::object({{"result", ""}, {"source", ""}, {"explanation", ""}});
  }
  EXPECT_NE(found->second["explanation"], "");
  return found->second;
}

TEST(Standards, ThoseOfIndividualsAreNotAskedOfAUnit) {
  const auto findings = FindingsOf(Stack::WithDemo().Nomination());
  EXPECT_EQ(findings.size(), 8u);
  EXPECT_EQ(findings.count("2.2.1"), 0u);
}

// The person's word that a finding names as its source.
json ConfirmationBehind(const json& finding) {
  Stack& stack = Stack::WithDemo();
  const json list = stack.Get("awards.v1.NominationService/ListStandardConfirmations",
                              {{"name", stack.Nomination()["name"]}, {"page_size", 100}});
  for (const json& confirmation : list["confirmations"]) {
    if (json::array({confirmation["confirmation_id"]}) == finding["source_refs"])
      return confirmation;
  }
  ADD_FAILURE() << "nobody's word is behind " << finding.dump();
  return json::object();
}

void ExpectConfirmedWithEvidence(const std::string& id) {
  Stack& stack = Stack::WithDemo();
  const json finding = FindingOf(id);
  EXPECT_EQ(finding["result"], "STANDARD_RESULT_MET") << finding.dump();
  EXPECT_EQ(finding["source"], "STANDARD_SOURCE_CONFIRMATION");
  const json confirmation = ConfirmationBehind(finding);
  EXPECT_EQ(confirmation["standard_id"], id);
  EXPECT_EQ(confirmation["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(confirmation["confirmer"], "person:" + IdIn(stack.Person("KN-PNV-01")));
  EXPECT_EQ(confirmation["confirm_date"], "2024-02-22");
  EXPECT_NE(confirmation["note"], "");
  const json file = stack.Get("awards.v1.FilesService/GetFile", {{"name", confirmation["file"]}});
  ASSERT_FALSE(file.is_null());
  EXPECT_EQ(file["state"], "FILE_STATE_COMPLETE");
  EXPECT_EQ(file["unit"], stack.Unit("H00.20.01")) << "evidence of who coordinates the plan";
}

// shows: S4-17
TEST(Standards, LeadershipIsConfirmedByAPersonWithEvidence) {
  ExpectConfirmedWithEvidence("2.1.1");
}

// shows: S4-18
TEST(Standards, PropagandaIsConfirmedWithTheNumberOfActivities) {
  ExpectConfirmedWithEvidence("2.1.2");
  EXPECT_EQ(ConfirmationBehind(FindingOf("2.1.2"))["activity_count"], 6);
}

// shows: S4-22
TEST(Standards, OneStopIsConfirmedByInspection) { ExpectConfirmedWithEvidence("2.1.6"); }

// The tasks of the child plan that a unit leads.
json TasksLedBy(Stack& stack, const std::string& unit_code) {
  return stack.Get(
      "campaign.v1.PlanService/ListPlanTasks",
      {{"plan", stack.ChildPlan()["name"]}, {"lead_unit", stack.Unit(unit_code)}})["tasks"];
}

// shows: S4-19
TEST(Standards, TasksOnTimeAreDecidedByTheTasksOfThePlan) {
  const json tasks = TasksLedBy(Stack::WithDemo(), "H00.20.11");
  ASSERT_EQ(tasks.size(), 1u);
  ASSERT_EQ(tasks[0]["state"], "PLAN_TASK_STATE_DONE");
  const json finding = FindingOf("2.1.3");
  EXPECT_EQ(finding["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(finding["source"], "STANDARD_SOURCE_TASKS");
  EXPECT_EQ(finding["source_refs"], json::array({IdIn(tasks[0]["name"])}));
  EXPECT_THAT(finding["explanation"].get<std::string>(), HasSubstr("Nhiệm vụ minh họa: 1."))
      << "made up, and told so";
}

// shows: S4-20
TEST(Standards, HighRankIsDecidedByTheThresholdThatWasSuppliedAndByThePublication) {
  Stack& stack = Stack::WithDemo();
  const json finding = FindingOf("2.1.4");
  EXPECT_EQ(finding["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(finding["source"], "STANDARD_SOURCE_RANKING");
  EXPECT_EQ(finding["source_refs"], json::array({stack.Publication()["snapshot_sha256"]}));
  // The source has no number; the plan keeps what was supplied, marked so.
  const json plan = stack.ChildPlan();
  bool supplied = false;
  for (const json& value : plan["supplied_values"]) {
    supplied = supplied || value["field"] == "standards";
  }
  EXPECT_TRUE(supplied) << plan["supplied_values"].dump();
}

// shows: S4-21
TEST(Standards, PeriodicReportsAreCountedFromTheRecords) {
  const json finding = FindingOf("2.1.5");
  EXPECT_EQ(finding["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(finding["source"], "STANDARD_SOURCE_REPORTS");
  EXPECT_EQ(finding["source_refs"].size(), 2u) << "both reports of 2023";
}

// shows: S4-23
TEST(Standards, AnInitiativeRecognisedByAnotherAuthorityCounts) {
  Stack& stack = Stack::WithDemo();
  const json finding = FindingOf("2.1.7");
  EXPECT_EQ(finding["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(finding["source"], "STANDARD_SOURCE_INITIATIVES");
  ASSERT_EQ(finding["source_refs"].size(), 1u);
  const json list =
      stack.Get("awards.v1.InitiativeService/ListInitiatives", {{"unit", stack.Unit("H00.20.11")}});
  bool found = false;
  for (const json& initiative : list["initiatives"]) {
    if (!initiative.contains("recognition") || initiative["recognition"].is_null()) continue;
    found = true;
    EXPECT_NE(initiative["recognition"]["recorder"], initiative["registrar"]);
    EXPECT_EQ(initiative["recognition"]["authority"], "Chủ tịch Ủy ban nhân dân huyện Krông Nô");
  }
  EXPECT_TRUE(found);
}

// shows: S4-24
TEST(Standards, NoDisciplineNoComplaintIsAskedAtSubmissionAndAgainAtTheDecision) {
  Stack& stack = Stack::WithDemo();
  ExpectConfirmedWithEvidence("2.1.8");
  const json checks = stack.Get("awards.v1.NominationService/ListStandardsChecks",
                                {{"name", stack.Nomination()["name"]}, {"page_size", 100}});
  std::map<std::string, std::string> results;
  for (const json& check : checks["checks"]) {
    for (const json& finding : check["findings"]) {
      if (finding["standard_id"] != "2.1.8") continue;
      results.insert({check["stage"].get<std::string>(), finding["result"].get<std::string>()});
    }
  }
  EXPECT_EQ(results["CHECK_STAGE_SUBMISSION"], "STANDARD_RESULT_NOT_KNOWN");
  EXPECT_EQ(results["CHECK_STAGE_APPRAISAL"], "STANDARD_RESULT_MET");
  EXPECT_EQ(results["CHECK_STAGE_DECISION"], "STANDARD_RESULT_MET");
}

// shows: S4-16
TEST(Nomination, OnlyTheFormThatThePlanNamesIsGiven) {
  Stack& stack = Stack::WithDemo();
  const json request = {{"plan", stack.ChildPlan()["name"]},
                        {"publication", stack.Publication()["name"]},
                        {"award_form", "BANG_KHEN"},
                        {"request_id", "e2e-bang-khen"}};
  const std::string reason =
      stack.Refusal("awards.v1.NominationService/ShortlistUnits", request, "KN-PNV-01");
  EXPECT_EQ(reason, "AWARD_FORM_NOT_ALLOWED");
  EXPECT_EQ(stack.Nomination()["award_form"], "GIAY_KHEN");
  // The plan lets units propose a higher form, and names none: that stays a flag for a person.
  const json plan = stack.ChildPlan();
  EXPECT_TRUE(plan["escalation"]["allowed"].get<bool>());
  std::set<std::string> codes;
  for (const json& finding : plan["findings"]) codes.insert(finding["code"]);
  EXPECT_EQ(codes.count("HIGHER_FORM_NOT_LISTED"), 1u);
}

}  // namespace
}  // namespace thidua::e2e
