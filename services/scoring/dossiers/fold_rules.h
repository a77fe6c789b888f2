// What becomes of a pushed state of a dossier, given the states that are held. Pure.
#pragma once

#include <string>
#include <vector>

#include "scoring/dossiers/rules.h"

namespace thidua::scoring::dossiers {

// A state with the hash of what was sent.
struct HashedState {
  State state;
  std::string content_sha256;  // 32 bytes
  bool arrived_late = false;   // arrived after a later state was held
};

enum class Verdict {
  kAccepted,    // new, or later than the present state: becomes the present state
  kUnchanged,   // held already as sent
  kSuperseded,  // older than the present state: goes into the history only
  kConflict,    // another content under an event time and version that are held: refused
};

// All states of one dossier in event order; the last is the present one.
class Dossier {
 public:
  Dossier() = default;
  explicit Dossier(std::vector<HashedState> in_event_order) : states_(std::move(in_event_order)) {}

  // R-SCO-15 Takes a state. The present state afterwards, and the flags, do not depend on the order
  // in which states arrive.
  Verdict Offer(HashedState offered);

  bool empty() const { return states_.empty(); }
  const HashedState& present() const { return states_.back(); }
  const std::vector<HashedState>& states() const { return states_; }
  uint32_t flags() const;

 private:
  std::vector<HashedState> states_;
};

}  // namespace thidua::scoring::dossiers
