#include "scoring/rankings/rules.h"

#include <algorithm>

namespace thidua::scoring::rankings {
namespace {

using criteria::LeafScore;
using criteria::Scheme;
using criteria::ScoreStatus;
using numbers::Rational;

// What two units are compared by: index first, then the tie-break chain; more is better.
std::vector<Rational> Key(const Scheme& scheme, const Standing& standing) {
  std::vector<Rational> key = {*standing.score.index};
  for (const int position : scheme.tie_break()) {
    const LeafScore& leaf = standing.leaves[static_cast<size_t>(position)];
    const Rational share = leaf.points / scheme.leaves()[static_cast<size_t>(position)].max_points;
    key.push_back(leaf.status == ScoreStatus::kScored ? share : Rational(-1));
  }
  return key;
}

Standing Judge(const Scheme& scheme, const Candidate& candidate) {
  Standing standing;
  standing.unit_id = candidate.unit_id;
  if (!candidate.finalised) {
    standing.not_ranked_reason = "ASSESSMENT_NOT_FINALISED";
    return standing;
  }
  for (size_t i = 0; i < scheme.leaves().size(); ++i) {
    standing.leaves.push_back(scheme.ScoreLeaf(scheme.leaves()[i], candidate.inputs.at(i)));
  }
  standing.score = scheme.Total(standing.leaves);
  if (standing.score.not_yet_scored > 0) {
    standing.not_ranked_reason = "NOT_YET_SCORED";
  } else if (!standing.score.index.has_value()) {
    standing.not_ranked_reason = "NOTHING_APPLICABLE";
  } else {
    standing.band = scheme.BandOf(*standing.score.index);
  }
  return standing;
}

}  // namespace

std::vector<Standing> Rank(const Scheme& scheme, const std::vector<Candidate>& candidates) {
  struct Keyed {
    Standing standing;
    std::vector<Rational> key;  // empty when not ranked
  };
  std::vector<Keyed> all;
  for (const Candidate& candidate : candidates) {
    Keyed keyed{Judge(scheme, candidate), {}};
    if (keyed.standing.not_ranked_reason.empty()) keyed.key = Key(scheme, keyed.standing);
    all.push_back(std::move(keyed));
  }
  // An empty key is less than any other, so units without a rank come last.
  std::sort(all.begin(), all.end(), [](const Keyed& a, const Keyed& b) {
    if (a.key != b.key) return a.key > b.key;
    return a.standing.unit_id < b.standing.unit_id;
  });
  std::vector<Standing> standings;
  for (size_t i = 0; i < all.size(); ++i) {
    Keyed& keyed = all[i];
    if (!keyed.key.empty()) {
      const bool shares = i > 0 && all[i - 1].key == keyed.key;
      keyed.standing.rank = shares ? standings.back().rank : static_cast<int>(i) + 1;
    }
    standings.push_back(std::move(keyed.standing));
  }
  return standings;
}

int RankChange(int previous_rank, int rank) {
  return previous_rank > 0 && rank > 0 ? previous_rank - rank : 0;
}

}  // namespace thidua::scoring::rankings
