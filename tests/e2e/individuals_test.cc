// People put up for an award: selected, classified, within the places, certified.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "e2e/award_steps.h"
#include "e2e/effects.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

// shows: S4-27
TEST(Individuals, ArePutUpWithoutADossierAndFileOnlyOnceTheyAreSelected) {
  Stack& stack = Stack::WithDemo();
  const json first = NominationOfPerson(stack, "KN-TP-03");
  ASSERT_FALSE(first.is_null());
  EXPECT_EQ(first["unit"], stack.Unit("H00.20.03"));
  EXPECT_EQ(first["publication"], "") << "no ranking of units chooses a person";
  EXPECT_EQ(first["nominator"], "person:" + IdIn(stack.Person("KN-TP-01")));
  EXPECT_EQ(first["selector"], "person:" + IdIn(stack.Person("KN-PNV-01")));
  ASSERT_EQ(first["filings"].size(), 1u);
  EXPECT_EQ(first["filings"][0]["file_date"], "2024-02-20");
  EXPECT_EQ(first["filing_deadline"], "2024-02-23");
  // The unit's officer and the person were told to file, once.
  for (const char* staff : {"KN-TP-01", "KN-TP-03"}) {
    EXPECT_EQ(NoticesOf(stack, staff, "INDIVIDUAL_INVITED").size(), 1u) << staff;
  }
  // One who was passed over, as it was when the demo ended, is told why and files nothing.
  const json state = stack.demo_state();
  int passed_over = 0;
  for (const json& item : state["nominations"]) {
    if (item["value"]["state"] != "NOMINATION_STATE_NOT_SELECTED") continue;
    ++passed_over;
    EXPECT_EQ(item["value"]["unit"], "units/H00.20.05");
    EXPECT_EQ(item["value"]["not_selected_reason"], "Chưa có kết quả xếp loại chất lượng năm 2023");
    EXPECT_TRUE(item["value"]["filings"].empty());
  }
  EXPECT_EQ(passed_over, 1);
}

// The one confirmation of a standard of the person.
json ConfirmationOf(Stack& stack, const std::string& staff, const std::string& id) {
  const json list =
      stack.Get("awards.v1.NominationService/ListStandardConfirmations",
                {{"name", NominationOfPerson(stack, staff)["name"]}, {"page_size", 100}});
  std::vector<json> found;
  for (const json& one : list["confirmations"]) {
    if (one["standard_id"] == id) found.push_back(one);
  }
  EXPECT_EQ(found.size(), 1u) << list.dump();
  return found.empty() ? json{{"note", ""}} : found[0];
}

// shows: S4-25
TEST(Individuals, HoanThanhTotOrBetterIsAskedForAndLessIsRejected) {
  Stack& stack = Stack::WithDemo();
  const auto finding = [&](const std::string& staff, const std::string& id) {
    return FindingsOf(NominationOfPerson(stack, staff))[id];
  };
  for (const char* staff : {"KN-TP-03", "KN-TT-02"}) {
    EXPECT_EQ(finding(staff, "2.2.1")["result"], "STANDARD_RESULT_MET") << staff;
    EXPECT_EQ(finding(staff, "2.2.1")["source"], "STANDARD_SOURCE_CLASSIFICATION");
    // Law-abiding, nobody complained: what a person says, who is answerable for it.
    EXPECT_EQ(finding(staff, "2.2.2")["result"], "STANDARD_RESULT_MET") << staff;
    EXPECT_EQ(finding(staff, "2.2.2")["source"], "STANDARD_SOURCE_CONFIRMATION");
    EXPECT_THAT(ConfirmationOf(stack, staff, "2.2.2")["note"].get<std::string>(),
                HasSubstr("không có phản ánh, đơn thư"));
  }
  EXPECT_THAT(finding("KN-TT-02", "2.2.1")["explanation"].get<std::string>(),
              HasSubstr("hoàn thành tốt nhiệm vụ (15/TB-UBND)"));
  const json rejected = NominationOfPerson(stack, "KN-LDXH-02");
  ASSERT_FALSE(rejected.is_null());
  EXPECT_EQ(rejected["state"], "NOMINATION_STATE_INELIGIBLE");
  EXPECT_THAT(rejected["rejection"]["reason"].get<std::string>(),
              HasSubstr("dưới mức hoàn thành tốt nhiệm vụ"));
  EXPECT_EQ(finding("KN-LDXH-02", "2.2.1")["result"], "STANDARD_RESULT_NOT_MET");
  EXPECT_EQ(finding("KN-LDXH-02", "2.1.4"), json()) << "the unit's standards are not asked of it";
  const json classified = stack.Get("awards.v1.ClassificationService/ListClassifications",
                                    {{"year", 2023}, {"person", rejected["person"]}}, "KN-PNV-01");
  ASSERT_EQ(classified["classifications"].size(), 1u);
  EXPECT_EQ(classified["classifications"][0]["level"], "CLASSIFICATION_LEVEL_COMPLETED");
}

