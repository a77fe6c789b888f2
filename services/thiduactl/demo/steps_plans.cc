// Steps 2, 4 and 5: the plans, time, periodic reports.
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/demo/movement_acts.h"
#include "thiduactl/demo/stage.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kPlans[] = "campaign.v1.PlanService/";

absl::StatusOr<json> PlanFile(Stage& stage, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/plans/" + file));
  json plan = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!plan.is_object()) return absl::InvalidArgumentError(file + " không phải JSON");
  return plan;
}

// A person decides about every finding that stands in the way, with a reason.
absl::StatusOr<json> ResolveFindings(Stage& stage, const std::string& act, const std::string& staff,
                                     json plan) {
  for (const json& finding : json(plan["findings"])) {
    stage.Say("lưu ý [" + finding["code"].get<std::string>() + "] " +
              finding["text_vi"].get<std::string>());
    if (!finding.value("blocks_issue", false) || finding.contains("resolution")) continue;
    ASSIGN_OR_RETURN(plan, stage.Act(act + "-" + finding["id"].get<std::string>(), staff,
                                     std::string(kPlans) + "ResolveFinding",
                                     {{"name", plan["name"]},
                                      {"finding_id", finding["id"]},
                                      {"decision", "FINDING_DECISION_ACCEPT_AS_IS"},
                                      {"reason", "Bản trình diễn giữ nguyên lời văn bản nguồn"},
                                      {"etag", plan["etag"]}}));
  }
  return plan;
}

// "Thứ hạng cao" and "thay đổi vượt bậc" have no number in the source, how many activities are many
// and how many people are "xuất sắc nhất" it does not say either: the demo sets them, and the plan
// keeps them marked as supplied.
absl::StatusOr<json> SupplyThresholds(Stage& stage, const json& plan) {
  json standards = plan["standards"];
  for (json& standard : standards) {
    standard.erase("unset_parameters");
    if (standard["check"] == "STANDARD_CHECK_RANK_HIGH_OR_LEAP") {
      standard["parameters"] = {{"max_rank", "3"}, {"min_rank_gain", "2"}};
    } else if (standard["check"] == "STANDARD_CHECK_ACTIVITY_COUNT") {
      standard["parameters"] = {{"min_activities", "4"}};
    }
  }
  return stage.Act(
      "child-thresholds", "KN-PNV-01", std::string(kPlans) + "UpdatePlan",
      {{"plan",
        {{"name", plan["name"]},
         {"standards", standards},
         {"award_quotas", json::array({{{"subject", "SUBJECT_INDIVIDUAL"},
                                        {"form", "AWARD_FORM_GIAY_KHEN"},
                                        {"kind", "AWARD_QUOTA_KIND_TOTAL"},
                                        {"places", 1}}})},
         {"etag", plan["etag"]}}},
       {"update_mask", "standards,awardQuotas"},
       {"origin", "VALUE_ORIGIN_SUPPLIED"},
       {"reason", "Ngưỡng và chỉ tiêu do bản trình diễn đặt, văn bản nguồn không nêu con số"}});
}

// The tasks of QĐ 62 are not at hand: the file holds made-up ones, and each says so.
absl::Status ImportTasks(Stage& stage) {
  const std::string file = "tasks/krong-no-2023.csv";
  ASSIGN_OR_RETURN(const std::string text, ReadFile(stage.data() + "/" + file));
  ASSIGN_OR_RETURN(
      const json report,
      stage.Act("child-tasks", "KN-PNV-01", std::string(kPlans) + "ImportPlanTasks",
                {{"name", stage.child_plan},
                 {"content", {{"content_type", "text/csv"}, {"data", Base64(text)}}}}));
  if (!report.value("applied", false)) {
    return absl::InternalError(file + " không nhập được: " + report["errors"].dump());
  }
  stage.Say(file + ": " + std::to_string(report["row_count"].get<int>()) +
            " nhiệm vụ minh họa theo nguồn 62/QĐ-UBND");
  return absl::OkStatus();
}

