// Units, people and roles come as CSV: tried without effect, refused as a whole with row and
// column.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;

constexpr char kUnits[] = "campaign.v1.DirectoryService/ImportUnits";
constexpr char kPeople[] = "campaign.v1.DirectoryService/ImportPeople";
constexpr char kRoles[] = "campaign.v1.AccessService/ImportRoleBindings";

json Import(Stack& stack, const std::string& method, const std::string& act, const std::string& csv,
            bool only_try = false) {
  return stack.Get(method, {{"content", {{"content_type", "text/csv"}, {"data", ctl::Base64(csv)}}},
                            {"validate_only", only_try},
                            {"request_id", "e2e-onboarding-" + act}});
}

// "line column REASON" of each refused cell.
std::vector<std::string> Errors(const json& report) {
  std::vector<std::string> errors;
  for (const json& error : report["errors"]) {
    errors.push_back(error["line"].dump() + " " + error["column"].get<std::string>() + " " +
                     error["reason"].get<std::string>());
    EXPECT_NE(error["text_vi"], "");
  }
  return errors;
}

TEST(Onboarding, ATrialTellsWhatWouldBeAndChangesNothing) {
  Stack& stack = Stack::WithDemo();
  const std::string csv =
      "code,type,name,parent_code,second_parent_code,valid_from,valid_to,synthetic,note\n"
      "H00.20.93,COMMUNE,Xã chỉ thử,H00.20,,2022-01-01,,yes,\n"
      "H00.20.11,COMMUNE,UBND thị trấn Đắk Mâm,H00.20,,2022-01-01,,yes,Mã minh họa; ngày đầu là "
      "mốc của bản trình diễn\n";
  const json tried = Import(stack, kUnits, "trial", csv, /*only_try=*/true);
  ASSERT_FALSE(tried.is_null());
  EXPECT_FALSE(tried["applied"].get<bool>());
  EXPECT_EQ(tried["row_count"], 2);
  EXPECT_EQ(tried["created_count"], 1);
  EXPECT_EQ(tried["unchanged_count"], 1);
  EXPECT_THAT(Errors(tried), ElementsAre());
  EXPECT_EQ(stack.Unit("H00.20.93"), "");
}

TEST(Onboarding, PeopleWithABadRowAreAllRefusedAndTheRowIsNamed) {
  Stack& stack = Stack::WithDemo();
  const json report = Import(
      stack, kPeople, "people",
      "staff_code,full_name,category,unit_code,position,valid_from,valid_to,email,phone,synthetic,"
      "note\n"
      "KN-THU-01,Người thử thứ nhất,CIVIL_SERVANT,H00.20.11,Công chức,2022-01-01,,,,yes,\n"
      "KN-THU-02,Người thử thứ hai,CIVIL_SERVANT,H00.20.99,Công chức,2022-01-01,,,,yes,\n"
      "KN-THU-03,Người thử thứ ba,CIVIL_SERVANT,H00.20.11,Công chức,2022-02-30,,,,yes,\n"
      "KN-THU-04,Người thử thứ tư,CIVIL_SERVANT,H00.20.11,Công chức,2022-01-01,,,0912,yes,\n");
  ASSERT_FALSE(report.is_null());
  EXPECT_FALSE(report["applied"].get<bool>());
  EXPECT_THAT(Errors(report), ElementsAre("3 unit_code UNKNOWN_UNIT",
                                          "4 valid_from DATE_IMPOSSIBLE", "5 phone PHONE"));
  EXPECT_EQ(stack.Person("KN-THU-01"), "");
}

TEST(Onboarding, ARoleForNobodyAndARoleThatIsNoneAreRefused) {
  Stack& stack = Stack::WithDemo();
  const json report = Import(stack, kRoles, "roles",
                             "staff_code,role,unit_code,valid_from,valid_to\n"
                             "KN-DM-01,UNIT_OFFICER,H00.20.12,2022-01-01,\n"
                             "KN-THU-09,UNIT_OFFICER,H00.20.11,2022-01-01,\n"
                             "KN-DM-01,CHU_TICH,H00.20.11,2022-01-01,\n");
  ASSERT_FALSE(report.is_null());
  EXPECT_FALSE(report["applied"].get<bool>());
  EXPECT_THAT(Errors(report), ElementsAre("3 staff_code UNKNOWN_PERSON", "4 role UNKNOWN_ROLE"));
  EXPECT_EQ(stack.Refusal("campaign.v1.PlanService/AcknowledgePlan",
                          {{"name", stack.ChildPlan()["name"]},
                           {"unit", stack.Unit("H00.20.12")},
                           {"request_id", "e2e-role-not-given"}},
                          "KN-DM-01"),
            "PERMISSION_DENIED")
      << "the good row of a bad file gives no right";
}

}  // namespace
}  // namespace thidua::e2e