TEST(Individuals, AreNotGivenMoreThanThePlacesOfThePlan) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  ASSERT_EQ(plan["award_quotas"].size(), 1u);
  const json use = stack.Get("awards.v1.NominationService/GetQuotaUse",
                             {{"plan", plan["name"]}, {"year", 2023}}, "KN-PNV-01");
  ASSERT_EQ(use["quotas"].size(), 1u);
  EXPECT_EQ(use["quotas"][0]["places"], 1);
  EXPECT_EQ(use["quotas"][0]["decided"], 1);
  EXPECT_EQ(use["quotas"][0]["decided_and_carried"], 2);
  EXPECT_TRUE(use["quotas"][0]["exceeded"].get<bool>());
  const json second = NominationOfPerson(stack, "KN-TT-02");
  EXPECT_EQ(second["state"], "NOMINATION_STATE_CARRIED") << "carried, and no place is left";
  const json draft = stack.Get("awards.v1.DecisionService/CreateDecision",
                               {{"nominations", json::array({second["name"]})},
                                {"awarding_authority", "Chủ tịch Ủy ban nhân dân huyện Krông Nô"},
                                {"citation", "Đã có thành tích xuất sắc năm 2023"},
                                {"place", "Krông Nô"},
                                {"request_id", "e2e-second-person"}},
                               "KN-PNV-01");
  ASSERT_FALSE(draft.is_null());
  EXPECT_EQ(stack.Refusal("awards.v1.DecisionService/IssueDecision",
                          {{"name", draft["name"]},
                           {"number", "1002/QĐ-UBND"},
                           {"issue_date", "2024-02-28"},
                           {"signature",
                            {{"signer_name", "(chữ ký kiểm thử)"},
                             {"signer_position", "Chủ tịch"},
                             {"mode", "SIGNING_MODE_DIRECT"}}},
                           {"etag", draft["etag"]},
                           {"request_id", "e2e-second-person-issue"}},
                          "KN-UBH-01"),
            "QUOTA_EXCEEDED");
  stack.Get("awards.v1.DecisionService/CancelDecision",
            {{"name", draft["name"]},
             {"reason", "Hết chỉ tiêu"},
             {"request_id", "e2e-second-person-cancel"}},
            "KN-PNV-01");
}

TEST(Individuals, HaveACertificateThatNamesThemAndTheirUnit) {
  Stack& stack = Stack::WithDemo();
  const json certificates = stack.Get("awards.v1.CertificateService/ListCertificates",
                                      {{"unit", stack.Unit("H00.20.03")}})["certificates"];
  ASSERT_EQ(certificates.size(), 1u);
  EXPECT_EQ(certificates[0]["person"], stack.Person("KN-TP-03"));
  EXPECT_EQ(certificates[0]["prize_vnd"], "540000");
  const RestAnswer page =
      Rest(stack, "GET", "/trang/chung-nhan/" + certificates[0]["code"].get<std::string>());
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Công chức phụ trách hộ tịch"));
  EXPECT_THAT(page.body, HasSubstr("Phòng Tư pháp huyện Krông Nô"));
  EXPECT_THAT(page.body, HasSubstr("còn hiệu lực"));
}

}  // namespace
}  // namespace thidua::e2e