// A unit says on the day of its report that its task is done; one that said so before stays as it
// is.
absl::Status CompleteTask(Stage& stage, const Participant& unit, const std::string& done_date) {
  ASSIGN_OR_RETURN(const json found,
                   stage.Read(unit.officer, std::string(kPlans) + "ListPlanTasks",
                              {{"plan", stage.child_plan}, {"lead_unit", stage.Unit(unit.code)}}));
  for (const json& task : found["tasks"]) {
    if (task["done_date"] != "") continue;
    RETURN_IF_ERROR(stage
                        .Act("task-" + task["code"].get<std::string>(), unit.officer,
                             std::string(kPlans) + "CompletePlanTask",
                             {{"name", task["name"]},
                              {"done_date", done_date},
                              {"evidence_note", "Nêu trong báo cáo định kỳ của bản trình diễn"},
                              {"etag", task["etag"]}})
                        .status());
  }
  return absl::OkStatus();
}

// The demo's own due dates: the source names none. So the yearly report has none at first, until
// the district sets it.
struct ReportPeriod {
  const char* period;
  const char* due;
  const char* filed;       // by most units
  const char* filed_late;  // by two communes and a room
  bool due_set_later = false;
};

absl::StatusOr<json> OpenPeriod(Stage& stage, const ReportPeriod& period) {
  json request = {{"plan", stage.child_plan}, {"period", period.period}};
  if (!period.due_set_later) request["due_date"] = period.due;
  ASSIGN_OR_RETURN(const json opened,
                   stage.Act(std::string("report-") + period.period, "KN-PNV-01",
                             "campaign.v1.RecordService/OpenReportPeriod", request));
  if (!period.due_set_later) return opened;
  return stage.Act(
      std::string("report-due-") + period.period, "KN-PNV-01",
      "campaign.v1.RecordService/SetReportDueDate",
      {{"plan", stage.child_plan},
       {"period", period.period},
       {"due_date", period.due},
       {"reason", "Văn bản nguồn không nêu hạn; bản trình diễn đặt theo kỳ báo cáo cải cách"}});
}

// Everybody's report of a period; the room that was late files none for the year.
absl::Status FilePeriod(Stage& stage, const ReportPeriod& period) {
  ASSIGN_OR_RETURN(const json opened, OpenPeriod(stage, period));
  std::map<std::string, json> of_unit;
  for (const json& report : opened["reports"]) of_unit[report["unit"].get<std::string>()] = report;
  int filed = 0;
  const auto file = [&](const Participant& unit) {
    ++filed;
    const json& report = of_unit.at(stage.Unit(unit.code));
    return stage
        .Act(std::string("file-") + period.period + "-" + unit.code, unit.officer,
             "campaign.v1.RecordService/FileReport",
             {{"name", report["name"]},
              {"summary",
               "Báo cáo kết quả phong trào thi đua, lồng ghép báo cáo cải cách hành chính"},
              {"etag", report["etag"]}})
        .status();
  };
  const std::string kLateRoom = "H00.20.09";
  const auto late = [&](const Participant& unit) {
    return unit.code == kLateRoom || unit.code == std::string("H00.20.14") ||
           unit.code == std::string("H00.20.15");
  };
  RETURN_IF_ERROR(stage.MoveTime(period.filed));
  for (const Participant& unit : Everybody()) {
    if (!late(unit)) RETURN_IF_ERROR(file(unit));
  }
  if (std::string(period.filed) != period.filed_late) {
    RETURN_IF_ERROR(stage.MoveTime(period.filed_late));
  }
  for (const Participant& unit : Everybody()) {
    const bool never = unit.code == kLateRoom && std::string(period.period) == "2023";
    if (late(unit) && !never) RETURN_IF_ERROR(file(unit));
  }
  stage.Say(std::string("kỳ ") + period.period + ": " + std::to_string(filed) + "/" +
            std::to_string(Everybody().size()) + " đơn vị đã nộp báo cáo");
  return absl::OkStatus();
}

