// Step 8, first part: units of the best band are chosen from the publication, invited, and answer.
#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/award_steps.h"

namespace thidua::ctl::demo {
namespace {

// The demo's own thresholds, see SupplyThresholds.
constexpr int kMaxRank = 3;
constexpr int kMinRankGain = 2;

// A unit of the best band, by what is published and recorded of it.
struct Known {
  Candidate candidate;
  int rank = 0;
  int change = 0;
  bool in_time = true;  // no report and no task was late

  bool IsHigh() const { return rank <= kMaxRank; }
  bool IsLeap() const { return change >= kMinRankGain; }
  bool MayBeAwarded() const { return in_time && (IsHigh() || IsLeap()); }
};

// Units of which a report or a task came late or not at all.
absl::StatusOr<std::set<std::string>> LateUnits(Stage& stage) {
  std::set<std::string> late;
  ASSIGN_OR_RETURN(const json reports,
                   stage.Read(kCoordinator, "campaign.v1.RecordService/ListPeriodicReports",
                              {{"plan", stage.child_plan}, {"page_size", 1000}}));
  for (const json& report : reports["reports"]) {
    if (report["state"] != "REPORT_STATE_FILED_ON_TIME") late.insert(report["unit"]);
  }
  ASSIGN_OR_RETURN(const json tasks,
                   stage.Read(kCoordinator, "campaign.v1.PlanService/ListPlanTasks",
                              {{"plan", stage.child_plan}, {"page_size", 1000}}));
  for (const json& task : tasks["tasks"]) {
    if (task["state"] != "PLAN_TASK_STATE_DONE") late.insert(task["lead_unit"]);
  }
  return late;
}

// The first one that `fits`, taken out of the others.
template <class Fits>
std::optional<Candidate> Take(std::vector<Known>& units, const std::string& act, const Fits& fits) {
  const auto found = std::find_if(units.begin(), units.end(), fits);
  if (found == units.end()) return std::nullopt;
  Candidate candidate = found->candidate;
  candidate.act = act;
  units.erase(found);
  return candidate;
}

absl::Status NobodyIs(const std::string& what) {
  return absl::InternalError("trong nhóm Xuất sắc không có đơn vị nào " + what);
}

// In order of rank.
absl::StatusOr<std::vector<Known>> BestBand(Stage& stage, const json& nominations) {
  ASSIGN_OR_RETURN(const json publication,
                   stage.Read("", "scoring.v1.RankingService/GetPublication",
                              {{"name", stage.publications.at("xa")}}));
  ASSIGN_OR_RETURN(const std::set<std::string> late, LateUnits(stage));
  std::map<std::string, Known> of_unit;
  for (const json& entry : publication["entries"]) {
    const std::string unit = entry["unit"].get<std::string>();
    Known known;
    known.rank = entry["rank"].get<int>();
    known.change = entry["rank_change"].get<int>();
    known.in_time = late.count(unit) == 0;
    known.candidate.who = entry["unit_name"].get<std::string>();
    of_unit[unit] = known;
  }
  std::vector<Known> units;
  for (const json& nomination : nominations) {
    const std::string unit = nomination["unit"].get<std::string>();
    Known known = of_unit.at(unit);
    known.candidate.unit = unit;
    known.candidate.nomination = nomination["name"].get<std::string>();
    ASSIGN_OR_RETURN(known.candidate.officer, OfficerOf(stage, unit));
    units.push_back(std::move(known));
  }
  return units;
}

absl::StatusOr<InvitedUnits> Cast(Stage& stage, std::vector<Known> units) {
  InvitedUnits invited;
  for (const Known& unit : units) invited.all.push_back(unit.candidate.nomination);
  const std::string town_unit = stage.Unit("H00.20.11");
  const auto town =
      Take(units, "", [&](const Known& unit) { return unit.candidate.unit == town_unit; });
  if (!town) return NobodyIs("là UBND thị trấn Đắk Mâm");
  std::stable_sort(units.begin(), units.end(),
                   [](const Known& a, const Known& b) { return a.change > b.change; });
  auto leap =
      Take(units, "leap-", [](const Known& unit) { return unit.MayBeAwarded() && !unit.IsHigh(); });
  if (!leap) {
    leap = Take(units, "leap-", [](const Known& unit) { return unit.MayBeAwarded(); });
  }
  if (!leap) return NobodyIs("có thay đổi vượt bậc về thứ hạng");
  std::stable_sort(units.begin(), units.end(),
                   [](const Known& a, const Known& b) { return a.rank < b.rank; });
  const auto cannot = [](const Known& unit) { return !unit.MayBeAwarded(); };
  const auto failing = Take(units, "failing-", cannot);
  if (!failing) return NobodyIs("không đạt một tiêu chuẩn");
  auto declines = Take(units, "declines-", cannot);
  if (!declines) declines = Take(units, "declines-", [](const Known&) { return true; });
  if (!declines) return NobodyIs("còn lại để từ chối lời mời");
  if (units.empty()) return NobodyIs("còn lại để bỏ lỡ thời hạn");
  invited.town = *town;
  invited.leap = *leap;
  invited.failing = *failing;
  invited.declines = *declines;
  return invited;
}

}  // namespace

absl::StatusOr<InvitedUnits> ChooseAndInvite(Stage& stage) {
  ASSIGN_OR_RETURN(const json listed, stage.Act("shortlist", kCoordinator,
                                                std::string(kNominations) + "ShortlistUnits",
                                                {{"plan", stage.child_plan},
                                                 {"publication", stage.publications.at("xa")},
                                                 {"award_form", "GIAY_KHEN"}}));
  ASSIGN_OR_RETURN(std::vector<Known> units, BestBand(stage, listed["nominations"]));
  ASSIGN_OR_RETURN(const InvitedUnits invited, Cast(stage, std::move(units)));
  stage.Say(absl::StrCat(invited.all.size(), " đơn vị thuộc nhóm Xuất sắc được chọn"));
  RETURN_IF_ERROR(stage
                      .Act("invite", kCoordinator, std::string(kNominations) + "InviteUnits",
                           {{"nominations", invited.all}, {"filing_deadline", "2024-02-23"}})
                      .status());
  RETURN_IF_ERROR(stage.CatchUp());
  return invited;
}

absl::Status AnswerInvitations(Stage& stage, const InvitedUnits& units) {
  RETURN_IF_ERROR(stage
                      .Act("accept", units.town.officer,
                           std::string(kNominations) + "AcceptInvitation",
                           {{"name", units.town.nomination}})
                      .status());
  stage.Say("nhận lời mời: " + units.town.who);
  const std::string reason = "Đơn vị tự thấy thành tích chưa nổi bật, xin nhường cho đơn vị khác";
  RETURN_IF_ERROR(stage
                      .Act(units.declines.act + "invitation", units.declines.officer,
                           std::string(kNominations) + "DeclineInvitation",
                           {{"name", units.declines.nomination}, {"reason", reason}})
                      .status());
  stage.Say("từ chối lời mời: " + units.declines.who + " — " + reason);
  return absl::OkStatus();
}

absl::Status ShowMissed(Stage& stage, const InvitedUnits& units) {
  int missed = 0;
  for (const std::string& name : units.all) {
    ASSIGN_OR_RETURN(const json now, NominationNow(stage, name));
    missed += now["state"] == "NOMINATION_STATE_MISSED" ? 1 : 0;
  }
  stage.Say(absl::StrCat("hết hạn nộp hồ sơ mà không trả lời: ", missed, " đơn vị"));
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
