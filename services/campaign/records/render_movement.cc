#include "campaign/records/render_movement.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/html.h"

namespace thidua::campaign::records {
namespace {

struct Line {
  std::string section;
  std::string label;
  std::string value;
};

const char* FieldVi(v1::ReformField field) {
  switch (field) {
    case v1::REFORM_FIELD_STEERING:
      return "Chỉ đạo, điều hành";
    case v1::REFORM_FIELD_INSTITUTIONS:
      return "Cải cách thể chế";
    case v1::REFORM_FIELD_PROCEDURES:
      return "Cải cách thủ tục hành chính";
    case v1::REFORM_FIELD_APPARATUS:
      return "Cải cách tổ chức bộ máy";
    case v1::REFORM_FIELD_CIVIL_SERVICE:
      return "Cải cách chế độ công vụ";
    case v1::REFORM_FIELD_PUBLIC_FINANCE:
      return "Cải cách tài chính công";
    case v1::REFORM_FIELD_DIGITAL_GOVERNMENT:
      return "Chính quyền điện tử, chính quyền số";
    default:
      return "Khác";
  }
}

std::string DateVi(const std::string& date) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(date, "");
  return day.ok() ? platform::FormatDateVi(*day) : date;
}

class Lines {
 public:
  void Section(std::string title) { section_ = std::move(title); }
  void Add(std::string label, std::string value) {
    lines_.push_back({section_, std::move(label), std::move(value)});
  }
  void Add(std::string label, int value) { Add(std::move(label), absl::StrCat(value)); }
  void Tasks(const v1::TaskCounts& tasks) {
    Add("Tổng số nhiệm vụ đến hạn trong năm", tasks.total());
    Add("Hoàn thành đúng hạn", tasks.done_on_time());
    Add("Hoàn thành quá hạn", tasks.done_late());
    Add("Chưa hoàn thành, đã quá hạn", tasks.overdue());
    Add("Chưa hoàn thành, còn trong hạn", tasks.open());
  }
  std::vector<Line> Take() { return std::move(lines_); }

 private:
  std::string section_;
  std::vector<Line> lines_;
};

std::vector<Line> LinesOf(const v1::MovementReport& report) {
  Lines lines;
  lines.Section("Kế hoạch");
  lines.Add("Số, ký hiệu", report.plan_number());
  lines.Add("Tên kế hoạch", report.plan_title());
  lines.Add("Cơ quan ban hành", report.issuer_name());
  lines.Add("Kỳ báo cáo",
            absl::StrCat("từ ", DateVi(report.start_date()), " đến ", DateVi(report.end_date())));
  lines.Add("Số liệu đến ngày", DateVi(report.as_of()));
  lines.Add("Chủ đề năm", report.theme().empty() ? "chưa đặt" : report.theme());
  lines.Section("Tổ chức phát động");
  lines.Add("Đơn vị tham gia", report.participant_count());
  lines.Add("Đơn vị đã phát động kế hoạch riêng", report.own_plan_count());
  lines.Add("Đơn vị đã quán triệt kế hoạch", report.acknowledged_count());
  lines.Section("Nhiệm vụ");
  lines.Tasks(report.tasks());
  for (const v1::FieldTaskCounts& one : report.task_fields()) {
    lines.Section(absl::StrCat("Nhiệm vụ theo lĩnh vực: ", FieldVi(one.field())));
    lines.Tasks(one.tasks());
  }
  lines.Section("Báo cáo định kỳ");
  lines.Add("Tổng số báo cáo phải nộp", report.reports().total());
  lines.Add("Nộp đúng hạn", report.reports().on_time());
  lines.Add("Nộp quá hạn", report.reports().late());
  lines.Add("Đã nộp, không có hạn", report.reports().filed_without_due_date());
  lines.Add("Chưa nộp, đã quá hạn", report.reports().overdue());
  lines.Add("Chưa nộp, chưa quá hạn", report.reports().due());
  lines.Section("Khó khăn, vướng mắc");
  lines.Add("Được nêu trong năm", report.issues().raised());
  lines.Add("Đã trả lời", report.issues().answered());
  lines.Add("Chưa trả lời", report.issues().open());
  lines.Section("Sơ kết, tổng kết");
  lines.Add("Mốc sơ kết, tổng kết trong năm", report.reviews().total());
  lines.Add("Đã tổ chức hội nghị", report.reviews().held());
  lines.Add("Đã qua mà chưa tổ chức", report.reviews().overdue());
  lines.Add("Lượt người dự các hội nghị trong năm", report.reviews().attendee_count());
  lines.Section("Gương điển hình tiên tiến");
  lines.Add("Tập thể được giới thiệu", report.exemplars().collectives());
  lines.Add("Cá nhân được giới thiệu", report.exemplars().individuals());
  lines.Add("Đã đăng, phát", report.exemplars().published());
  lines.Add("Lượt đăng, phát trong năm", report.exemplars().publication_count());
  lines.Section("Lấy từ hệ thống khác");
  for (const v1::ReportElsewhere& one : report.elsewhere()) lines.Add(one.title_vi(), one.method());
  return lines.Take();
}

// A cell that a spreadsheet would take for a formula is made text.
std::string Cell(const std::string& text) {
  std::string out = text;
  if (!out.empty() && std::string_view("=+-@\t\r").find(out[0]) != std::string_view::npos)
    out.insert(0, "'");
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string RenderHtml(const v1::MovementReport& report) {
  const std::string title = absl::StrCat("Báo cáo kết quả phong trào thi đua năm ", report.year());
  std::string html =
      absl::StrCat("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
                   platform::EscapeHtml(title), "</title>\n</head>\n<body>\n<h1>",
                   platform::EscapeHtml(title), "</h1>\n");
  std::string section;
  for (const Line& line : LinesOf(report)) {
    if (line.section != section) {
      if (!section.empty()) absl::StrAppend(&html, "</table>\n");
      section = line.section;
      absl::StrAppend(&html, "<h2>", platform::EscapeHtml(section), "</h2>\n<table>\n");
    }
    absl::StrAppend(&html, "<tr><th scope=\"row\">", platform::EscapeHtml(line.label), "</th><td>",
                    platform::EscapeHtml(line.value), "</td></tr>\n");
  }
  return absl::StrCat(html, "</table>\n</body>\n</html>\n");
}

std::string RenderCsv(const v1::MovementReport& report) {
  std::string csv = "\xEF\xBB\xBFMục,Chỉ tiêu,Giá trị\r\n";
  for (const Line& line : LinesOf(report)) {
    absl::StrAppend(&csv, Cell(line.section), ",", Cell(line.label), ",", Cell(line.value), "\r\n");
  }
  return csv;
}

}  // namespace thidua::campaign::records