absl::StatusOr<json> IssueAndLaunch(Stage& stage, const std::string& act, const std::string& leader,
                                    const json& plan) {
  ASSIGN_OR_RETURN(const json issued,
                   stage.Act(act + "-issue", leader, std::string(kPlans) + "IssuePlan",
                             {{"name", plan["name"]}, {"etag", plan["etag"]}}));
  return stage.Act(act + "-launch", leader, std::string(kPlans) + "LaunchPlan",
                   {{"name", plan["name"]}, {"etag", issued["etag"]}});
}

std::string ReminderVi(const std::string& state) {
  if (state == "REMINDER_STATE_FIRED") return "đã nhắc";
  if (state == "REMINDER_STATE_CANCELLED") return "thôi nhắc vì việc đã xong";
  return "bỏ qua vì đã có lần nhắc sau";
}

}  // namespace

absl::Status LaunchParentPlan(Stage& stage) {
  stage.Title(2, "Kế hoạch phát động của tỉnh");
  RETURN_IF_ERROR(stage.MoveTime("2022-10-14"));
  ASSIGN_OR_RETURN(const json parent_file, PlanFile(stage, "dak-nong-2022-2025.json"));
  json impossible = parent_file;
  impossible["issue_date"] = {{"date", "2022-11-31"}, {"phrase", "ngày 31 tháng 11 năm 2022"}};
  RETURN_IF_ERROR(stage.MustRefuse("DATE_IMPOSSIBLE", "DN-SNV-01",
                                   std::string(kPlans) + "CreatePlan", {{"plan", impossible}}));
  ASSIGN_OR_RETURN(json parent, stage.Act("parent", "DN-SNV-01", std::string(kPlans) + "CreatePlan",
                                          {{"plan", parent_file}}));
  stage.parent_plan = parent["name"].get<std::string>();
  ASSIGN_OR_RETURN(parent, ResolveFindings(stage, "parent", "DN-SNV-01", parent));
  ASSIGN_OR_RETURN(const json launched, IssueAndLaunch(stage, "parent", "DN-UBT-01", parent));
  stage.Say("đã phát động: " + launched["title"].get<std::string>());
  stage.Say(std::to_string(launched["participant_unit_count"].get<int>()) + " đơn vị tham gia");
  stage.parent_etag = launched["etag"].get<std::string>();
  return AcknowledgeParentPlan(stage);
}

absl::Status LaunchChildPlan(Stage& stage) {
  stage.Title(4, "Kế hoạch phát động của huyện");
  RETURN_IF_ERROR(stage.MoveTime("2023-03-15"));
  RETURN_IF_ERROR(ChooseTheme(stage, 2023, "Đẩy mạnh cải cách thủ tục hành chính, chuyển đổi số"));
  ASSIGN_OR_RETURN(const json child_file, PlanFile(stage, "krong-no-2023.json"));
  ASSIGN_OR_RETURN(
      const json draft,
      stage.Act("child", "KN-PNV-01", std::string(kPlans) + "CreatePlan", {{"plan", child_file}}));
  stage.child_plan = draft["name"].get<std::string>();
  RETURN_IF_ERROR(ImportTasks(stage));
  ASSIGN_OR_RETURN(const json now, stage.Read("KN-PNV-01", std::string(kPlans) + "GetPlan",
                                              {{"name", stage.child_plan}}));
  if (now["state"] == "PLAN_STATE_DRAFT" && now["number"] == "") {
    RETURN_IF_ERROR(stage.MustRefuse("PLAN_INCOMPLETE", "KN-UBH-01",
                                     std::string(kPlans) + "IssuePlan",
                                     {{"name", stage.child_plan}, {"etag", now["etag"]}}));
  }
  ASSIGN_OR_RETURN(
      json supplied,
      stage.Act("child-supply", "KN-PNV-01", std::string(kPlans) + "UpdatePlan",
                {{"plan",
                  {{"name", stage.child_plan},
                   {"number", "999"},
                   {"issue_date", {{"date", "2023-03-15"}, {"phrase", "ngày tháng 3 năm 2023"}}},
                   {"etag", draft["etag"]}}},
                 {"update_mask", "number,issueDate"},
                 {"origin", "VALUE_ORIGIN_SUPPLIED"},
                 {"reason", "Số và ngày do bản trình diễn đặt, văn bản nguồn để trống"}}));
  ASSIGN_OR_RETURN(supplied, SupplyThresholds(stage, supplied));
  ASSIGN_OR_RETURN(supplied, ResolveFindings(stage, "child", "KN-PNV-01", supplied));
  ASSIGN_OR_RETURN(const json child, IssueAndLaunch(stage, "child", "KN-UBH-01", supplied));
  stage.Say("đã phát động: " + child["title"].get<std::string>());
  RETURN_IF_ERROR(stage.CatchUp());

  ASSIGN_OR_RETURN(const json coverage,
                   stage.Read("DN-SNV-01", std::string(kPlans) + "GetPlanCoverage",
                              {{"name", stage.parent_plan}}));
  stage.Say(
      "đơn vị đã có kế hoạch riêng: " + std::to_string(coverage["launched_count"].get<int>()) +
      "/" + std::to_string(coverage["participant_count"].get<int>()));
  return AcknowledgeChildPlan(stage);
}

