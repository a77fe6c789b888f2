#include "scoring/assessments/view.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/criteria/codec.h"
#include "scoring/criteria/store.h"

namespace thidua::scoring::assessments {
namespace {

absl::StatusOr<View> Complete(db::Session& session, std::optional<AssessmentRow> row,
                              const std::string& id) {
  if (!row.has_value()) {
    return platform::NotFound("ASSESSMENT_NOT_FOUND",
                              {"Không có bản đánh giá này", "There is no such assessment"},
                              {{"name", platform::NameOf("assessments", id)}});
  }
  ASSIGN_OR_RETURN(std::optional<RoundRow> round, Store::GetRound(session, row->round_id));
  if (!round.has_value()) return platform::Internal("an assessment without its round");
  ASSIGN_OR_RETURN(criteria::Scheme scheme, SchemeOf(session, round->criteria_set_id));
  ASSIGN_OR_RETURN(std::vector<EntryRow> entries, Store::Entries(session, id));
  View view{*std::move(row), *std::move(round), std::move(scheme), std::move(entries), {}, {}, {}};
  for (const EntryRow& entry : view.entries) view.scores.push_back(entry.score);
  if (view.round.windows.explanation.has_value()) {
    ASSIGN_OR_RETURN(view.explanations, ExplanationStore::Of(session, id));
  }
  for (const ExplanationRow& one : view.explanations) view.explained.push_back(one.what);
  return view;
}

}  // namespace

const EntryRow* View::EntryOf(const Score* score) const {
  return score == nullptr ? nullptr : &entries[static_cast<size_t>(score - scores.data())];
}

const ExplanationRow* View::StandingOf(const criteria::Leaf& leaf) const {
  const Explained* standing = Standing(leaf, Newest(leaf), explained);
  return standing == nullptr ? nullptr
                             : &explanations[static_cast<size_t>(standing - explained.data())];
}

int View::ExplainableLeaves() const {
  return static_cast<int>(
      std::count_if(scheme.leaves().begin(), scheme.leaves().end(),
                    [&](const criteria::Leaf& leaf) { return Explainable(leaf, Newest(leaf)); }));
}

absl::StatusOr<View> LoadView(db::Session& session, const std::string& assessment_id) {
  ASSIGN_OR_RETURN(std::optional<AssessmentRow> row, Store::Get(session, assessment_id));
  return Complete(session, std::move(row), assessment_id);
}

absl::StatusOr<View> LockView(db::Tx& tx, const std::string& assessment_id) {
  ASSIGN_OR_RETURN(std::optional<AssessmentRow> row, Store::Lock(tx, assessment_id));
  return Complete(tx, std::move(row), assessment_id);
}

absl::StatusOr<criteria::Scheme> SchemeOf(db::Session& session,
                                          const std::string& criteria_set_id) {
  ASSIGN_OR_RETURN(const std::optional<criteria::SetRow> set,
                   criteria::Store::Get(session, criteria_set_id));
  if (!set.has_value()) return platform::Internal("a round without its criteria set");
  ASSIGN_OR_RETURN(const criteria::Definition definition,
                   criteria::DefinitionFromText(set->definition));
  std::optional<criteria::Scheme> scheme = criteria::Scheme::Compile(definition);
  if (!scheme.has_value()) return platform::Internal("a published criteria set is defective");
  return *std::move(scheme);
}

std::vector<criteria::LeafScore> ShownScores(const View& view) {
  std::vector<criteria::LeafScore> scores;
  for (const criteria::Leaf& leaf : view.scheme.leaves()) {
    const Score* shown = Shown(leaf, view.Newest(leaf));
    criteria::LeafScore& added = scores.emplace_back();
    if (shown == nullptr) continue;
    added.status = shown->status;
    added.points = shown->points;
  }
  return scores;
}

}  // namespace thidua::scoring::assessments
