#include "campaign/records/render_movement.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::records {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

v1::MovementReport Sample() {
  v1::MovementReport report;
  report.set_year(2023);
  report.set_start_date("2023-01-01");
  report.set_end_date("2023-12-31");
  report.set_as_of("2024-01-10");
  report.set_plan_number("35/KH-UBND");
  report.set_plan_title("Kế hoạch \"thử\" <b>");
  report.set_participant_count(7);
  report.set_own_plan_count(3);
  v1::FieldTaskCounts* field = report.add_task_fields();
  field->set_field(v1::REFORM_FIELD_PROCEDURES);
  field->mutable_tasks()->set_total(4);
  report.add_elsewhere()->set_title_vi("Sáng kiến được công nhận");
  return report;
}

TEST(Html, FiguresInVietnameseAndTextsEscaped) {
  const std::string html = RenderHtml(Sample());
  EXPECT_THAT(html, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(html, HasSubstr("Báo cáo kết quả phong trào thi đua năm 2023"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">Đơn vị tham gia</th><td>7</td>"));
  EXPECT_THAT(html, HasSubstr("từ 01/01/2023 đến 31/12/2023"));
  EXPECT_THAT(html, HasSubstr("Nhiệm vụ theo lĩnh vực: Cải cách thủ tục hành chính"));
  EXPECT_THAT(html, HasSubstr("Kế hoạch &quot;thử&quot; &lt;b&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
}

TEST(Csv, AByteOrderMarkQuotesAndNoFormulas) {
  v1::MovementReport report = Sample();
  report.set_theme("=1+1");
  const std::string csv = RenderCsv(report);
  EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBFMục,Chỉ tiêu,Giá trị\r\n"));
  EXPECT_THAT(csv, HasSubstr("\"Kế hoạch \"\"thử\"\" <b>\""));
  EXPECT_THAT(csv, HasSubstr(",'=1+1\r\n"));
  EXPECT_THAT(csv, HasSubstr("Tổ chức phát động,Đơn vị đã phát động kế hoạch riêng,3\r\n"));
  EXPECT_THAT(csv, HasSubstr("Sáng kiến được công nhận"));
}

}  // namespace
}  // namespace thidua::campaign::records
