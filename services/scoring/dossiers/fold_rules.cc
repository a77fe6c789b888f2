#include "scoring/dossiers/fold_rules.h"

#include <algorithm>

namespace thidua::scoring::dossiers {

Verdict Dossier::Offer(HashedState offered) {
  const auto place = std::find_if(states_.begin(), states_.end(), [&](const HashedState& held) {
    return !Later(offered.state, held.state);
  });
  if (place == states_.end()) {
    offered.arrived_late = false;
    states_.push_back(std::move(offered));
    return Verdict::kAccepted;
  }
  if (!Later(place->state, offered.state)) {
    return place->content_sha256 == offered.content_sha256 ? Verdict::kUnchanged
                                                           : Verdict::kConflict;
  }
  offered.arrived_late = true;
  states_.insert(place, std::move(offered));
  return Verdict::kSuperseded;
}

uint32_t Dossier::flags() const {
  std::vector<State> states;
  for (const HashedState& held : states_) states.push_back(held.state);
  return FlagsOf(states);
}

}  // namespace thidua::scoring::dossiers
