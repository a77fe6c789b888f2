#include "scoring/rankings/page_parts.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "platform/html.h"

namespace thidua::scoring::rankings {
namespace {

using platform::EscapeHtml;

// Colours by name, so that dark and paper only name others. Tables become cards where a row does
// not fit: each cell then says its column itself (data-c).
constexpr char kStyle[] = R"css(
:root{--bg:#fff;--fg:#1b1f24;--mute:#57606a;--line:#d0d7de;--head:#f3f5f8;--link:#0b4f9e;
--bar:#2f6fb7;--track:#e3e8ee;--warn:#8a1c1c;--warnbg:#fdf1f0;--up:#1a6b37;--down:#9b1c1c}
@media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e9ed;--mute:#9aa4af;--line:#39414a;
--head:#1d2228;--link:#8ab8f2;--bar:#6ea6e6;--track:#2a3138;--warn:#ffb4ab;--warnbg:#331c1a;
--up:#7fd39b;--down:#ff9c94}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",
Roboto,"Noto Sans","Liberation Sans",sans-serif}
main{max-width:66rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
a{color:var(--link);text-underline-offset:.15em}
h1{font-size:1.65rem;line-height:1.25;margin:.25rem 0 .5rem;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;margin:2.25rem 0 .6rem}
p{margin:.5rem 0;max-width:52rem}
nav{font-size:.95rem}
.lead,.small{color:var(--mute)}.small{font-size:.9rem}
.notice{border-left:.3rem solid var(--warn);background:var(--warnbg);padding:.7rem 1rem;margin:1rem 0;max-width:none}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.25rem 0}
.facts div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .9rem}
.facts dt{color:var(--mute);font-size:.85rem}
.facts dd{margin:.1rem 0 0;font-size:1.3rem;font-weight:600;font-variant-numeric:tabular-nums}
.facts dd small{display:block;font-size:.85rem;line-height:1.4;font-weight:400;color:var(--mute)}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.4rem 0}
caption span{font-weight:400;color:var(--mute)}
th,td{padding:.55rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
table.even{table-layout:fixed}
thead th{background:var(--head);font-size:.9rem;border-bottom:2px solid var(--line)}
thead th.n{white-space:normal}.keep{white-space:nowrap}
tbody th{font-weight:600}
.n{text-align:right;white-space:nowrap}
tfoot td,tfoot th{font-weight:600;border-bottom:0;border-top:2px solid var(--line)}
.up{color:var(--up)}.down{color:var(--down)}
.bar{display:block;height:.3rem;border-radius:.15rem;background:var(--track);margin-top:.35rem;min-width:5rem}
.bar i{display:block;height:100%;border-radius:inherit;background:var(--bar)}
.how{display:block}.how+.how{margin-top:.15rem;color:var(--mute);font-size:.92rem}
code{font:.85em/1.4 ui-monospace,"Liberation Mono",monospace;overflow-wrap:anywhere}
pre{background:var(--head);padding:.7rem .9rem;border-radius:.4rem;white-space:pre-wrap;margin:.5rem 0}
ul{margin:.4rem 0;padding-left:1.3rem;max-width:52rem}li{margin:.25rem 0}
@media(max-width:44rem){
main{padding:1rem .9rem 2rem}h1{font-size:1.35rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
table,tbody,tfoot,tr,th,td,caption{display:block}
tr{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .8rem;margin:.6rem 0}
tfoot td,tfoot th,th,td{border:0;padding:.2rem 0}
td.n,.keep{text-align:left;white-space:normal}
td[data-c]{display:grid;grid-template-columns:8.5rem 1fr;gap:.5rem}
td[data-c]::before{content:attr(data-c);color:var(--mute);font-size:.9rem}
}
@media print{
:root{--bg:#fff;--fg:#000;--mute:#444;--line:#999;--head:#eee;--link:#000;--bar:#555;--track:#ddd;
--warn:#000;--warnbg:#fff;--up:#000;--down:#000}
main{max-width:none;padding:0}nav{display:none}a{text-decoration:none}
html{font-size:10.5pt}.facts{grid-template-columns:repeat(5,1fr)}caption,thead{break-after:avoid}
tbody tr:first-child{break-before:avoid}
tr,.facts div,.notice{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}
@page{size:A4;margin:15mm}
}
)css";

std::string Link(const std::string& publication_id, const char* text) {
  return absl::StrCat("<a href=\"", PublicationPath(publication_id), "\">", text, "</a>");
}

}  // namespace

std::string Document(const std::string& title, const std::string& body) {
  return absl::StrCat(
      "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
      EscapeHtml(title), "</title>\n<style>", kStyle, "</style>\n</head>\n<body>\n<main>\n", body,
      "</main>\n</body>\n</html>\n");
}

std::string DayHtml(const std::string& iso) {
  if (iso.size() != 10) return EscapeHtml(iso);
  return EscapeHtml(absl::StrCat(iso.substr(8, 2), "/", iso.substr(5, 2), "/", iso.substr(0, 4)));
}

std::string PublicationPath(const std::string& publication_id) {
  return absl::StrCat("/trang/xep-hang/", EscapeHtml(publication_id));
}

std::string UnitPath(const std::string& publication_id, const std::string& unit_id) {
  return absl::StrCat(PublicationPath(publication_id), "/", EscapeHtml(unit_id));
}

std::string NoticesHtml(const Head& head, const PageFacts& facts) {
  std::string out;
  if (!facts.corrected_by.empty()) {
    absl::StrAppend(&out,
                    "<p class=\"notice\" role=\"note\"><strong>Kết quả này đã được đính "
                    "chính.</strong> Kết quả hiện hành: ",
                    Link(facts.corrected_by, "bản đính chính"), ".</p>\n");
  }
  if (head.corrects.empty()) return out;
  absl::StrAppend(&out, "<p class=\"notice\" role=\"note\">Đây là bản đính chính cho ",
                  Link(head.corrects, "công bố trước"),
                  ". Lý do: ", EscapeHtml(head.correction_reason));
  const LegalBasis& basis = head.correction_basis;
  if (!basis.number.empty()) {
    absl::StrAppend(&out, ". Văn bản: ", EscapeHtml(basis.number), " ngày ",
                    DayHtml(basis.issue_date), " của ", EscapeHtml(basis.issuer));
    if (!basis.subject.empty()) absl::StrAppend(&out, " – ", EscapeHtml(basis.subject));
  }
  absl::StrAppend(&out, ".</p>\n");
  return out;
}

std::string ChangeHtml(const UnitRecord& unit, const Standing& standing) {
  if (standing.rank == 0 || unit.previous_rank == 0) return "–";
  const int change = RankChange(unit.previous_rank, standing.rank);
  if (change == 0) return absl::StrCat("giữ hạng ", unit.previous_rank);
  return absl::StrCat("<span class=\"", change > 0 ? "up" : "down", "\">",
                      change > 0 ? "▲ tăng " : "▼ giảm ", std::abs(change),
                      " bậc</span> (từ&nbsp;hạng&nbsp;", unit.previous_rank, ")");
}

std::string BasisHtml(const LegalBasis& basis) {
  if (basis.number.empty()) return "";
  return absl::StrCat(" (", EscapeHtml(basis.number),
                      basis.issue_date.empty() ? "" : " ngày " + DayHtml(basis.issue_date), ")");
}

std::string SnapshotHtml(const Head& head, const PageFacts& facts) {
  return absl::StrCat(
      "<h2>Kiểm tra kết quả</h2>\n<p>Mọi con số trên trang này lấy từ <a href=\"/v1/publications/",
      EscapeHtml(head.publication_id),
      ":snapshot\">bản chụp số liệu</a>, không đổi từ ngày công bố. Ai cũng có thể tải về, tính "
      "lại "
      "và đối chiếu mã SHA-256 của tệp:</p>\n<pre><code>",
      EscapeHtml(facts.snapshot_sha256), "</code></pre>\n");
}

}  // namespace thidua::scoring::rankings
