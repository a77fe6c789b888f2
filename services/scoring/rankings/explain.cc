#include "scoring/rankings/explain.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::Leaf;
using criteria::LeafScore;
using criteria::ScoreStatus;
using numbers::Rational;

int RankedCount(const Ranked& ranked) {
  return static_cast<int>(std::count_if(ranked.standings.begin(), ranked.standings.end(),
                                        [](const Standing& s) { return s.rank > 0; }));
}

std::string IndexOf(const Ranked& ranked, const Standing& standing) {
  return numbers::Vietnamese(ranked.scheme.IndexText(*standing.score.index));
}

// " (điểm thưởng 3, điểm trừ 1,5)": what a set with bonus or deduction says of them.
std::string ExtraText(const Ranked& ranked, const Standing& standing) {
  if (!ranked.scheme.has_extra_points()) return "";
  return absl::StrCat(" (điểm thưởng ", NumberText(standing.score.bonus), ", điểm trừ ",
                      NumberText(standing.score.deduction), ")");
}

std::string RankLine(const Ranked& ranked, const Standing& standing) {
  return absl::StrCat("Hạng ", standing.rank, "/", RankedCount(ranked), " ",
                      BlockText(ranked.basis.head), " năm ", ranked.basis.head.year, ": ",
                      NumberText(standing.score.points), "/",
                      NumberText(standing.score.applicable_max), " điểm áp dụng",
                      ExtraText(ranked, standing), ", chỉ số ", IndexOf(ranked, standing), " %",
                      standing.band.empty() ? "" : ", xếp loại " + standing.band, ".");
}

std::string ChangeLine(const Ranked& ranked, const UnitRecord& unit, const Standing& standing) {
  const std::string year = std::to_string(ranked.basis.head.year - 1);
  if (unit.previous_rank == 0) return "Chưa có xếp hạng năm " + year + " để so sánh.";
  const int change = RankChange(unit.previous_rank, standing.rank);
  const std::string from = absl::StrCat("So với năm ", year, " (hạng ", unit.previous_rank, "): ");
  if (change == 0) return from + "giữ nguyên thứ hạng.";
  return absl::StrCat(from, change > 0 ? "tăng " : "giảm ", std::abs(change), " bậc.");
}

std::string LossLine(const Ranked& ranked, const Standing& standing) {
  struct Loss {
    size_t leaf;
    Rational points;
  };
  std::vector<Loss> losses;
  for (size_t i = 0; i < standing.leaves.size(); ++i) {
    if (standing.leaves[i].status != ScoreStatus::kScored) continue;
    const Leaf& leaf = ranked.scheme.leaves()[i];
    if (leaf.field_kind == criteria::FieldKind::kBonus) continue;  // not given is not lost
    const bool taken_off = leaf.field_kind == criteria::FieldKind::kDeduction;
    const Rational lost =
        taken_off ? standing.leaves[i].points : leaf.max_points - standing.leaves[i].points;
    if (lost > 0) losses.push_back({i, lost});
  }
  if (losses.empty()) return "Không mất điểm ở tiêu chí nào được áp dụng.";
  std::stable_sort(losses.begin(), losses.end(),
                   [](const Loss& a, const Loss& b) { return a.points > b.points; });
  losses.resize(std::min<size_t>(losses.size(), 3));
  std::vector<std::string> parts;
  for (const Loss& loss : losses) {
    const Leaf& leaf = ranked.scheme.leaves()[loss.leaf];
    if (leaf.field_kind == criteria::FieldKind::kDeduction) {
      parts.push_back(absl::StrCat(leaf.title, " (trừ ", NumberText(loss.points), ")"));
      continue;
    }
    parts.push_back(absl::StrCat(leaf.title, " ", NumberText(standing.leaves[loss.leaf].points),
                                 "/", NumberText(leaf.max_points), " (mất ",
                                 NumberText(loss.points), ")"));
  }
  return absl::StrCat("Mất điểm nhiều nhất: ", absl::StrJoin(parts, "; "), ".");
}

