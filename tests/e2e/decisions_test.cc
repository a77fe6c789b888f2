// From the council's ballot to the decision, the certificate and the notices about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "e2e/award_steps.h"
#include "e2e/effects.h"
#include "e2e/mail_sink.h"
#include "e2e/stack.h"
#include "platform/hash.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The council's ballot on a filed nomination; `act` names the requests.
json AppraiseAndOpenBallot(Stack& stack, const json& nomination, const std::string& act) {
  stack.Get("awards.v1.NominationService/AppraiseAwardDossier",
            {{"name", nomination["name"]},
             {"unknown_standards_reason", "Trình Hội đồng xem xét"},
             {"request_id", "e2e-appraise-" + act}},
            "KN-PNV-01");
  const json councils = stack.Get("awards.v1.CouncilService/ListCouncils", json::object());
  json council;
  for (const json& one : councils["councils"]) {
    if (one["kind"] == "COUNCIL_KIND_AWARD") council = one["name"];
  }
  return stack.Get("awards.v1.CouncilService/OpenBallot",
                   {{"council", council},
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

// Three of the four who came are 75 % of those present and 60 % of all members. A person of whom no
// classification is known may be put before them with a reason.
TEST(Council, WithoutQuorumItCannotCloseAndAShareOfThosePresentCarriesNothing) {
  Stack& stack = Stack::WithDemo();
  const json nomination = NominationOfPerson(stack, "KN-VHTT-03");
  ASSERT_FALSE(nomination.is_null());
  ASSERT_EQ(nomination["state"], "NOMINATION_STATE_NOT_SELECTED");
  const std::string service = "awards.v1.NominationService/";
  const std::string name = nomination["name"];
  stack.Get(service + "ReopenNomination",
            {{"name", name}, {"reason", "Xem xét lại"}, {"request_id", "e2e-third-reopen"}},
            "KN-PNV-01");
  stack.Get(service + "SelectIndividuals",
            {{"selected", json::array({name})}, {"request_id", "e2e-third-select"}}, "KN-PNV-01");
  stack.Get(service + "InviteUnits",
            {{"nominations", json::array({name})},
             {"filing_deadline", "2024-03-15"},
             {"request_id", "e2e-third-invite"}},
            "KN-PNV-01");
  FileAwardDossier(stack, nomination, "KN-VHTT-01");
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
  EXPECT_EQ(stack.Get(service + "GetNomination", {{"name", name}})["state"],
            "NOMINATION_STATE_NOT_CARRIED");
}

// A plan of the district for the people of its rooms, which speaks of bằng khen: launched today.
json PlanForBangKhen(Stack& stack) {
  const std::string plans = "campaign.v1.PlanService/";
  const json today = stack.Get("campaign.v1.ClockService/GetBusinessTime");
  const json rooms = json::array({{{"type", "UNIT_TYPE_ROOM"}, {"under", {"UNIT_TYPE_DISTRICT"}}}});
  json plan = stack.Get(plans + "CreatePlan",
                        {{"plan",
                          {{"issuer", {{"unit", stack.Unit("H00.20")}}},
                           {"title", "Kế hoạch thi đua có hình thức vượt thẩm quyền (kiểm thử)"},
                           {"number", "997"},
                           {"symbol", "KH-UBND"},
                           {"issue_date", {{"date", today["business_date"]}}},
                           {"roles", json::array({{{"kind", "PLAN_ROLE_KIND_COORDINATOR"},
                                                   {"unit", {{"unit", stack.Unit("H00.20.01")}}},
                                                   {"holder", "Phòng Nội vụ"}}})},
                           {"participant_groups",
                            json::array({{{"subject", "SUBJECT_COLLECTIVE"}, {"scopes", rooms}},
                                         {{"subject", "SUBJECT_INDIVIDUAL"}, {"scopes", rooms}}})},
                           {"standards", json::array({{{"id", "1"},
                                                       {"subject", "SUBJECT_INDIVIDUAL"},
                                                       {"text", "Có thành tích xuất sắc"},
                                                       {"check", "STANDARD_CHECK_MANUAL"}}})},
                           {"award_forms", json::array({{{"form", "AWARD_FORM_BANG_KHEN"}}})},
                           {"award_dossier", stack.ChildPlan()["award_dossier"]}}},
                         {"request_id", "e2e-bang-khen-plan"}});
  if (plan.is_null()) return nullptr;
  for (const json& finding : json(plan["findings"])) {
    if (!finding["blocks_issue"].get<bool>()) continue;
    plan = stack.Get(plans + "ResolveFinding",
                     {{"name", plan["name"]},
                      {"finding_id", finding["id"]},
                      {"decision", "FINDING_DECISION_ACCEPT_AS_IS"},
                      {"reason", "Kiểm thử"},
                      {"etag", plan["etag"]},
                      {"request_id", "e2e-bang-khen-" + finding["id"].get<std::string>()}});
    if (plan.is_null()) return nullptr;
  }
  for (const char* move : {"IssuePlan", "LaunchPlan"}) {
    plan = stack.Get(plans + move, {{"name", plan["name"]},
                                    {"etag", plan["etag"]},
                                    {"request_id", std::string("e2e-bang-khen-") + move}});
    if (plan.is_null()) return nullptr;
  }
  stack.Digest();  // once awards knows it
  return plan;
}

// A person whom the council carried for that form; the nomination.
json CarriedForBangKhen(Stack& stack, const json& plan) {
  const std::string service = "awards.v1.NominationService/";
  const std::string staff = "KN-LDXH-02";
  const std::string year = plan["issue_date"]["date"].get<std::string>().substr(0, 4);
  const json people =
      stack.Get("campaign.v1.DirectoryService/ListPeople", {{"staff_code", staff}})["people"];
  const json put_up =
      stack.Get(service + "NominateIndividuals",
                {{"plan", plan["name"]},
                 {"unit", stack.Unit("H00.20.07")},
                 {"year", std::stoi(year)},
                 {"award_form", "BANG_KHEN"},
                 {"individuals", json::array({{{"person", people[0]["name"]},
                                               {"full_name", people[0]["full_name"]},
                                               {"summary", "Kiểm thử"}}})},
                 {"request_id", "e2e-bang-khen-person"}},
                "KN-LDXH-01");
  if (put_up.is_null()) return nullptr;
  const json nomination = put_up["nominations"][0];
  const std::string name = nomination["name"];
  stack.Get(service + "SelectIndividuals",
            {{"selected", json::array({name})}, {"request_id", "e2e-bang-khen-select"}},
            "KN-PNV-01");
  stack.Get(service + "InviteUnits",
            {{"nominations", json::array({name})},
             {"filing_deadline", year + "-12-15"},
             {"request_id", "e2e-bang-khen-invite"}},
            "KN-PNV-01");
  FileAwardDossier(stack, nomination, "KN-LDXH-01");
  const json ballot = AppraiseAndOpenBallot(stack, nomination, "bang-khen");
  if (ballot.is_null()) return nullptr;
  for (const int member : {1, 2, 3, 5}) Vote(stack, ballot, member, "VOTE_CHOICE_FOR");
  stack.Get("awards.v1.CouncilService/CloseBallot", ClosingOf(ballot, "bang-khen"), "KN-UBH-01");
  return stack.Get(service + "GetNomination", {{"name", name}});
}

// Bằng khen is the province's to give: whatever a plan of the district says, its head does not.
// shows: S4-29
TEST(Decision, GivesNoFormThatIsAboveTheIssuersAuthority) {
  Stack& stack = Stack::WithDemo();
  const json own = stack.Get("awards.v1.DecisionService/GetDecision",
                             {{"name", stack.Nomination()["decision"]}});
  EXPECT_EQ(own["unit"], stack.Unit("H00.20"));
  ASSERT_FALSE(own["awards"].empty());
  for (const json& award : own["awards"]) EXPECT_EQ(award["award_form"], "GIAY_KHEN");

  const json plan = PlanForBangKhen(stack);
  ASSERT_FALSE(plan.is_null());
  const json nomination = CarriedForBangKhen(stack, plan);
  ASSERT_FALSE(nomination.is_null());
  ASSERT_EQ(nomination["state"], "NOMINATION_STATE_CARRIED");
  const json draft = stack.Get("awards.v1.DecisionService/CreateDecision",
                               {{"nominations", json::array({nomination["name"]})},
                                {"awarding_authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
                                {"citation", "Đã có thành tích xuất sắc (kiểm thử)"},
                                {"place", "Krông Nô"},
                                {"request_id", "e2e-bang-khen-draft"}},
                               "KN-PNV-01");
  ASSERT_FALSE(draft.is_null());
  EXPECT_EQ(draft["unit"], stack.Unit("H00.20"));
  EXPECT_EQ(stack.Refusal("awards.v1.DecisionService/IssueDecision",
                          {{"name", draft["name"]},
                           {"number", "1003/QĐ-UBND"},
                           {"issue_date", "2024-02-28"},
                           {"signature",
                            {{"signer_name", "(chữ ký kiểm thử)"},
                             {"signer_position", "Chủ tịch"},
                             {"mode", "SIGNING_MODE_DIRECT"}}},
                           {"unknown_standards_reason", "Kiểm thử"},
                           {"unverified_prizes_reason", "Kiểm thử"},
                           {"etag", draft["etag"]},
                           {"request_id", "e2e-bang-khen-issue"}},
                          "KN-UBH-01"),
            "AWARD_FORM_OUTSIDE_AUTHORITY");
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
  ASSERT_EQ(decision["awards"].size(), 3u) << "two units and a person";
  EXPECT_EQ(decision["awards"][0]["unit"], stack.Unit("H00.20.11"));
  EXPECT_EQ(decision["awards"][0]["certificate"], nomination["certificate"]);
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
  json valid;
  for (const json& nomination : NominationsOf(stack, "COLLECTIVE")) {
    if (nomination["certificate"] == "" || nomination["unit"] == stack.Unit("H00.20.11")) continue;
    valid = stack.Get("awards.v1.CertificateService/ListCertificates",
                      {{"unit", nomination["unit"]}})["certificates"][0];
  }
  ASSERT_FALSE(valid.is_null()) << "the unit that leapt";
  const std::string code = valid["code"];
  const RestAnswer api = Verify(stack, code);
  EXPECT_EQ(api.status, 200) << api.body;
  EXPECT_EQ(api.Json()["state"], "CERTIFICATE_STATE_VALID");
  EXPECT_THAT(api.Json()["unit_name"].get<std::string>(), HasSubstr("UBND xã"));
  EXPECT_EQ(api.Json()["decision_number"], "999/QĐ-UBND");
  EXPECT_EQ(api.Json()["revoke_reason"], "");
  const RestAnswer page = PageOf(stack, code);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("còn hiệu lực"));
  EXPECT_THAT(page.body, HasSubstr("999/QĐ-UBND"));
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
  const auto told = [&](const char* kind) { return NoticesOf(stack, "KN-DM-01", kind).size(); };
  EXPECT_EQ(told("PLAN_LAUNCHED"), 2u) << "the province's plan and the district's";
  EXPECT_EQ(told("NOMINATION_INVITED"), 1u);
  EXPECT_EQ(told("AWARD_DOSSIER_RETURNED"), 1u);
  EXPECT_EQ(told("DECISION_ISSUED"), 1u);
  EXPECT_EQ(told("CERTIFICATE_REVOKED"), 1u);
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
  std::set<std::string> subjects;
  for (const json& delivery : list["deliveries"]) subjects.insert(delivery["subject"]);
  for (const char* kind :
       {"PLAN_LAUNCHED", "NOMINATION_INVITED", "AWARD_DOSSIER_RETURNED", "DECISION_ISSUED"}) {
    for (const json& item : NoticesOf(stack, "KN-DM-01", kind)) {
      ++about_the_four;
      EXPECT_EQ(subjects.count(item["title"].get<std::string>()), 1u) << item["title"];
    }
  }
  EXPECT_EQ(about_the_four, 5) << "two launches, invitation, return, decision";
  const json stats = stack.Get("notify.v1.DeliveryService/GetDeliveryStats", json::object());
  EXPECT_EQ(stats["possible_repeats"], "0");
  EXPECT_EQ(stats["pending"], "0");
}

}  // namespace
}  // namespace thidua::e2e
