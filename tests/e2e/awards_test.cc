// Steps 6 to 8 of the slice: nomination, dossier, council, decision, certificate, notices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "e2e/mail_sink.h"
#include "e2e/stack.h"
#include "platform/hash.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::map<std::string, json> FindingsOf(const json& nomination) {
  std::map<std::string, json> findings;
  for (const json& finding : nomination["standards_check"]["findings"]) {
    findings[finding["standard_id"].get<std::string>()] = finding;
  }
  return findings;
}

// shows: S4-26
TEST(Nomination, OnlyUnitsOfTheBandXuatSacAreInvited) {
  Stack& stack = Stack::WithDemo();
  std::set<std::string> excellent;
  const json publication = stack.Publication();
  for (const json& entry : publication["entries"]) {
    if (entry["band"] == "Xuất sắc") excellent.insert(entry["unit"].get<std::string>());
  }
  std::set<std::string> invited;
  const json list = stack.Get("awards.v1.NominationService/ListNominations", {{"page_size", 100}});
  for (const json& nomination : list["nominations"]) {
    invited.insert(nomination["unit"].get<std::string>());
    EXPECT_EQ(nomination["publication_sha256"], publication["snapshot_sha256"]);
    EXPECT_EQ(nomination["filing_deadline"], "2024-03-01");
  }
  EXPECT_EQ(invited, excellent);
  // Who was chosen was told so; who was not was not.
  const auto invitations = [&](const std::string& staff) {
    const json inbox = stack.Get("notify.v1.InboxService/ListInbox", {{"page_size", 1000}}, staff);
    int found = 0;
    for (const json& item : inbox["items"])
      found += item["kind"] == "NOTICE_KIND_NOMINATION_INVITED";
    return found;
  };
  EXPECT_EQ(invitations("KN-DM-01"), 1);
  EXPECT_EQ(invitations("KN-QP-01"), 0);
  EXPECT_FALSE(excellent.empty());
  EXPECT_LT(excellent.size(), 5u);
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
  const std::string officer = stack.Person("KN-PNV-01");
  EXPECT_EQ(confirmation["confirmer"], "person:" + officer.substr(officer.find('/') + 1));
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

std::string IdIn(const json& name) {
  const auto text = name.get<std::string>();
  return text.substr(text.find('/') + 1);
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

// Files an award dossier of an invited unit of the demo, as its officer.
void FileAwardDossier(Stack& stack, const json& nomination, const std::string& staff) {
  const std::string unit = nomination["unit"].get<std::string>();
  json documents = json::array();
  for (const char* kind : {"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"}) {
    documents.push_back(
        {{"kind", std::string("DOCUMENT_KIND_") + kind},
         {"file", stack.Upload("awards", unit, "e2e-" + staff + "-" + kind, staff)}});
  }
  stack.Get("awards.v1.NominationService/FileAwardDossier",
            {{"name", nomination["name"]},
             {"documents", documents},
             {"original_sets", 1},
             {"request_id", "e2e-file-" + staff}},
            staff);
}

json NominationOf(Stack& stack, const std::string& unit_code) {
  const json list =
      stack.Get("awards.v1.NominationService/ListNominations", {{"unit", stack.Unit(unit_code)}});
  if (list.is_null() || list["nominations"].empty()) return nullptr;
  return list["nominations"][0];
}

// What the plan's issuer corrects reaches the next check through the feed.
// shows: S4-19
TEST(Standards, ATaskThatTurnsOutLateIsNotMet) {
  Stack& stack = Stack::WithDemo();
  const json nomination = NominationOf(stack, "H00.20.12");
  ASSERT_FALSE(nomination.is_null()) << "xã Đắk Drô is in the band";
  FileAwardDossier(stack, nomination, "KN-DD-01");
  const json tasks = TasksLedBy(stack, "H00.20.12");
  ASSERT_EQ(tasks.size(), 1u);
  json task = tasks[0];
  const auto result_when_done_on = [&](const std::string& day) {
    task = stack.Get("campaign.v1.PlanService/CompletePlanTask",
                     {{"name", task["name"]},
                      {"done_date", day},
                      {"evidence_note", "Đối chiếu lại với biên bản"},
                      {"etag", task["etag"]},
                      {"request_id", "e2e-task-" + day}});
    stack.Digest();  // once all that follows has happened
    const json check =
        stack.Get("awards.v1.NominationService/CheckStandards",
                  {{"name", nomination["name"]}, {"request_id", "e2e-on-" + day}}, "KN-PNV-01");
    return FindingsOf({{"standards_check", check}})["2.1.3"]["result"];
  };
  EXPECT_EQ(result_when_done_on("2023-06-16"), "STANDARD_RESULT_NOT_MET") << "due on 15 June";
  EXPECT_EQ(result_when_done_on("2023-06-15"), "STANDARD_RESULT_MET");
}

TEST(Standards, AStandardThatIsNotMetKeepsTheDossierFromTheCouncil) {
  Stack& stack = Stack::WithDemo();
  const json nomination = NominationOf(stack, "H00.20.12");
  ASSERT_FALSE(nomination.is_null()) << "xã Đắk Drô is in the band";
  FileAwardDossier(stack, nomination, "KN-DD-01");
  const std::string evidence =
      stack.Upload("awards", stack.Unit("H00.20.01"), "e2e-complaint", "KN-PNV-01");
  stack.Get("awards.v1.NominationService/ConfirmStandard",
            {{"name", nomination["name"]},
             {"standard_id", "2.1.8"},
             {"result", "STANDARD_RESULT_NOT_MET"},
             {"file", evidence},
             {"note", "Có đơn kiến nghị về việc trả kết quả trễ hẹn"},
             {"request_id", "e2e-not-met"}},
            "KN-PNV-01");
  const json check =
      stack.Get("awards.v1.NominationService/CheckStandards",
                {{"name", nomination["name"]}, {"request_id", "e2e-check"}}, "KN-PNV-01");
  ASSERT_FALSE(check.is_null());
  const auto findings = FindingsOf({{"standards_check", check}});
  EXPECT_EQ(findings.at("2.1.8")["result"], "STANDARD_RESULT_NOT_MET");
  EXPECT_EQ(findings.at("2.1.8")["source"], "STANDARD_SOURCE_CONFIRMATION");
  EXPECT_EQ(findings.at("2.1.1")["result"], "STANDARD_RESULT_NOT_KNOWN");
  EXPECT_EQ(stack.Refusal("awards.v1.NominationService/AppraiseAwardDossier",
                          {{"name", nomination["name"]},
                           {"unknown_standards_reason", "Trình Hội đồng xem xét"},
                           {"request_id", "e2e-appraise-not-met"}},
                          "KN-PNV-01"),
            "STANDARD_NOT_MET");
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

// The council's ballot on a filed nomination; `act` names the requests.
json AppraiseAndOpenBallot(Stack& stack, const json& nomination, const std::string& act) {
  stack.Get("awards.v1.NominationService/AppraiseAwardDossier",
            {{"name", nomination["name"]},
             {"unknown_standards_reason", "Trình Hội đồng xem xét"},
             {"request_id", "e2e-appraise-" + act}},
            "KN-PNV-01");
  const json councils = stack.Get("awards.v1.CouncilService/ListCouncils", json::object());
  return stack.Get("awards.v1.CouncilService/OpenBallot",
                   {{"council", councils["councils"][0]["name"]},
                    {"nomination", nomination["name"]},
                    {"request_id", "e2e-ballot-" + act}},
                   "KN-PNV-01");
}

void Vote(Stack& stack, const json& ballot, int member, const char* choice) {
  const std::string staff = "KN-HD-0" + std::to_string(member);
  stack.Get("awards.v1.CouncilService/CastVote",
            {{"name", ballot["name"]},
             {"choice", choice},
             {"request_id", "e2e-vote-" + IdIn(ballot["name"]) + staff}},
            staff);
}

json ClosingOf(const json& ballot, const std::string& act) {
  return {{"name", ballot["name"]},
          {"minutes", {{"meeting_date", "2024-02-28"}, {"place", "Krông Nô"}}},
          {"request_id", "e2e-close-" + act}};
}

TEST(Council, CountsOnAllMembersAndNotOnThoseWhoCame) {
  Stack& stack = Stack::WithDemo();
  const json list = stack.Get("awards.v1.CouncilService/ListBallots",
                              {{"nomination", stack.Nomination()["name"]}});
  ASSERT_EQ(list["ballots"].size(), 1u);
  const json& tally = list["ballots"][0]["tally"];
  EXPECT_EQ(tally["total_members"], 5);
  EXPECT_EQ(tally["counted_for_quorum"], 4);
  EXPECT_EQ(tally["votes_for"], 4);
  EXPECT_EQ(tally["not_voted"], 1);
  EXPECT_TRUE(tally["carried"].get<bool>()) << "4 of all 5 is exactly 80 %";
}

// Three of the four who came are 75 % of those present and 60 % of all members.
TEST(Council, WithoutQuorumItCannotCloseAndAShareOfThosePresentCarriesNothing) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  json nomination;
  std::string officer;
  for (const auto& [code, staff] : std::map<std::string, std::string>{
           {"H00.20.13", "KN-TT-01"}, {"H00.20.14", "KN-ND-01"}, {"H00.20.15", "KN-QP-01"}}) {
    if (!nomination.is_null()) break;
    nomination = NominationOf(stack, code);
    officer = staff;
  }
  ASSERT_FALSE(nomination.is_null()) << "a third unit is in the band";
  FileAwardDossier(stack, nomination, officer);
  const json ballot = AppraiseAndOpenBallot(stack, nomination, "third");
  ASSERT_FALSE(ballot.is_null());
  const auto vote = [&](int member, const char* choice) { Vote(stack, ballot, member, choice); };
  vote(1, "VOTE_CHOICE_FOR");
  vote(2, "VOTE_CHOICE_FOR");
  EXPECT_EQ(stack.Refusal("awards.v1.CouncilService/CloseBallot", ClosingOf(ballot, "third-1"),
                          "KN-UBH-01"),
            "QUORUM_NOT_MET");
  vote(3, "VOTE_CHOICE_FOR");
  vote(5, "VOTE_CHOICE_AGAINST");
  const json closed =
      stack.Get("awards.v1.CouncilService/CloseBallot", ClosingOf(ballot, "third-2"), "KN-UBH-01");
  ASSERT_FALSE(closed.is_null());
  EXPECT_EQ(closed["tally"]["votes_for"], 3);
  EXPECT_EQ(closed["tally"]["total_members"], 5);
  EXPECT_FALSE(closed["tally"]["carried"].get<bool>());
  EXPECT_EQ(stack.Get("awards.v1.NominationService/GetNomination",
                      {{"name", nomination["name"]}})["state"],
            "NOMINATION_STATE_NOT_CARRIED");
}

TEST(Decision, HasNumberDateSignerModeAndList) {
  Stack& stack = Stack::WithDemo();
  const json nomination = stack.Nomination();
  EXPECT_EQ(nomination["state"], "NOMINATION_STATE_DECIDED");
  const json decision =
      stack.Get("awards.v1.DecisionService/GetDecision", {{"name", nomination["decision"]}});
  EXPECT_EQ(decision["number"], "999/QĐ-UBND");
  EXPECT_EQ(decision["issue_date"], "2024-02-26");
  EXPECT_EQ(decision["awarding_authority"], "Chủ tịch Ủy ban nhân dân huyện Krông Nô");
  EXPECT_EQ(decision["signature"]["mode"], "SIGNING_MODE_DIRECT");
  EXPECT_NE(decision["signature"]["signer_name"], "");
  EXPECT_NE(decision["signature"]["signer_position"], "");
  ASSERT_EQ(decision["awards"].size(), 1u);
  EXPECT_EQ(decision["awards"][0]["unit"], stack.Unit("H00.20.11"));
  EXPECT_EQ(decision["awards"][0]["certificate"], nomination["certificate"]);
}

// The way of a unit of the demo from its dossier to its certificate; the certificate's code.
std::string AwardedCode(Stack& stack, const std::string& unit_code, const std::string& officer) {
  const json nomination = NominationOf(stack, unit_code);
  FileAwardDossier(stack, nomination, officer);
  // Whatever was confirmed before: no discipline and no complaint, up to today.
  stack.Get("awards.v1.NominationService/ConfirmStandard",
            {{"name", nomination["name"]},
             {"standard_id", "2.1.8"},
             {"result", "STANDARD_RESULT_MET"},
             {"file", stack.Upload("awards", stack.Unit("H00.20.01"), "e2e-answered", "KN-PNV-01")},
             {"note", "Đơn kiến nghị đã được giải quyết, không có sai phạm"},
             {"request_id", "e2e-answered"}},
            "KN-PNV-01");
  const json ballot = AppraiseAndOpenBallot(stack, nomination, "awarded");
  for (const int member : {1, 2, 3, 5}) Vote(stack, ballot, member, "VOTE_CHOICE_FOR");
  stack.Get("awards.v1.CouncilService/CloseBallot", ClosingOf(ballot, "awarded"), "KN-UBH-01");
  const json draft = stack.Get("awards.v1.DecisionService/CreateDecision",
                               {{"nominations", json::array({nomination["name"]})},
                                {"awarding_authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
                                {"citation", "Đã có thành tích xuất sắc năm 2023"},
                                {"place", "Krông Nô"},
                                {"request_id", "e2e-decision"}},
                               "KN-PNV-01");
  const json decision = stack.Get("awards.v1.DecisionService/IssueDecision",
                                  {{"name", draft["name"]},
                                   {"number", "1001/QĐ-UBND"},
                                   {"issue_date", "2024-02-28"},
                                   {"signature",
                                    {{"signer_name", "(chữ ký kiểm thử)"},
                                     {"signer_position", "Chủ tịch"},
                                     {"mode", "SIGNING_MODE_DIRECT"}}},
                                   {"unknown_standards_reason", "Hội đồng đã xem xét"},
                                   {"etag", draft["etag"]},
                                   {"request_id", "e2e-issue"}},
                                  "KN-UBH-01");
  if (decision.is_null() || decision["awards"].size() != 1) return "";
  return decision["awards"][0]["certificate_code"].get<std::string>();
}

// Anybody may ask, without a token.
RestAnswer Verify(Stack& stack, const std::string& code) {
  return Rest(stack, "GET", "/v1/certificates:verify?code=" + code);
}
RestAnswer PageOf(Stack& stack, const std::string& code) {
  return Rest(stack, "GET", "/trang/chung-nhan/" + code);
}

TEST(Certificate, ApiAndPageSayThatItIsValid) {
  Stack& stack = Stack::WithDemo();
  const std::string code = AwardedCode(stack, "H00.20.12", "KN-DD-01");
  ASSERT_NE(code, "");
  const RestAnswer api = Verify(stack, code);
  EXPECT_EQ(api.status, 200) << api.body;
  EXPECT_EQ(api.Json()["state"], "CERTIFICATE_STATE_VALID");
  EXPECT_EQ(api.Json()["unit_name"], "UBND xã Đắk Drô");
  EXPECT_EQ(api.Json()["decision_number"], "1001/QĐ-UBND");
  EXPECT_EQ(api.Json()["revoke_reason"], "");
  const RestAnswer page = PageOf(stack, code);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("còn hiệu lực"));
  EXPECT_THAT(page.body, HasSubstr("1001/QĐ-UBND"));
  EXPECT_THAT(page.body, Not(HasSubstr("thu hồi")));
}

TEST(Certificate, ApiAndPageSayThatItIsRevoked) {
  Stack& stack = Stack::WithDemo();
  const std::string code = stack.Certificate()["code"].get<std::string>();
  const RestAnswer api = Verify(stack, code);
  EXPECT_EQ(api.status, 200) << api.body;
  EXPECT_EQ(api.Json()["state"], "CERTIFICATE_STATE_REVOKED");
  EXPECT_EQ(api.Json()["decision_number"], "999/QĐ-UBND");
  EXPECT_EQ(api.Json()["signer_position"], "Chủ tịch")
      << "the norm does not repeat the body's name";
  EXPECT_EQ(api.Json()["publication_sha256"], stack.Publication()["snapshot_sha256"]);
  const RestAnswer page = PageOf(stack, code);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.content_type, HasSubstr("text/html"));
  EXPECT_THAT(page.body, HasSubstr("thu hồi"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
}

TEST(Certificate, ATypingErrorIsToldFromACodeThatWasNeverGiven) {
  Stack& stack = Stack::WithDemo();
  std::string broken = stack.Certificate()["code"].get<std::string>();
  broken.back() = broken.back() == '0' ? '1' : '0';
  const RestAnswer api = Verify(stack, broken);
  EXPECT_EQ(api.status, 400) << api.body;
  EXPECT_EQ(ReasonIn(api.Json()), "CERTIFICATE_CODE_MISTYPED");
  EXPECT_THAT(PageOf(stack, broken).body, HasSubstr("ký tự kiểm tra không khớp"));
}

// The QR code on the paper leads to the page of this very certificate on this very server.
TEST(Certificate, IsAPdfWhoseQrCodeOpensItsPage) {
  Stack& stack = Stack::WithDemo();
  const json certificate = stack.Certificate();
  const auto token = stack.session().BootstrapToken();
  const RestAnswer pdf =
      Rest(stack, "GET", "/v1/" + certificate["name"].get<std::string>() + ":download", "", *token);
  EXPECT_EQ(pdf.status, 200);
  EXPECT_EQ(pdf.content_type, "application/pdf");
  ASSERT_EQ(pdf.body.substr(0, 5), "%PDF-");
  EXPECT_EQ(platform::Sha256Hex(pdf.body), certificate["pdf_sha256"]);
  const test::TempDir directory;
  std::ofstream(directory.path() + "/giay-khen.pdf", std::ios::binary) << pdf.body;
  std::string read;
  ASSERT_EQ(
      stack.Shell(
          "cd " + directory.path() +
              " && pdftoppm -r 200 -png giay-khen.pdf page && zbarimg --quiet --raw 2>/dev/null "
              "page*.png",
          &read),
      0)
      << read;
  read.erase(read.find_last_not_of(" \n") + 1);
  EXPECT_EQ(read, certificate["verification_url"]);
  const std::string origin = "https://localhost:" + std::to_string(stack.port(43));
  ASSERT_EQ(read.rfind(origin + "/trang/chung-nhan/", 0), 0u) << read;
  EXPECT_EQ(Rest(stack, "GET", read.substr(origin.size())).status, 200);
}

TEST(Notices, ReachTheInboxOnce) {
  Stack& stack = Stack::WithDemo();
  const json inbox =
      stack.Get("notify.v1.InboxService/ListInbox", {{"page_size", 1000}}, "KN-DM-01");
  std::map<std::string, int> kinds;
  for (const json& item : inbox["items"]) ++kinds[item["kind"].get<std::string>()];
  EXPECT_EQ(kinds["NOTICE_KIND_PLAN_LAUNCHED"], 2) << "the province's plan and the district's";
  EXPECT_EQ(kinds["NOTICE_KIND_NOMINATION_INVITED"], 1);
  EXPECT_EQ(kinds["NOTICE_KIND_AWARD_DOSSIER_RETURNED"], 1);
  EXPECT_EQ(kinds["NOTICE_KIND_DECISION_ISSUED"], 1);
  EXPECT_EQ(kinds["NOTICE_KIND_CERTIFICATE_REVOKED"], 1);
}

// Nothing was killed here, so at least once is once, and no repeat is counted as possible.
TEST(Notices, ReachTheMailServerUnderTheirOwnMessageId) {
  Stack& stack = Stack::WithDemo();
  std::string output;
  ASSERT_EQ(stack.Ctl("feeds wait", &output), 0) << output;
  const json list = stack.Get("notify.v1.DeliveryService/ListDeliveries",
                              {{"unit", stack.Unit("H00.20.11")}, {"page_size", 1000}});
  std::map<std::string, int> mails = MailsById(stack);
  std::set<std::string> ids;
  int about_the_four = 0;
  for (const json& delivery : list["deliveries"]) {
    const std::string id = delivery["message_id"].get<std::string>();
    const std::string subject = delivery["subject"].get<std::string>();
    EXPECT_EQ(delivery["state"], "DELIVERY_STATE_SENT") << subject;
    EXPECT_TRUE(ids.insert(id).second) << "two mails under one Message-ID: " << id;
    EXPECT_EQ(mails[id], 1) << subject;
    EXPECT_EQ(delivery["attempt_count"], 1) << subject;
    EXPECT_EQ(delivery["possible_repeats"], 0) << subject;
  }
  const json inbox =
      stack.Get("notify.v1.InboxService/ListInbox", {{"page_size", 1000}}, "KN-DM-01");
  std::set<std::string> subjects;
  for (const json& delivery : list["deliveries"]) subjects.insert(delivery["subject"]);
  for (const json& item : inbox["items"]) {
    const std::string kind = item["kind"].get<std::string>();
    if (kind != "NOTICE_KIND_PLAN_LAUNCHED" && kind != "NOTICE_KIND_NOMINATION_INVITED" &&
        kind != "NOTICE_KIND_AWARD_DOSSIER_RETURNED" && kind != "NOTICE_KIND_DECISION_ISSUED") {
      continue;
    }
    ++about_the_four;
    EXPECT_EQ(subjects.count(item["title"].get<std::string>()), 1u) << item["title"];
  }
  EXPECT_EQ(about_the_four, 5) << "two launches, invitation, return, decision";
  const json stats = stack.Get("notify.v1.DeliveryService/GetDeliveryStats", json::object());
  EXPECT_EQ(stats["possible_repeats"], "0");
  EXPECT_EQ(stats["pending"], "0");
}

}  // namespace
}  // namespace thidua::e2e