absl::Status FileReports(Stage& stage) {
  stage.Title(5, "Thời gian trôi: báo cáo định kỳ, nhắc việc");
  // Of the tasks three are done in time and one late; the others stay open.
  const ReportPeriod half = {"2023-H1", "2023-06-15", "2023-06-12", "2023-06-20"};
  RETURN_IF_ERROR(FilePeriod(stage, half));
  for (const size_t i : {0, 1}) {
    RETURN_IF_ERROR(CompleteTask(stage, Communes().units[i], half.filed));
  }
  RETURN_IF_ERROR(CompleteTask(stage, Communes().units[3], half.filed_late));
  RETURN_IF_ERROR(AcknowledgeLate(stage));
  ASSIGN_OR_RETURN(json issue, RaiseDifficulty(stage));
  RETURN_IF_ERROR(stage.MoveTime("2023-09-24"));
  ASSIGN_OR_RETURN(issue, PassDifficultyOn(stage, issue));
  const ReportPeriod year = {"2023", "2023-12-15", "2023-12-11", "2023-12-11", true};
  RETURN_IF_ERROR(FilePeriod(stage, year));
  RETURN_IF_ERROR(AnswerDifficulty(stage, issue));
  ASSIGN_OR_RETURN(const json exemplar, ProposeExemplars(stage));
  RETURN_IF_ERROR(CompleteTask(stage, Communes().units[2], year.filed));
  // Sơ kết of the province's plan is in Q4/2023: seven days before the quarter a reminder went out
  // (see above); now seven, three and one days before its end, then past.
  RETURN_IF_ERROR(stage.MoveTime("2023-12-24"));
  RETURN_IF_ERROR(PublishExemplar(stage, exemplar));
  RETURN_IF_ERROR(stage.MoveTime("2023-12-28"));
  RETURN_IF_ERROR(HoldInterimReview(stage));
  RETURN_IF_ERROR(stage.MoveTime("2023-12-30"));
  RETURN_IF_ERROR(stage.MoveTime("2024-02-01"));
  RETURN_IF_ERROR(ChooseTheme(stage, 2024, "Nâng cao chất lượng dịch vụ công trực tuyến"));
  RETURN_IF_ERROR(RaiseLateDifficulty(stage));
  ASSIGN_OR_RETURN(const json deadlines,
                   stage.Read("", "notify.v1.DeadlineService/ListDeadlines",
                              {{"plan", stage.parent_plan}, {"page_size", 1000}}));
  for (const json& deadline : deadlines["deadlines"]) {
    if (deadline["unit"] != stage.Unit("H00.01")) continue;
    for (const json& reminder : deadline["reminders"]) {
      if (reminder["state"] == "REMINDER_STATE_PENDING") continue;
      stage.Say("nhắc việc \"" + deadline["title"].get<std::string>() + "\" " +
                reminder["code"].get<std::string>() + ": " +
                ReminderVi(reminder["state"].get<std::string>()));
    }
  }
  return absl::OkStatus();
}

}  // namespace thidua::ctl::demo
