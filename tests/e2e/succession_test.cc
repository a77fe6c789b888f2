// The district is abolished, its province merged into another one and communes into a new one,
// before the movement's final review. A run of its own: nothing of it fits the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;

class Succession : public ::testing::Test {
 protected:
  // The demo up to the end of 2023; then the day of the mergers.
  static void SetUpTestSuite() {
    stack_ = new Stack;
    std::string output;
    ASSERT_EQ(stack_->Ctl("demo --last_step=5 --dossiers=200", &output), 0) << output;
    before_ = new json(Report());
    ImportHeirs();
    for (const char* code : {"H00.20.11", "H00.20.12", "H00.20.13"}) {
      Close(code, "UNIT_CLOSING_MERGED", "H68.01", "");
    }
    Close("H00.20", "UNIT_CLOSING_ABOLISHED", "", "H68");
    Close("H00", "UNIT_CLOSING_MERGED", "H68", "H68");
    output.clear();
    ASSERT_EQ(stack_->Ctl("clock set 2025-07-02", &output), 0) << output;
  }
  static void TearDownTestSuite() {
    delete before_;
    delete stack_;
  }

  // The new province and its new commune; a commune of the same name in another province.
  static void ImportHeirs() {
    const json report = stack_->Get(
        "campaign.v1.DirectoryService/ImportUnits",
        {{"content",
          {{"content_type", "text/csv"},
           {"data", ctl::Base64("code,type,name,parent_code,second_parent_code,valid_from,valid_to,"
                                "synthetic,note\n"
                                "H68,PROVINCE,UBND tỉnh Lâm Đồng,,,2025-01-01,,yes,\n"
                                "H68.01,COMMUNE,UBND xã Krông Nô,H68,,2025-07-01,,yes,\n"
                                "H15,PROVINCE,UBND tỉnh Đắk Lắk,,,2025-01-01,,yes,\n"
                                "H15.01,COMMUNE,UBND xã Krông Nô,H15,,2025-07-01,,yes,\n")}}},
         {"request_id", "e2e-heirs"}});
    ASSERT_TRUE(report.is_object() && report["applied"].get<bool>()) << report.dump();
    for (const char* code : {"H68", "H68.01", "H15", "H15.01"}) units_[code] = Find(code);
  }
  static std::string Find(const std::string& code) {
    const json found = stack_->Get("campaign.v1.DirectoryService/ListUnits",
                                   {{"code", code}, {"as_of", "2025-07-01"}});
    return found.is_null() || found["units"].empty() ? "" : found["units"][0]["name"];
  }
  static void Close(const std::string& code, const std::string& closing, const std::string& heir,
                    const std::string& children_to) {
    units_[code] = stack_->Unit(code);
    const json unit = stack_->Get("campaign.v1.DirectoryService/GetUnit", {{"name", units_[code]}});
    json successors = json::array();
    if (!heir.empty()) successors.push_back(units_.at(heir));
    const json closed =
        stack_->Get("campaign.v1.DirectoryService/CloseUnit",
                    {{"name", units_[code]},
                     {"last_day", "2025-06-30"},
                     {"closing", closing},
                     {"successors", successors},
                     {"children_to", children_to.empty() ? "" : units_.at(children_to)},
                     {"reason", "Sắp xếp đơn vị hành chính từ ngày 01/07/2025"},
                     {"etag", unit["etag"]},
                     {"request_id", "e2e-close-" + code}});
    ASSERT_FALSE(closed.is_null()) << code;
    EXPECT_EQ(closed["valid_to"], "2025-06-30");
  }
  static json Report() {
    return stack_->Get("campaign.v1.RecordService/CompileMovementReport",
                       {{"plan", stack_->ChildPlan()["name"]}, {"year", 2023}});
  }
  // As somebody who may do everything, at the heir of the province alone.
  static absl::StatusOr<json> AsHeir(const std::string& method, const json& request) {
    return stack_->session().client().Call(
        method, request,
        stack_->TokenOfEveryRight("person:00000000000000000000000002", units_["H68"]));
  }

