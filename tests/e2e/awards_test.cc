// Steps 6 to 8 of the slice: nomination, dossier, council, decision, certificate, notices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

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
}

// shows: S4-17, S4-18, S4-20, S4-21, S4-22, S4-23, S4-24
TEST(Nomination, EachStandardIsMetNotMetOrNotKnownWithItsSource) {
  const auto findings = FindingsOf(Stack::WithDemo().Nomination());
  for (const char* id : {"S4-17", "S4-18", "S4-19", "S4-20", "S4-21", "S4-22", "S4-23", "S4-24"}) {
    ASSERT_EQ(findings.count(id), 1u) << id;
    EXPECT_NE(findings.at(id)["explanation"], "") << id;
  }
  EXPECT_EQ(findings.count("S4-25.1"), 0u) << "a standard of individuals is not asked of a unit";
  EXPECT_EQ(findings.at("S4-21")["result"], "STANDARD_RESULT_MET");
  EXPECT_EQ(findings.at("S4-21")["source"], "STANDARD_SOURCE_REPORTS");
  // "Thứ hạng cao" and "vượt bậc" have no number in the source and nobody has set one.
  EXPECT_EQ(findings.at("S4-20")["result"], "STANDARD_RESULT_NOT_KNOWN");
  // No initiative is registered, and recognition may come from any authority: nothing is known.
  for (const char* id : {"S4-17", "S4-18", "S4-22", "S4-23", "S4-24"}) {
    EXPECT_EQ(findings.at(id)["result"], "STANDARD_RESULT_NOT_KNOWN")
        << id << ": nobody has confirmed it";
  }
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
}

TEST(Council, CountsOnAllMembers) {
  Stack& stack = Stack::WithDemo();
  const json list = stack.Get("awards.v1.CouncilService/ListBallots",
                              {{"nomination", stack.Nomination()["name"]}});
  ASSERT_EQ(list["ballots"].size(), 1u);
  const json& tally = list["ballots"][0]["tally"];
  EXPECT_EQ(tally["total_members"], 5);
  EXPECT_EQ(tally["votes_for"], 4);
  EXPECT_TRUE(tally["carried"].get<bool>()) << "4 of 5 is exactly 80 %";
}

TEST(Certificate, ApiAndPageSayThatItIsRevoked) {
  Stack& stack = Stack::WithDemo();
  const json certificate = stack.Certificate();
  const std::string code = certificate["code"].get<std::string>();
  const RestAnswer api = Rest(stack, "GET", "/v1/certificates:verify?code=" + code);
  EXPECT_EQ(api.status, 200) << api.body;
  EXPECT_EQ(api.Json()["state"], "CERTIFICATE_STATE_REVOKED");
  EXPECT_EQ(api.Json()["decision_number"], "999/QĐ-UBND");
  EXPECT_EQ(api.Json()["publication_sha256"], stack.Publication()["snapshot_sha256"]);
  const RestAnswer page = Rest(stack, "GET", "/trang/chung-nhan/" + code);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.content_type, testing::HasSubstr("text/html"));
  EXPECT_THAT(page.body, testing::HasSubstr("thu hồi"));
  EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("<script")));
  std::string broken = code;
  broken.back() = broken.back() == '0' ? '1' : '0';
  EXPECT_NE(Rest(stack, "GET", "/v1/certificates:verify?code=" + broken).status, 200);
}

TEST(Certificate, IsAPdf) {
  Stack& stack = Stack::WithDemo();
  const std::string name = stack.Certificate()["name"].get<std::string>();
  const auto token = stack.session().BootstrapToken();
  const RestAnswer pdf = Rest(stack, "GET", "/v1/" + name + ":download", "", *token);
  EXPECT_EQ(pdf.status, 200);
  EXPECT_EQ(pdf.content_type, "application/pdf");
  EXPECT_EQ(pdf.body.substr(0, 5), "%PDF-");
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

}  // namespace
}  // namespace thidua::e2e
