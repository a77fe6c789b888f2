#include "scoring/rankings/page.h"

#include "absl/strings/str_cat.h"
#include "platform/html.h"
#include "scoring/rankings/explain.h"

namespace thidua::scoring::rankings {
namespace {

using platform::EscapeHtml;

std::string UnitRow(const Ranked& ranked, const Standing& standing) {
  const UnitRecord& unit = *ranked.UnitOf(standing.unit_id);
  const auto cell = [](const char* column, const std::string& html, bool number) {
    return absl::StrCat("<td role=\"cell\" class=\"", number ? "n" : "keep", "\" data-c=\"", column,
                        "\"><span>", html, "</span></td>");
  };
  std::string rank = "–";
  std::string points = "–";
  std::string most = "–";
  std::string index = "–";
  std::string band = EscapeHtml(NotRankedText(standing.not_ranked_reason));
  if (standing.rank > 0) {
    rank = absl::StrCat(standing.rank);
    points = EscapeHtml(NumberText(standing.score.points));
    most = EscapeHtml(NumberText(standing.score.applicable_max));
    index = EscapeHtml(numbers::Vietnamese(ranked.scheme.IndexText(*standing.score.index)));
    band = EscapeHtml(standing.band);
  }
  return absl::StrCat("<tr role=\"row\">", cell("Hạng", rank, true),
                      "<th scope=\"row\" role=\"rowheader\"><a href=\"",
                      UnitPath(ranked.basis.head.publication_id, standing.unit_id), "\">",
                      EscapeHtml(unit.unit_name), "</a></th>", cell("Điểm", points, true),
                      cell("Điểm tối đa", most, true), cell("Chỉ số (%)", index, true),
                      cell("Xếp loại", band, false),
                      cell("Năm trước", ChangeHtml(unit, standing), false), "</tr>\n");
}

}  // namespace

std::string RenderPage(const Ranked& ranked, const PageFacts& facts) {
  const Head& head = ranked.basis.head;
  std::string body = absl::StrCat(
      "<h1>", EscapeHtml(head.title), "</h1>\n", NoticesHtml(head, facts), "<p class=\"lead\">",
      EscapeHtml(head.organiser_name), " công bố ngày ", DayHtml(head.publish_date), ". Xếp hạng ",
      EscapeHtml(BlockText(head)), " năm ", head.year, " (số liệu từ ", DayHtml(head.period_start),
      " đến ", DayHtml(head.period_end), "). Tên đơn vị ghi theo ngày ", DayHtml(head.as_of),
      ". Chọn tên đơn vị để xem vì sao có kết quả đó.</p>\n");
  absl::StrAppend(
      &body,
      "<table role=\"table\">\n<caption>Bảng xếp hạng</caption>\n<thead role=\"rowgroup\"><tr "
      "role=\"row\"><th scope=\"col\" role=\"columnheader\" class=\"n\">",
      "Hạng</th><th scope=\"col\" role=\"columnheader\">Đơn vị</th><th scope=\"col\" "
      "role=\"columnheader\" class=\"n\">Điểm</th>",
      "<th scope=\"col\" role=\"columnheader\" class=\"n\">Điểm tối đa áp dụng</th>",
      "<th scope=\"col\" role=\"columnheader\" class=\"n\">Chỉ số (%)</th><th scope=\"col\" "
      "role=\"columnheader\">Xếp loại</th>",
      "<th scope=\"col\" role=\"columnheader\">So với năm trước</th></tr></thead>\n<tbody "
      "role=\"rowgroup\">\n");
  for (const Standing& standing : ranked.standings) {
    absl::StrAppend(&body, UnitRow(ranked, standing));
  }
  absl::StrAppend(
      &body, "</tbody>\n</table>\n<p class=\"small\">Chỉ số = điểm đạt ÷ điểm tối đa của các tiêu ",
      "chí áp dụng cho đơn vị × 100. Bộ tiêu chí phiên bản ", head.criteria_set_version,
      BasisHtml(head.legal_basis), ".</p>\n", SnapshotHtml(head, facts));
  return Document(head.title, body);
}

}  // namespace thidua::scoring::rankings
