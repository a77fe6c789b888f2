#include "scoring/rankings/unit_page.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/html.h"
#include "scoring/rankings/explain.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::Leaf;
using criteria::LeafInput;
using criteria::LeafScore;
using criteria::ScoreStatus;
using numbers::Rational;
using platform::EscapeHtml;

// What inputs are called among people, in the order in which they are told; those that a
// calculation shows itself have no word here.
constexpr std::pair<const char*, const char*> kInputWords[] = {
    {"received", "tiếp nhận"},        {"early", "sớm hạn"},
    {"on_time", "đúng hạn"},          {"late", "trễ hạn"},
    {"overdue", "quá hạn chưa xong"}, {"unclassifiable", "không đánh giá được"},
    {"missing", "chưa nộp"},          {"pending", "chưa đến hạn"},
    {"undated", "không có hạn"},      {"direct", "nhận trực tiếp"},
    {"online", "nhận trực tuyến"},    {"postal", "nhận qua bưu chính"},
    {"excluded", "từ chối hoặc rút"}, {"total", "tổng số"},
    {"violators", "người vi phạm"},   {"registered", "chưa được công nhận"}};

std::string InputsLine(const LeafInput& input) {
  std::vector<std::string> parts;
  for (const auto& [name, word] : kInputWords) {
    const auto value = input.inputs.find(name);
    if (value != input.inputs.end()) {
      parts.push_back(absl::StrCat(word, " ", NumberText(value->second)));
    }
  }
  return parts.empty() ? "" : "Số liệu: " + absl::StrJoin(parts, ", ") + ".";
}

// "18,5", "không áp dụng".
std::string LayerText(const std::string& value) {
  if (value == "NOT_APPLICABLE") return "không áp dụng";
  if (value == "NOT_YET_SCORED") return "chưa chấm";
  const std::optional<Rational> points = numbers::ParseExact(value);
  return points.has_value() ? NumberText(*points) : value;
}

std::string LayersLine(const LeafRecord& record) {
  std::vector<std::string> parts;
  for (const auto& [layer, word] : std::vector<std::pair<std::string, std::string>>{
           {"SELF", "tự chấm"},
           {"COMPUTED", "tính từ số liệu"},
           {"APPRAISED", "thẩm định"},
           {"REAPPRAISED", "thẩm định lại sau giải trình"}}) {
    const auto value = record.layers.find(layer);
    if (value != record.layers.end()) parts.push_back(word + " " + LayerText(value->second));
  }
  return parts.empty() ? "" : "Các bước: " + absl::StrJoin(parts, " → ") + ".";
}

std::string RuleLine(const Leaf& leaf, const LeafRecord& record) {
  if (leaf.rule->automatic && record.input.kind == LeafInput::Kind::kGiven) {
    return "Điểm do người thẩm định cho, thay cho điểm tính từ số liệu.";
  }
  std::string line = "Cách chấm: " + leaf.rule->vi + ".";
  if (!record.evidence.empty()) {
    absl::StrAppend(&line, " Có ", record.evidence.size(), " tài liệu kiểm chứng.");
  }
  return line;
}

// Part of the maximum as a bar for the eye alone; the numbers stand beside it.
std::string Bar(const Rational& points, const Rational& most) {
  if (most <= 0) return "";
  const Rational percent = std::clamp<Rational>(
      numbers::Round(points / most * 100, numbers::RoundingMode::kHalfUp, 0), 0, 100);
  return absl::StrCat("<span class=\"bar\" aria-hidden=\"true\"><i style=\"width:",
                      numbers::ToExact(percent), "%\"></i></span>");
}

std::string LeafRow(const Leaf& leaf, const LeafScore& score, const LeafRecord& record) {
  std::string points;
  switch (score.status) {
    case ScoreStatus::kScored:
      points = EscapeHtml(NumberText(score.points)) + Bar(score.points, leaf.max_points);
      break;
    case ScoreStatus::kNotApplicable:
      points = "không áp dụng";
      break;
    case ScoreStatus::kNotYetScored:
      points = "chưa chấm";
      break;
  }
  std::string how;
  for (const std::string& line : {CalculationText(score), InputsLine(record.input),
                                  LayersLine(record), RuleLine(leaf, record)}) {
    if (!line.empty()) absl::StrAppend(&how, "<span class=\"how\">", EscapeHtml(line), "</span>");
  }
  return absl::StrCat(
      "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">", EscapeHtml(leaf.code), ". ",
      EscapeHtml(leaf.title), "</th><td role=\"cell\" class=\"n\" data-c=\"Điểm\"><span>", points,
      "</span></td><td role=\"cell\" class=\"n\" data-c=\"Tối đa\"><span>",
      EscapeHtml(NumberText(leaf.max_points)),
      "</span></td><td role=\"cell\" data-c=\"Cách tính\"><span>", how, "</span></td></tr>\n");
}

