#include "scoring/rankings/gather.h"

#include <map>
#include <optional>
#include <utility>

#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/view.h"
#include "scoring/criteria/codec.h"
#include "scoring/criteria/store.h"
#include "scoring/rankings/store.h"

namespace thidua::scoring::rankings {
namespace {

absl::StatusOr<std::map<std::string, int>> RanksOfYearBefore(db::Session& session,
                                                             const assessments::RoundRow& round) {
  std::map<std::string, int> ranks;
  ASSIGN_OR_RETURN(const std::optional<PublicationRow> before,
                   Store::Current(session, round.unit_id, round.block, round.year - 1));
  if (!before.has_value()) return ranks;
  ASSIGN_OR_RETURN(const std::string bytes, Store::Snapshot(session, before->id));
  ASSIGN_OR_RETURN(Basis basis, BasisOf(bytes));
  ASSIGN_OR_RETURN(const Ranked ranked, Compute(std::move(basis)));
  for (const Standing& standing : ranked.standings) ranks[standing.unit_id] = standing.rank;
  return ranks;
}

absl::Status FillCriteriaSet(db::Session& session, Basis& basis) {
  Head& head = basis.head;
  ASSIGN_OR_RETURN(const std::optional<criteria::SetRow> set,
                   criteria::Store::Get(session, head.criteria_set_id));
  if (!set.has_value()) return platform::Internal("a round without its criteria set");
  ASSIGN_OR_RETURN(basis.definition, criteria::DefinitionFromText(set->definition));
  head.block_title = set->block_title;
  head.criteria_set_version = set->version;
  head.criteria_set_sha256 = set->content_sha256;
  head.legal_basis = {
      set->basis_number,
      set->basis_issue_date.has_value() ? platform::FormatDate(*set->basis_issue_date) : "",
      set->basis_issuer, set->basis_subject};
  return absl::OkStatus();
}

// What stands before the final score: points or statuses, never who gave them or why.
std::map<std::string, std::string> LayersOf(const assessments::LeafScores& newest) {
  std::map<std::string, std::string> layers;
  if (newest.self == nullptr && newest.appraised == nullptr && newest.reappraised == nullptr) {
    return layers;
  }
  for (const assessments::Score* score :
       {newest.self, newest.computed, newest.appraised, newest.reappraised}) {
    if (score == nullptr) continue;
    layers[assessments::Name(score->layer)] = score->status == criteria::ScoreStatus::kScored
                                                  ? numbers::ToExact(score->points)
                                                  : assessments::Name(score->status);
  }
  return layers;
}

absl::Status FillLeaves(db::Session& session, const std::string& assessment_id, UnitRecord& unit) {
  ASSIGN_OR_RETURN(const assessments::View view, assessments::LoadView(session, assessment_id));
  for (const criteria::Leaf& leaf : view.scheme.leaves()) {
    const assessments::EntryRow* entry = view.EntryOf(view.Newest(leaf).final);
    if (entry == nullptr) return platform::Internal("a final assessment lacks a final score");
    LeafRecord& record = unit.leaves.emplace_back();
    record.criterion = leaf.code;
    record.input = assessments::InputOf(&entry->score);
    record.layers = LayersOf(view.Newest(leaf));
    for (const assessments::EvidenceRow& evidence : entry->evidence) {
      record.evidence.push_back({evidence.sha256, evidence.pages});
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Basis> Gather(db::Session& session, const assessments::RoundRow& round) {
  Basis basis;
  Head& head = basis.head;
  head.organiser_id = round.unit_id;
  head.plan_id = round.plan_id;
  head.round_id = round.id;
  head.block = round.block;
  head.year = round.year;
  head.period_start = platform::FormatDate(round.period_start);
  head.period_end = platform::FormatDate(round.period_end);
  head.as_of = head.period_end;
  head.criteria_set_id = round.criteria_set_id;
  ASSIGN_OR_RETURN(const units::Unit organiser,
                   units::Projection::Get(session, round.unit_id, round.period_end));
  head.organiser_name = organiser.name;
  RETURN_IF_ERROR(FillCriteriaSet(session, basis));
  ASSIGN_OR_RETURN(const auto earlier, RanksOfYearBefore(session, round));
  assessments::Store::Filter filter;
  filter.visible.all = true;
  filter.round_id = round.id;
  filter.limit = 1000;  // the most units a round may have
  ASSIGN_OR_RETURN(const std::vector<assessments::AssessmentRow> rows,
                   assessments::Store::List(session, filter));
  for (const assessments::AssessmentRow& row : rows) {
    UnitRecord& unit = basis.units.emplace_back();
    unit.unit_id = row.unit_id;
    ASSIGN_OR_RETURN(const units::Unit named,
                     units::Projection::Get(session, row.unit_id, round.period_end));
    unit.unit_name = named.name;
    unit.finalised = row.state == assessments::State::kFinalised;
    const auto rank = earlier.find(row.unit_id);
    unit.previous_rank = rank == earlier.end() ? 0 : rank->second;
    if (unit.finalised) RETURN_IF_ERROR(FillLeaves(session, row.id, unit));
  }
  return basis;
}

}  // namespace thidua::scoring::rankings
