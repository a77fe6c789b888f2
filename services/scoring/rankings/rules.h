// Ranking: order, ties, bands, change. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scoring/criteria/scheme.h"
#include "scoring/numbers/exact.h"

namespace thidua::scoring::rankings {

// One unit with what its leaves are based on, in the order of the scheme's leaves.
struct Candidate {
  std::string unit_id;
  bool finalised = false;  // otherwise it is listed without a rank
  std::vector<criteria::LeafInput> inputs;
};

struct Standing {
  std::string unit_id;
  int rank = 0;                   // 0 = not ranked
  std::string not_ranked_reason;  // ASSESSMENT_NOT_FINALISED, NOT_YET_SCORED, NOTHING_APPLICABLE;
                                  // "" when ranked
  std::vector<criteria::LeafScore> leaves;  // empty unless finalised
  criteria::UnitScore score;
  std::string band;  // "" unless ranked and a band holds
};

// R-SCO-30 Ranks by the index as rounded and published, then by the set's tie-break chain: the
// share of the maximum reached in each named criterion, one after the other; a criterion that does
// not apply comes after any points. Units that are equal in all of it share the better rank and the
// following ranks are left out (1, 1, 3). R-SCO-31 A unit whose assessment is not finalised, or to
// which nothing applies, is listed without a rank and takes none from others. The order of
// `candidates` does not matter; equal units come in order of unit id.
std::vector<Standing> Rank(const criteria::Scheme& scheme,
                           const std::vector<Candidate>& candidates);

// R-SCO-32 previous − present: positive is better than the year before; 0 without one of the two.
int RankChange(int previous_rank, int rank);

}  // namespace thidua::scoring::rankings