// "36/60 điểm áp dụng"; of a field that is added or taken off, "thưởng 2,5 điểm, tối đa 10".
std::string FieldSum(const Ranked& ranked, const Leaf& first, const Rational& points,
                     const Rational& most) {
  if (first.field_kind == criteria::FieldKind::kCore) {
    return absl::StrCat(NumberText(points), "/", NumberText(most), " điểm áp dụng");
  }
  const criteria::Field& field = ranked.basis.definition.fields[static_cast<size_t>(first.field)];
  const std::optional<Rational> cap = numbers::ParseDecimal(field.max_points);
  return absl::StrCat(first.field_kind == criteria::FieldKind::kBonus ? "thưởng " : "trừ ",
                      NumberText(cap.has_value() ? std::min(points, *cap) : points),
                      " điểm, tối đa ", numbers::Vietnamese(field.max_points));
}

// A field with its leaves, [begin, end) of the scheme's.
std::string FieldTable(const Ranked& ranked, const UnitRecord& unit, const Standing& standing,
                       size_t begin, size_t end) {
  const std::vector<Leaf>& leaves = ranked.scheme.leaves();
  Rational points = 0;
  Rational most = 0;
  std::string rows;
  for (size_t i = begin; i < end; ++i) {
    const LeafScore& score = standing.leaves[i];
    if (score.status == ScoreStatus::kScored) points += score.points;
    if (score.status != ScoreStatus::kNotApplicable) most += leaves[i].max_points;
    absl::StrAppend(&rows, LeafRow(leaves[i], score, unit.leaves[i]));
  }
  return absl::StrCat(
      "<table role=\"table\" class=\"even\">\n<caption>", EscapeHtml(leaves[begin].field_code),
      ". ", EscapeHtml(leaves[begin].field_title), " <span>– ",
      EscapeHtml(FieldSum(ranked, leaves[begin], points, most)), "</span></caption>\n",
      "<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\" "
      "style=\"width:32%\">Tiêu chí</th>",
      "<th scope=\"col\" role=\"columnheader\" class=\"n\" style=\"width:15%\">Điểm</th>",
      "<th scope=\"col\" role=\"columnheader\" class=\"n\" style=\"width:10%\">Tối đa</th>",
      "<th scope=\"col\" role=\"columnheader\">Cách tính</th></tr></thead>\n<tbody "
      "role=\"rowgroup\">\n",
      rows, "</tbody>\n</table>\n");
}

std::string FieldTables(const Ranked& ranked, const UnitRecord& unit, const Standing& standing) {
  if (standing.leaves.empty()) return "";
  const std::vector<Leaf>& leaves = ranked.scheme.leaves();
  std::string out = "<h2>Điểm theo từng lĩnh vực và tiêu chí</h2>\n";
  for (size_t begin = 0; begin < leaves.size();) {
    size_t end = begin;
    while (end < leaves.size() && leaves[end].field_code == leaves[begin].field_code) ++end;
    absl::StrAppend(&out, FieldTable(ranked, unit, standing, begin, end));
    begin = end;
  }
  return out;
}

std::string Facts(const Ranked& ranked, const UnitRecord& unit, const Standing& standing) {
  const auto fact = [](const char* term, const std::string& html) {
    return absl::StrCat("<div><dt>", term, "</dt><dd>", html, "</dd></div>\n");
  };
  if (standing.rank == 0) {
    return absl::StrCat(
        "<dl class=\"facts\">\n",
        fact("Hạng", "không xếp hạng <small>" +
                         EscapeHtml(NotRankedText(standing.not_ranked_reason)) + "</small>"),
        "</dl>\n");
  }
  const auto ranked_units = std::count_if(ranked.standings.begin(), ranked.standings.end(),
                                          [](const Standing& other) { return other.rank > 0; });
  std::string change = "<small>chưa có năm trước để so sánh</small>";
  if (unit.previous_rank > 0) change = "<small>" + ChangeHtml(unit, standing) + "</small>";
  return absl::StrCat(
      "<dl class=\"facts\">\n",
      fact("Hạng", absl::StrCat(standing.rank, " <small>trên ", ranked_units, " đơn vị</small>")),
      fact("Chỉ số", absl::StrCat(EscapeHtml(numbers::Vietnamese(
                                      ranked.scheme.IndexText(*standing.score.index))),
                                  " %")),
      fact("Điểm", absl::StrCat(EscapeHtml(NumberText(standing.score.points)), " <small>trên ",
                                EscapeHtml(NumberText(standing.score.applicable_max)),
                                " điểm áp dụng</small>")),
      fact("Xếp loại", standing.band.empty() ? "–" : EscapeHtml(standing.band)),
      fact("So với năm trước", change), "</dl>\n");
}