  static Stack* stack_;
  static json* before_;
  static std::map<std::string, std::string> units_;  // by code
};
Stack* Succession::stack_ = nullptr;
json* Succession::before_ = nullptr;
std::map<std::string, std::string> Succession::units_;

// shows: S4-36
TEST_F(Succession, MergedCommunesKeepTheirCodesAndANameIsNoId) {
  ASSERT_NE(units_["H68.01"], "");
  ASSERT_NE(units_["H68.01"], units_["H15.01"]);
  for (const char* code : {"H68.01", "H15.01"}) {
    const json unit = stack_->Get("campaign.v1.DirectoryService/GetUnit", {{"name", units_[code]}});
    EXPECT_EQ(unit["display_name"], "UBND xã Krông Nô") << code;
    EXPECT_EQ(unit["predecessors"].size(), std::string(code) == "H68.01" ? 3u : 0u);
  }
  const json town =
      stack_->Get("campaign.v1.DirectoryService/GetUnit", {{"name", units_["H00.20.11"]}});
  EXPECT_EQ(town["closing"], "UNIT_CLOSING_MERGED");
  EXPECT_THAT(town["successors"], ElementsAre(units_["H68.01"]));
  EXPECT_EQ(town["codes"][0]["code"], "H00.20.11") << "its history stays";
  EXPECT_EQ(town["names"][0]["text"], "UBND thị trấn Đắk Mâm");
}

// shows: S2-13
TEST_F(Succession, TheRosterStaysAsOfTheLaunchAndNamesWhoHasTakenWhosePlace) {
  const json participants =
      stack_->Get("campaign.v1.PlanService/ListPlanParticipants",
                  {{"name", stack_->ParentPlan()["name"]}, {"page_size", 1000}})["participants"];
  EXPECT_EQ(participants.size(), 24u);
  std::map<std::string, json> of_unit;
  for (const json& one : participants) of_unit[one["unit"]] = one;
  EXPECT_THAT(of_unit[units_["H00.20.12"]]["successors"], ElementsAre(units_["H68.01"]));
  EXPECT_EQ(of_unit[units_["H00.20.12"]]["display_name"], "UBND xã Đắk Drô");
  EXPECT_EQ(of_unit.count(units_["H68.01"]), 0u) << "the new one was not on it";
  // What the old units did is told as before.
  json after = Report();
  for (json* report : {&after, before_}) report->erase("as_of");
  EXPECT_EQ(after, *before_);
  const json filed =
      stack_->Get("campaign.v1.RecordService/ListPeriodicReports", {{"unit", units_["H00.20.11"]}});
  EXPECT_EQ(filed["reports"].size(), 2u);
}

// shows: S2-13
TEST_F(Succession, TheHeirOfTheProvinceHoldsTheFinalReview) {
  std::string output;
  ASSERT_EQ(stack_->Ctl("clock set 2025-11-15", &output), 0) << output;
  const std::string plan = stack_->ParentPlan()["name"];
  const absl::StatusOr<json> held = AsHeir("campaign.v1.ConferenceService/RecordConference",
                                           {{"plan", plan},
                                            {"milestone_id", "tong-ket"},
                                            {"details",
                                             {{"held_date", "2025-11-14"},
                                              {"place", "Hội trường UBND tỉnh Lâm Đồng"},
                                              {"chair", "Lãnh đạo UBND tỉnh"},
                                              {"attendee_count", 80}}},
                                            {"request_id", "e2e-final-review"}});
  ASSERT_TRUE(held.ok()) << ctl::ErrorLine(held.status());
  const absl::StatusOr<json> reviews =
      AsHeir("campaign.v1.ConferenceService/ListReviewMilestones", {{"plan", plan}});
  ASSERT_TRUE(reviews.ok()) << ctl::ErrorLine(reviews.status());
  std::map<std::string, std::string> states;
  for (const json& review : (*reviews)["milestones"]) {
    states[review["milestone_id"]] = review["state"].get<std::string>();
  }
  EXPECT_EQ(states, (std::map<std::string, std::string>{{"so-ket", "REVIEW_STATE_HELD"},
                                                        {"tong-ket", "REVIEW_STATE_HELD"}}));
}

}  // namespace
}  // namespace thidua::e2e
