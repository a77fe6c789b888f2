#include "absl/strings/str_cat.h"
#include "platform/status_macros.h"
#include "thiduactl/demo/award_acts.h"
#include "thiduactl/demo/movement_acts.h"

namespace thidua::ctl::demo {
namespace {

constexpr char kProvinceOfficer[] = "DN-SNV-01";
constexpr char kPlans[] = "campaign.v1.PlanService/";
constexpr char kIssues[] = "campaign.v1.IssueService/";
constexpr char kExemplars[] = "campaign.v1.ExemplarService/";
// Acknowledges only with its first report.
constexpr char kLateUnit[] = "H00.20.15";

absl::Status Acknowledge(Stage& stage, const Participant& unit) {
  return stage
      .Act(absl::StrCat("acknowledge-", unit.code), unit.officer,
           std::string(kPlans) + "AcknowledgePlan",
           {{"name", stage.child_plan}, {"unit", stage.Unit(unit.code)}})
      .status();
}

absl::Status ShowMissing(Stage& stage, const std::string& staff, const std::string& plan) {
  ASSIGN_OR_RETURN(
      const json states,
      stage.Read(staff, std::string(kPlans) + "ListAcknowledgementStates",
                 {{"name", plan}, {"filter", "ACKNOWLEDGEMENT_FILTER_MISSING"}, {"page_size", 5}}));
  stage.Say(absl::StrCat(states["acknowledged_count"].get<int>(), "/",
                         states["participant_count"].get<int>(), " đơn vị đã xác nhận quán triệt"));
  for (const json& unit : states["units"]) {
    stage.Say("  chưa xác nhận: " + unit["display_name"].get<std::string>());
  }
  return absl::OkStatus();
}

absl::Status ShowReport(Stage& stage, const std::string& staff, const std::string& plan) {
  ASSIGN_OR_RETURN(const json report,
                   stage.Read(staff, "campaign.v1.RecordService/CompileMovementReport",
                              {{"plan", plan}, {"year", 2023}}));
  const json& tasks = report["tasks"];
  const json& reports = report["reports"];
  stage.Say(absl::StrCat("báo cáo năm 2023 của ", report["issuer_name"].get<std::string>(), ": ",
                         report["participant_count"].get<int>(), " đơn vị tham gia, ",
                         report["own_plan_count"].get<int>(), " có kế hoạch riêng; nhiệm vụ ",
                         tasks["done_on_time"].get<int>(), "/", tasks["total"].get<int>(),
                         " đúng hạn; báo cáo định kỳ ", reports["on_time"].get<int>(), "/",
                         reports["total"].get<int>(), " đúng hạn; ",
                         report["issues"]["raised"].get<int>(), " vướng mắc; ",
                         report["reviews"]["held"].get<int>(), " hội nghị; ",
                         report["exemplars"]["published"].get<int>(), " gương điển hình"));
  return absl::OkStatus();
}

absl::Status ShowWork(Stage& stage, const std::string& who, const std::string& staff) {
  ASSIGN_OR_RETURN(const json campaign, stage.Read(staff, "campaign.v1.WorkService/ListPendingWork",
                                                   {{"page_size", 1000}}));
  ASSIGN_OR_RETURN(
      const json awards,
      stage.Read(staff, std::string(kNominations) + "ListPendingWork", {{"page_size", 1000}}));
  stage.Say(absl::StrCat("việc chờ ", who, ": ", campaign["items"].size() + awards["work"].size()));
  int shown = 0;
  for (const json& item : campaign["items"]) {
    if (++shown <= 3) stage.Say("  " + item["text_vi"].get<std::string>());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ChooseTheme(Stage& stage, int year, const std::string& text) {
  ASSIGN_OR_RETURN(const json plan, stage.Act(absl::StrCat("theme-", year), kProvinceOfficer,
                                              std::string(kPlans) + "SetPlanTheme",
                                              {{"name", stage.parent_plan},
                                               {"theme", {{"year", year}, {"text", text}}},
                                               {"etag", stage.parent_etag}}));
  stage.parent_etag = plan["etag"].get<std::string>();
  stage.Say(absl::StrCat("chủ đề năm ", year, " của tỉnh: ", text));
  return absl::OkStatus();
}

absl::Status AcknowledgeParentPlan(Stage& stage) {
  RETURN_IF_ERROR(stage
                      .Act("acknowledge-parent", kCoordinator,
                           std::string(kPlans) + "AcknowledgePlan",
                           {{"name", stage.parent_plan},
                            {"unit", stage.Unit("H00.20")},
                            {"note", "Đã sao gửi các phòng, các xã, thị trấn"}})
                      .status());
  return ShowMissing(stage, kProvinceOfficer, stage.parent_plan);
}

absl::Status AcknowledgeChildPlan(Stage& stage) {
  for (const Participant& unit : Everybody()) {
    if (unit.code != std::string(kLateUnit)) RETURN_IF_ERROR(Acknowledge(stage, unit));
  }
  return ShowMissing(stage, kCoordinator, stage.child_plan);
}

absl::Status AcknowledgeLate(Stage& stage) {
  for (const Participant& unit : Everybody()) {
    if (unit.code == std::string(kLateUnit)) RETURN_IF_ERROR(Acknowledge(stage, unit));
  }
  return absl::OkStatus();
}

absl::StatusOr<json> RaiseDifficulty(Stage& stage) {
  ASSIGN_OR_RETURN(const json raised,
                   stage.Act("issue", "KN-TT-01", std::string(kIssues) + "RaiseIssue",
                             {{"plan", stage.child_plan},
                              {"unit", stage.Unit("H00.20.13")},
                              {"title", "Đường truyền tại bộ phận một cửa không ổn định"},
                              {"text", "Hồ sơ trực tuyến thường bị gián đoạn vào buổi sáng"},
                              {"field", "REFORM_FIELD_DIGITAL_GOVERNMENT"}}));
  return stage.Act("issue-returned", kCoordinator, std::string(kIssues) + "ReturnIssue",
                   {{"name", raised["name"]},
                    {"reason", "Đề nghị bổ sung số lần gián đoạn trong quý"},
                    {"due_date", "2023-09-30"},
                    {"etag", raised["etag"]}});
}

absl::StatusOr<json> PassDifficultyOn(Stage& stage, const json& issue) {
  ASSIGN_OR_RETURN(
      const json brought,
      stage.Act("issue-supplement", "KN-TT-01", std::string(kIssues) + "SupplementIssue",
                {{"name", issue["name"]},
                 {"text", "Quý III/2023: 14 lần gián đoạn, tổng cộng 9 giờ"},
                 {"etag", issue["etag"]}}));
  return stage.Act("issue-forward", kCoordinator, std::string(kIssues) + "ForwardIssue",
                   {{"name", issue["name"]},
                    {"opinion", "Đề nghị UBND huyện làm việc với đơn vị cung cấp đường truyền"},
                    {"due_date", "2023-12-15"},
                    {"etag", brought["etag"]}});
}

absl::Status AnswerDifficulty(Stage& stage, const json& issue) {
  ASSIGN_OR_RETURN(const json answered,
                   stage.Act("issue-answer", kLeader, std::string(kIssues) + "DecideIssue",
                             {{"name", issue["name"]},
                              {"decision", "ISSUE_DECISION_ANSWER"},
                              {"text", "Nâng băng thông cho 12 xã, thị trấn từ ngày 01/01/2024"},
                              {"document_number", "1234/UBND-VP (trình diễn)"},
                              {"document_date", "2023-12-11"},
                              {"etag", issue["etag"]}}));
  stage.Say("vướng mắc của xã Tân Thành qua Phòng Nội vụ được UBND huyện trả lời: " +
            answered["steps"].back()["text"].get<std::string>());
  return absl::OkStatus();
}

absl::Status RaiseLateDifficulty(Stage& stage) {
  return stage
      .Act("issue-late", "KN-NR-01", std::string(kIssues) + "RaiseIssue",
           {{"plan", stage.child_plan},
            {"unit", stage.Unit("H00.20.21")},
            {"title", "Thiếu mẫu báo cáo thành tích theo quy định mới"},
            {"text", "Mẫu số 07 theo Nghị định 91/2017/NĐ-CP hết hiệu lực từ 01/01/2024"},
            {"due_date", "2024-03-15"}})
      .status();
}

absl::StatusOr<json> ProposeExemplars(Stage& stage) {
  ASSIGN_OR_RETURN(
      const json collective,
      stage.Act("exemplar", "KN-TT-01", std::string(kExemplars) + "ProposeExemplar",
                {{"plan", stage.child_plan},
                 {"unit", stage.Unit("H00.20.13")},
                 {"subject", "SUBJECT_COLLECTIVE"},
                 {"honoree", "Bộ phận tiếp nhận và trả kết quả UBND xã Tân Thành"},
                 {"title", "Ngày thứ Bảy không hẹn"},
                 {"deeds", "Tiếp nhận và trả kết quả sáng thứ Bảy cho người dân ở thôn xa"}}));
  ASSIGN_OR_RETURN(const json person, stage.Person("KN-TP-03"));
  RETURN_IF_ERROR(stage
                      .Act("exemplar-person", "KN-TP-01",
                           std::string(kExemplars) + "ProposeExemplar",
                           {{"plan", stage.child_plan},
                            {"unit", stage.Unit("H00.20.03")},
                            {"subject", "SUBJECT_INDIVIDUAL"},
                            {"honoree", person["full_name"]},
                            {"person", person["name"]},
                            {"title", "Hẹn trả kết quả hộ tịch trong ngày"},
                            {"deeds", "Đề xuất và hướng dẫn 12 xã, thị trấn cùng làm"}})
                      .status());
  return collective;
}

absl::Status PublishExemplar(Stage& stage, const json& exemplar) {
  ASSIGN_OR_RETURN(
      const json published,
      stage.Act("exemplar-publish", kCoordinator, std::string(kExemplars) + "PublishExemplar",
                {{"name", exemplar["name"]},
                 {"publications",
                  json::array({{{"outlet", "Trang thông tin điện tử huyện Krông Nô"},
                                {"url", "https://krongno.example/guong-dien-hinh/tan-thanh"},
                                {"publication_date", "2023-12-24"}},
                               {{"outlet", "Đài Truyền thanh huyện Krông Nô"},
                                {"publication_date", "2023-12-23"}}})},
                 {"etag", exemplar["etag"]}}));
  stage.Say("gương điển hình: " + published["honoree"].get<std::string>() + ", đăng trên " +
            published["publications"][0]["outlet"].get<std::string>());
  return absl::OkStatus();
}

absl::Status HoldInterimReview(Stage& stage) {
  ASSIGN_OR_RETURN(const std::string minutes,
                   stage.Upload("interim-minutes", "campaign", kProvinceOfficer, stage.Unit("H00"),
                                "bien-ban-so-ket.pdf", "Bien ban hoi nghi so ket"));
  RETURN_IF_ERROR(stage
                      .Act("interim-review", kProvinceOfficer,
                           "campaign.v1.ConferenceService/RecordConference",
                           {{"plan", stage.parent_plan},
                            {"milestone_id", "so-ket"},
                            {"details",
                             {{"held_date", "2023-12-28"},
                              {"place", "Hội trường UBND tỉnh Đắk Nông"},
                              {"chair", "Lãnh đạo UBND tỉnh"},
                              {"attendee_count", 120},
                              {"conclusions",
                               "Phong trào được triển khai ở cả ba cấp; tiếp tục đến "
                               "hết năm 2025"},
                              {"files", json::array({minutes})}}}})
                      .status());
  ASSIGN_OR_RETURN(
      const json reviews,
      stage.Read(kProvinceOfficer, "campaign.v1.ConferenceService/ListReviewMilestones",
                 {{"plan", stage.parent_plan}}));
  for (const json& review : reviews["milestones"]) {
    stage.Say(review["title"].get<std::string>() + " (hạn " +
              review["end_date"].get<std::string>() +
              "): " + (review["conference"] == "" ? "chưa đến" : "đã họp"));
  }
  return absl::OkStatus();
}

absl::Status ReportYear(Stage& stage) {
  RETURN_IF_ERROR(ShowReport(stage, kProvinceOfficer, stage.parent_plan));
  RETURN_IF_ERROR(ShowReport(stage, kCoordinator, stage.child_plan));
  ASSIGN_OR_RETURN(const json missing,
                   stage.Read(kCoordinator, "campaign.v1.RecordService/ListMissingReports",
                              {{"plan", stage.child_plan}}));
  for (const json& report : missing["reports"]) {
    stage.Say("chưa nộp báo cáo kỳ " + report["period"].get<std::string>() + ": " +
              report["unit_name"].get<std::string>());
  }
  return absl::OkStatus();
}

absl::Status ShowPendingWork(Stage& stage) {
  RETURN_IF_ERROR(ShowWork(stage, "công chức thị trấn Đắk Mâm", "KN-DM-01"));
  RETURN_IF_ERROR(ShowWork(stage, "chuyên viên Phòng Nội vụ", kCoordinator));
  // Council members hold no role in the campaign's records but may read its plans.
  return ShowWork(stage, "thư ký Hội đồng", "KN-HD-05");
}

}  // namespace thidua::ctl::demo