std::string Why(const Ranked& ranked, const std::string& unit_id) {
  std::string out = "<h2>Vì sao</h2>\n<ul>\n";
  for (const std::string& line : ExplainLines(ranked, unit_id)) {
    absl::StrAppend(&out, "<li>", EscapeHtml(line), "</li>\n");
  }
  return out + "</ul>\n";
}

// How the index follows from points in this set.
std::string IndexRule(const criteria::Definition& definition) {
  if (!definition.extra_points.has_value()) {
    return "Chỉ số = điểm đạt ÷ điểm tối đa của các tiêu chí áp dụng × 100";
  }
  const criteria::ExtraPoints& extra = *definition.extra_points;
  std::string rule =
      extra.scale == criteria::ExtraScale::kPoints
          ? "Chỉ số = (điểm đạt + điểm thưởng − điểm trừ) ÷ điểm tối đa của các tiêu chí áp dụng × "
            "100"
          : "Chỉ số = điểm đạt ÷ điểm tối đa của các tiêu chí áp dụng × 100 + điểm thưởng − điểm "
            "trừ";
  for (const auto& [what, most] : {std::pair("điểm thưởng nhiều nhất ", &extra.bonus_cap),
                                   std::pair("điểm trừ nhiều nhất ", &extra.deduction_cap),
                                   std::pair("chỉ số cao nhất ", &extra.index_max)}) {
    if (!most->empty()) absl::StrAppend(&rule, "; ", what, numbers::Vietnamese(*most));
  }
  return rule;
}

// How ranks and bands follow from indices in this set.
std::string Rules(const Ranked& ranked) {
  const criteria::Definition& definition = ranked.basis.definition;
  std::string out =
      absl::StrCat("<h2>Cách xếp hạng, xếp loại</h2>\n<ul>\n<li>",
                   EscapeHtml(IndexRule(definition)), "; chỉ số cao hơn xếp trước.</li>\n");
  std::vector<std::string> tie_break;
  for (const std::string& code : definition.tie_break_criteria) {
    const Leaf* leaf = ranked.scheme.Find(code);
    tie_break.push_back(leaf == nullptr ? code : absl::StrCat(code, ". ", leaf->title));
  }
  if (tie_break.empty()) {
    absl::StrAppend(&out, "<li>Chỉ số bằng nhau thì đồng hạng.</li>\n");
  } else {
    absl::StrAppend(&out, "<li>Chỉ số bằng nhau thì xét lần lượt tỷ lệ điểm của: ",
                    EscapeHtml(absl::StrJoin(tie_break, "; ")),
                    "; vẫn bằng nhau thì đồng hạng.</li>\n");
  }
  std::vector<std::string> bands;
  for (const criteria::Band& band : definition.bands) {
    bands.push_back(
        absl::StrCat(band.name, " từ ", numbers::Vietnamese(band.lower_bound), " % trở lên"));
  }
  if (!bands.empty()) {
    absl::StrAppend(&out, "<li>Xếp loại theo chỉ số: ", EscapeHtml(absl::StrJoin(bands, "; ")),
                    ".</li>\n");
  }
  return absl::StrCat(out, "<li>Bộ tiêu chí phiên bản ", ranked.basis.head.criteria_set_version,
                      BasisHtml(ranked.basis.head.legal_basis), ".</li>\n</ul>\n");
}

}  // namespace

std::string RenderUnitPage(const Ranked& ranked, const PageFacts& facts,
                           const std::string& unit_id) {
  const UnitRecord* unit = ranked.UnitOf(unit_id);
  const Standing* standing = ranked.StandingOf(unit_id);
  if (unit == nullptr || standing == nullptr) return "";
  const Head& head = ranked.basis.head;
  return Document(
      absl::StrCat(unit->unit_name, " – ", head.title),
      absl::StrCat(
          "<nav aria-label=\"Đường dẫn\"><a href=\"", PublicationPath(head.publication_id), "\">← ",
          EscapeHtml(head.title), "</a></nav>\n<h1>", EscapeHtml(unit->unit_name), "</h1>\n",
          NoticesHtml(head, facts), "<p class=\"lead\">Kết quả trong ", EscapeHtml(BlockText(head)),
          " năm ", head.year, ", ", EscapeHtml(head.organiser_name), " công bố ngày ",
          DayHtml(head.publish_date), " (số liệu từ ", DayHtml(head.period_start), " đến ",
          DayHtml(head.period_end), "; tên đơn vị ghi theo ngày ", DayHtml(head.as_of), ").</p>\n",
          Facts(ranked, *unit, *standing), Why(ranked, unit_id),
          FieldTables(ranked, *unit, *standing), Rules(ranked), SnapshotHtml(head, facts)));
}

}  // namespace thidua::scoring::rankings
