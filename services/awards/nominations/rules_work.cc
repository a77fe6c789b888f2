#include "awards/nominations/rules_work.h"

namespace thidua::awards::nominations {

std::optional<Work> WorkOf(State state, bool ballot_open, bool in_draft) {
  switch (state) {
    case State::kNominated:
      return Work::kSelection;
    case State::kShortlisted:
      return Work::kInvitation;
    case State::kInvited:
      return Work::kAnswer;
    case State::kAccepted:
    case State::kReturned:
      return Work::kFiling;
    case State::kMissed:
      return Work::kMissed;
    case State::kFiled:
      return Work::kAppraisal;
    case State::kAppraised:
      return ballot_open ? Work::kVotes : Work::kBallot;
    case State::kCarried:
      return in_draft ? Work::kIssue : Work::kDecision;
    case State::kNotCarried:
    case State::kDecided:
    case State::kDeclined:
    case State::kIneligible:
    case State::kNotSelected:
      break;
  }
  return std::nullopt;
}

bool DueByDeadline(Work work) {
  return work == Work::kAnswer || work == Work::kFiling || work == Work::kMissed;
}

}  // namespace thidua::awards::nominations
