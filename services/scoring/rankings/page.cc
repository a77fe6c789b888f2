#include "scoring/rankings/page.h"

#include "absl/strings/str_cat.h"
#include "platform/html.h"
#include "scoring/rankings/explain.h"

namespace thidua::scoring::rankings {
namespace {

using platform::EscapeHtml;

constexpr char kStyle[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 "
    "1rem;color:#1a1a1a}"
    "h1{font-size:1.5rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid "
    "#c9c9c9;padding:.4rem "
    ".6rem;text-align:left;vertical-align:top}th{background:#f0f3f7}.n{text-align:right;white-"
    "space:nowrap}"
    ".notice{border:2px solid #b00020;padding:.6rem "
    "1rem;background:#fff4f4}code{overflow-wrap:anywhere}"
    "details{margin:.2rem 0}ul{margin:.3rem 0;padding-left:1.2rem}";

std::string Day(const std::string& iso) {  // YYYY-MM-DD → dd/mm/yyyy
  if (iso.size() != 10) return EscapeHtml(iso);
  return absl::StrCat(iso.substr(8, 2), "/", iso.substr(5, 2), "/", iso.substr(0, 4));
}

std::string Link(const std::string& publication_id) {
  return absl::StrCat("<a href=\"/trang/xep-hang/", EscapeHtml(publication_id), "\">",
                      EscapeHtml(publication_id), "</a>");
}

std::string Notices(const Ranked& ranked, const PageFacts& facts) {
  const Head& head = ranked.basis.head;
  std::string out;
  if (!facts.corrected_by.empty()) {
    absl::StrAppend(&out, "<p class=\"notice\">Kết quả này đã được đính chính. Bản đính chính: ",
                    Link(facts.corrected_by), ".</p>");
  }
  if (!head.corrects.empty()) {
    absl::StrAppend(&out, "<p class=\"notice\">Đây là bản đính chính cho công bố ",
                    Link(head.corrects), ". Lý do: ", EscapeHtml(head.correction_reason), ".</p>");
  }
  return out;
}

std::string Change(const UnitRecord& unit, const Standing& standing) {
  if (standing.rank == 0 || unit.previous_rank == 0) return "–";
  const int change = RankChange(unit.previous_rank, standing.rank);
  if (change == 0) return absl::StrCat("giữ hạng ", unit.previous_rank);
  return absl::StrCat(change > 0 ? "▲ " : "▼ ", std::abs(change), " (từ hạng ", unit.previous_rank,
                      ")");
}

std::string UnitRow(const Ranked& ranked, const Standing& standing) {
  const UnitRecord& unit = *ranked.UnitOf(standing.unit_id);
  const bool is_ranked = standing.rank > 0;
  std::string why = "<ul>";
  for (const std::string& line : ExplainLines(ranked, standing.unit_id)) {
    absl::StrAppend(&why, "<li>", EscapeHtml(line), "</li>");
  }
  for (size_t i = 0; i < standing.leaves.size(); ++i) {
    absl::StrAppend(&why, "<li>", EscapeHtml(ranked.scheme.leaves()[i].title), ": ",
                    EscapeHtml(CalculationText(standing.leaves[i])), "</li>");
  }
  absl::StrAppend(&why, "</ul>");
  return absl::StrCat(
      "<tr><td class=\"n\">", is_ranked ? absl::StrCat(standing.rank) : "–", "</td><td>",
      EscapeHtml(unit.unit_name), "<details><summary>Vì sao</summary>", why, "</details></td>",
      "<td class=\"n\">", is_ranked ? EscapeHtml(NumberText(standing.score.points)) : "–", "</td>",
      "<td class=\"n\">", is_ranked ? EscapeHtml(NumberText(standing.score.applicable_max)) : "–",
      "</td><td class=\"n\">",
      is_ranked ? EscapeHtml(numbers::Vietnamese(ranked.scheme.IndexText(*standing.score.index)))
                : "–",
      "</td><td>",
      is_ranked ? EscapeHtml(standing.band) : EscapeHtml(NotRankedText(standing.not_ranked_reason)),
      "</td><td>", Change(unit, standing), "</td></tr>\n");
}

std::string Document(const std::string& title, const std::string& body) {
  return absl::StrCat(
      "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>", title,
      "</title><style>", kStyle, "</style></head><body>\n", body, "</body></html>\n");
}

}  // namespace

std::string RenderPage(const Ranked& ranked, const PageFacts& facts) {
  const Head& head = ranked.basis.head;
  std::string body = absl::StrCat(
      "<h1>", EscapeHtml(head.title), "</h1>\n", Notices(ranked, facts), "<p>",
      EscapeHtml(head.organiser_name), " công bố ngày ", Day(head.publish_date), ". Xếp hạng ",
      EscapeHtml(BlockText(head)), " năm ", head.year, " (số liệu từ ", Day(head.period_start),
      " đến ", Day(head.period_end), "). Tên đơn vị ghi theo ngày ", Day(head.as_of), ".</p>\n");
  absl::StrAppend(
      &body,
      "<table><thead><tr><th>Hạng</th><th>Đơn vị</th><th>Điểm</th><th>Điểm tối đa áp dụng</th>",
      "<th>Chỉ số (%)</th><th>Xếp loại</th><th>So với năm trước</th></tr></thead><tbody>\n");
  for (const Standing& standing : ranked.standings)
    absl::StrAppend(&body, UnitRow(ranked, standing));
  absl::StrAppend(&body, "</tbody></table>\n<p>Bộ tiêu chí phiên bản ", head.criteria_set_version);
  if (!head.legal_basis.number.empty()) {
    absl::StrAppend(&body, " (", EscapeHtml(head.legal_basis.number), ")");
  }
  absl::StrAppend(&body, ".</p>\n<p>Bản chụp không đổi của kết quả: <a href=\"/v1/publications/",
                  EscapeHtml(head.publication_id), ":snapshot\">tải về</a>. SHA-256: <code>",
                  EscapeHtml(facts.snapshot_sha256), "</code></p>\n");
  return Document(EscapeHtml(head.title), body);
}

}  // namespace thidua::scoring::rankings
