#include "thiduactl/report_movement.h"

#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thiduactl/commands.h"
#include "thiduactl/paging.h"

namespace thidua::ctl {
namespace {

// Texts of others stay texts: marks of layout in them mean nothing.
std::string Plain(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                    {"`", "\\`"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"|", "\\|"},
                                    {"<", "&lt;"},
                                    {"[", "\\["},
                                    {"#", "\\#"},
                                    {"\r", " "},
                                    {"\n", " "}});
}

std::string Text(const json& value, const char* key) {
  return Plain(value.value(key, std::string()));
}

void Figure(const json& counts, const char* key, const char* label, std::string* out) {
  absl::StrAppend(out, "- ", label, ": ", counts.value(key, 0), "\n");
}

void Movement(const json& report, std::string* out) {
  absl::StrAppend(out, "# Báo cáo kết quả phong trào thi đua năm ", report.value("year", 0), "\n\n",
                  Text(report, "plan_title"), "  \nKế hoạch số ", Text(report, "plan_number"), ", ",
                  Text(report, "issuer_name"), "  \nTừ ", Text(report, "start_date"), " đến ",
                  Text(report, "end_date"), "; số liệu đến ngày ", Text(report, "as_of"), "\n");
  if (!Text(report, "theme").empty())
    absl::StrAppend(out, "\nChủ đề năm: ", Text(report, "theme"), "\n");
  absl::StrAppend(out, "\n## Tổ chức phát động\n\n");
  Figure(report, "participant_count", "Đơn vị tham gia", out);
  Figure(report, "own_plan_count", "Đơn vị đã phát động kế hoạch riêng", out);
  Figure(report, "acknowledged_count", "Đơn vị đã quán triệt kế hoạch", out);
  const json none = json::object();
  const json tasks = report.value("tasks", none);
  absl::StrAppend(out, "\n## Nhiệm vụ đến hạn trong năm\n\n");
  Figure(tasks, "total", "Tổng số", out);
  Figure(tasks, "done_on_time", "Hoàn thành đúng hạn", out);
  Figure(tasks, "done_late", "Hoàn thành quá hạn", out);
  Figure(tasks, "overdue", "Chưa hoàn thành, đã quá hạn", out);
  Figure(tasks, "open", "Chưa hoàn thành, còn trong hạn", out);
  const json reports = report.value("reports", none);
  absl::StrAppend(out, "\n## Báo cáo định kỳ\n\n");
  Figure(reports, "total", "Phải nộp", out);
  Figure(reports, "on_time", "Nộp đúng hạn", out);
  Figure(reports, "late", "Nộp quá hạn", out);
  Figure(reports, "filed_without_due_date", "Đã nộp, không có hạn", out);
  Figure(reports, "overdue", "Chưa nộp, đã quá hạn", out);
  Figure(reports, "due", "Chưa nộp, chưa quá hạn", out);
  const json issues = report.value("issues", none);
  absl::StrAppend(out, "\n## Khó khăn, vướng mắc\n\n");
  Figure(issues, "raised", "Được nêu", out);
  Figure(issues, "answered", "Đã trả lời", out);
  Figure(issues, "open", "Chưa trả lời", out);
  const json reviews = report.value("reviews", none);
  absl::StrAppend(out, "\n## Sơ kết, tổng kết\n\n");
  Figure(reviews, "total", "Mốc trong năm", out);
  Figure(reviews, "held", "Đã tổ chức hội nghị", out);
  Figure(reviews, "overdue", "Đã qua mà chưa tổ chức", out);
  Figure(reviews, "attendee_count", "Lượt người dự", out);
  const json exemplars = report.value("exemplars", none);
  absl::StrAppend(out, "\n## Gương điển hình tiên tiến\n\n");
  Figure(exemplars, "collectives", "Tập thể được giới thiệu", out);
  Figure(exemplars, "individuals", "Cá nhân được giới thiệu", out);
  Figure(exemplars, "published", "Đã đăng, phát", out);
}

// The heading and, where the service did not tell, why.
bool Begin(const char* title, const absl::StatusOr<json>& part, std::string* out) {
  absl::StrAppend(out, "\n## ", title, "\n\n");
  if (part.ok()) return true;
  absl::StrAppend(out, "Không đọc được: ", Plain(platform::TextOf(part.status(), "vi")), " (",
                  platform::ReasonOf(part.status()), ")\n");
  return false;
}

void Others(const ReportParts& parts, std::string* out) {
  if (Begin("Xếp hạng cải cách hành chính", parts.publications, out)) {
    if (parts.publications->empty()) absl::StrAppend(out, "Chưa công bố.\n");
    for (const json& one : *parts.publications) {
      absl::StrAppend(out, "- ", Text(one, "title"), ": công bố ngày ", Text(one, "publish_date"),
                      Text(one, "corrected_by").empty() ? "" : " (đã được đính chính)", "\n");
    }
  }
  if (Begin("Sáng kiến", parts.initiatives, out)) {
    size_t recognised = 0;
    for (const json& one : *parts.initiatives) {
      const json recognition = one.value("recognition", json());
      recognised += recognition.is_object() && !recognition.empty() ? 1 : 0;
    }
    absl::StrAppend(out, "- Được đăng ký: ", parts.initiatives->size(),
                    "\n- Được công nhận: ", recognised, "\n");
  }
  if (Begin("Khen thưởng", parts.decisions, out)) {
    size_t issued = 0;
    for (const json& one : *parts.decisions) {
      if (Text(one, "number").empty()) continue;
      ++issued;
      absl::StrAppend(out, "- Quyết định ", Text(one, "number"), " ngày ", Text(one, "issue_date"),
                      ": ", one.value("awards", json::array()).size(), " tập thể, cá nhân\n");
    }
    if (issued == 0) absl::StrAppend(out, "Chưa có quyết định.\n");
  }
}

}  // namespace

std::string ReportMarkdown(const ReportParts& parts) {
  std::string out;
  Movement(parts.movement, &out);
  Others(parts, &out);
  return out;
}

absl::Status ReportMovement(Session& session, const std::vector<std::string>& rest) {
  int year = 0;
  if (rest.size() != 2 || !absl::SimpleAtoi(rest[1], &year))
    return WrongArguments("report movement plans/ID NĂM");
  const json request = {{"plan", rest[0]}, {"year", year}};
  ReportParts parts;
  ASSIGN_OR_RETURN(parts.movement,
                   session.Call("campaign.v1.RecordService/CompileMovementReport", request));
  parts.publications =
      ListAll(session, "scoring.v1.RankingService/ListPublications", "publications", request);
  parts.initiatives = ListAll(session, "awards.v1.InitiativeService/ListInitiatives", "initiatives",
                              {{"year", year}});
  parts.decisions =
      ListAll(session, "awards.v1.DecisionService/ListDecisions", "decisions", {{"plan", rest[0]}});
  return Show(session, parts.movement, [&](const json&) { std::cout << ReportMarkdown(parts); });
}

}  // namespace thidua::ctl