std::string DistanceLine(const Ranked& ranked, const Standing& standing) {
  const Standing* above = nullptr;
  for (const Standing& other : ranked.standings) {
    if (other.rank > 0 && other.rank < standing.rank) above = &other;
  }
  if (above == nullptr) return "Không có đơn vị nào xếp trên.";
  const Rational distance = *above->score.index - *standing.score.index;
  if (distance == 0) {
    return absl::StrCat("Bằng chỉ số với hạng ", above->rank,
                        ", xếp sau theo tiêu chí phân định của bộ tiêu chí.");
  }
  return absl::StrCat("Kém hạng liền trên (hạng ", above->rank, ", chỉ số ",
                      IndexOf(ranked, *above), " %) ", NumberText(distance), " điểm phần trăm.");
}

std::string BasisLine(const Ranked& ranked, const UnitRecord& unit, const Standing& standing) {
  int computed = 0;
  int given = 0;
  size_t files = 0;
  for (const LeafRecord& leaf : unit.leaves) {
    computed += leaf.input.kind == criteria::LeafInput::Kind::kInputs ? 1 : 0;
    given += leaf.input.kind == criteria::LeafInput::Kind::kGiven ? 1 : 0;
    files += leaf.evidence.size();
  }
  const Head& head = ranked.basis.head;
  return absl::StrCat("Căn cứ: bộ tiêu chí phiên bản ", head.criteria_set_version,
                      head.legal_basis.number.empty() ? "" : " (" + head.legal_basis.number + ")",
                      "; ", computed, " tiêu chí tính từ số liệu, ", given, " tiêu chí thẩm định, ",
                      standing.score.not_applicable, " tiêu chí không áp dụng; ", files,
                      " tài liệu kiểm chứng.");
}

}  // namespace

std::vector<std::string> ExplainLines(const Ranked& ranked, const std::string& unit_id) {
  const UnitRecord* unit = ranked.UnitOf(unit_id);
  const Standing* standing = ranked.StandingOf(unit_id);
  if (unit == nullptr || standing == nullptr) return {};
  if (standing->rank == 0) {
    return {absl::StrCat("Không xếp hạng trong ", BlockText(ranked.basis.head), " năm ",
                         ranked.basis.head.year, ": ", NotRankedText(standing->not_ranked_reason),
                         ".")};
  }
  return {RankLine(ranked, *standing), ChangeLine(ranked, *unit, *standing),
          LossLine(ranked, *standing), DistanceLine(ranked, *standing),
          BasisLine(ranked, *unit, *standing)};
}

std::string CalculationText(const LeafScore& score) {
  switch (score.status) {
    case ScoreStatus::kScored:
      return score.calculation_vi + " = " + NumberText(score.points);
    case ScoreStatus::kNotApplicable:
      return score.calculation_vi.empty() ? "không áp dụng" : score.calculation_vi;
    case ScoreStatus::kNotYetScored:
      return score.calculation_vi.empty() ? "chưa chấm" : score.calculation_vi;
  }
  return "";
}

std::string NumberText(const Rational& value) {
  const std::string exact = numbers::ToExact(value);
  if (exact.find('/') == std::string::npos) return numbers::Vietnamese(exact);
  return numbers::Vietnamese(
             numbers::ToFixed(numbers::Round(value, numbers::RoundingMode::kDown, 2), 2)) +
         "…";
}

std::string BlockText(const Head& head) {
  return head.block_title.empty() ? "khối " + head.block : head.block_title;
}

std::string NotRankedText(const std::string& reason) {
  if (reason == "ASSESSMENT_NOT_FINALISED") return "chưa chốt điểm";
  if (reason == "NOTHING_APPLICABLE") return "không có tiêu chí nào áp dụng";
  if (reason == "NOT_YET_SCORED") return "còn tiêu chí chưa chấm";
  return reason;
}

}  // namespace thidua::scoring::rankings
