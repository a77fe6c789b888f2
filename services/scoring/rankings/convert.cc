#include "scoring/rankings/convert.h"

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/timestamp.h"

namespace thidua::scoring::rankings {
namespace {

using numbers::ToExact;
using platform::NameOf;

}  // namespace

void ToProto(const Ranked& ranked, const Standing& standing, v1::RankingEntry& out) {
  const UnitRecord& unit = *ranked.UnitOf(standing.unit_id);
  out.set_unit(NameOf("units", standing.unit_id));
  out.set_unit_name(unit.unit_name);
  out.set_rank(standing.rank);
  out.set_not_ranked_reason(standing.not_ranked_reason);
  out.set_previous_rank(unit.previous_rank);
  if (standing.leaves.empty()) return;
  out.set_points(ToExact(standing.score.points));
  out.set_applicable_max_points(ToExact(standing.score.applicable_max));
  if (standing.score.index.has_value()) {
    out.set_index_percent(ranked.scheme.IndexText(*standing.score.index));
  }
  if (ranked.scheme.has_extra_points()) {
    out.set_bonus_points(ToExact(standing.score.bonus));
    out.set_deduction_points(ToExact(standing.score.deduction));
  }
  out.set_band(standing.band);
  out.set_rank_change(RankChange(unit.previous_rank, standing.rank));
  for (size_t i = 0; i < standing.leaves.size(); ++i) {
    const criteria::LeafScore& leaf = standing.leaves[i];
    v1::RankedCriterion& added = *out.add_criteria();
    added.set_criterion(ranked.scheme.leaves()[i].code);
    added.set_status(static_cast<v1::ScoreStatus>(leaf.status));
    if (leaf.status == criteria::ScoreStatus::kScored) added.set_points(ToExact(leaf.points));
    added.set_max_points(ToExact(ranked.scheme.leaves()[i].max_points));
  }
}

void ToProto(const RankingRow& row, const Ranked& ranked, v1::Ranking& out) {
  const Head& head = ranked.basis.head;
  out.set_name(NameOf("rankings", row.id));
  out.set_round(NameOf("assessmentRounds", row.round_id));
  out.set_unit(NameOf("units", head.organiser_id));
  out.set_criteria_set(NameOf("criteriaSets", head.criteria_set_id));
  out.set_block(head.block);
  out.set_year(head.year);
  out.set_as_of(head.as_of);
  for (const Standing& standing : ranked.standings) ToProto(ranked, standing, *out.add_entries());
  if (row.publication_id.has_value()) {
    out.set_publication(NameOf("publications", *row.publication_id));
  }
  *out.mutable_compute_time() = platform::ToTimestamp(row.computed_at);
  out.set_etag(platform::EtagOf(row.row_version));
}

void ToProto(const PublicationRow& row, v1::Publication& out) {
  out.set_name(NameOf("publications", row.id));
  out.set_title(row.title);
  out.set_unit(NameOf("units", row.unit_id));
  out.set_unit_name(row.unit_name);
  if (!row.plan_id.empty()) out.set_plan(NameOf("plans", row.plan_id));
  out.set_round(NameOf("assessmentRounds", row.round_id));
  out.set_criteria_set(NameOf("criteriaSets", row.criteria_set_id));
  out.set_criteria_set_version(row.criteria_set_version);
  out.set_criteria_set_sha256(row.criteria_set_sha256);
  out.set_block(row.block);
  out.set_year(row.year);
  out.set_as_of(platform::FormatDate(row.as_of));
  out.set_publish_date(platform::FormatDate(row.publish_date));
  out.set_snapshot_sha256(row.snapshot_sha256);
  out.set_snapshot_size_bytes(row.snapshot_size);
  if (row.corrects.has_value()) out.set_corrects(NameOf("publications", *row.corrects));
  if (row.corrected_by.has_value()) out.set_corrected_by(NameOf("publications", *row.corrected_by));
  out.set_correction_reason(row.correction_reason);
  if (row.correction_basis_number.empty()) return;
  v1::LegalBasis& basis = *out.mutable_correction_basis();
  basis.set_number(row.correction_basis_number);
  if (row.correction_basis_date.has_value()) {
    basis.set_issue_date(platform::FormatDate(*row.correction_basis_date));
  }
  basis.set_issuer(row.correction_basis_issuer);
  basis.set_subject(row.correction_basis_subject);
}

void ToProto(const PublicationRow& row, const Ranked& ranked, v1::Publication& out) {
  ToProto(row, out);
  for (const Standing& standing : ranked.standings) ToProto(ranked, standing, *out.add_entries());
}

void ToProto(const PublicationRow& row, const Ranked& ranked, v1::RankingPublished& out) {
  out.set_publication_id(row.id);
  out.set_plan_id(row.plan_id);
  out.set_criteria_set_id(row.criteria_set_id);
  out.set_block(row.block);
  out.set_year(row.year);
  out.set_snapshot_sha256(row.snapshot_sha256);
  out.set_publish_date(platform::FormatDate(row.publish_date));
  for (const Standing& standing : ranked.standings) {
    v1::RankingEntry entry;
    ToProto(ranked, standing, entry);
    v1::RankedUnit& added = *out.add_units();
    added.set_unit_id(standing.unit_id);
    added.set_rank(entry.rank());
    added.set_points(entry.points());
    added.set_max_points(entry.applicable_max_points());
    added.set_index_percent(entry.index_percent());
    added.set_band(entry.band());
    added.set_previous_rank(entry.previous_rank());
  }
  if (row.corrects.has_value()) out.set_corrects_publication_id(*row.corrects);
  out.set_correction_reason(row.correction_reason);
  out.set_correction_basis_number(row.correction_basis_number);
  if (row.correction_basis_date.has_value()) {
    out.set_correction_basis_date(platform::FormatDate(*row.correction_basis_date));
  }
}

}  // namespace thidua::scoring::rankings
