// What an initiative and its recognition must be like.
//
// R-AWD-90  A procedure cut lowers the number of components or of days and raises neither.
// R-AWD-91  Who registered an initiative does not record its recognition; nor does an author of it.
// R-AWD-92  An initiative is recognised once, not before its year and not in the future.
// R-AWD-93  REGISTERED goes UNDER_REVIEW when a ballot is opened, and back when it is given up; a
//           closed ballot makes it CARRIED or NOT_RECOGNISED. It is recognised from REGISTERED (by
//           an authority without a ballot), from CARRIED (by the decision that follows), or from
//           NOT_RECOGNISED (by another authority).
// R-AWD-94  The decision that follows a ballot is not older than it; a council that has not carried
// an
//           initiative is not the authority that recognises it.
// R-AWD-95  A council votes on initiatives, with authors, of its own unit and of the units below
// it.
//           Authors have no vote; nor have members of the unit it comes from, unless that is the
//           council's own, for then nobody could judge.
// R-AWD-96  Shares are stated for all authors or for none, 1 to 100 percent each, 100 in all.
// R-AWD-97  What it has brought is not negative, and is stated with how it was counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::initiatives {

enum class State { kRegistered, kUnderReview, kCarried, kRecognised, kNotRecognised };
std::string_view NameOf(State state);
std::optional<State> StateNamed(std::string_view name);

enum class Move { kOpenBallot, kCancelBallot, kCloseCarried, kCloseNotCarried, kRecognise };

struct MoveResult {
  State state = State::kRegistered;
  MaybeRefusal refusal;  // INITIATIVE_STATE, with the rpcs that are legal
};
// R-AWD-93
MoveResult Apply(State state, Move move);

struct ProcedureCut {
  int components_before = 0;
  int components_after = 0;
  int days_before = 0;
  int days_after = 0;
};

MaybeRefusal CheckCut(const ProcedureCut& cut);

struct Benefit {
  std::optional<int64_t> hours_saved;  // a year
  std::optional<int64_t> vnd_saved;    // a year
  std::string basis;
};
// R-AWD-97
MaybeRefusal CheckBenefit(const Benefit& benefit);

// R-AWD-96: shares in the order of `authors` authors; none at all is allowed.
MaybeRefusal CheckShares(size_t authors, const std::vector<int>& shares);

// The ballot behind a recognition.
struct Judgement {
  absl::CivilDay closed;
  std::vector<std::string> council_names;  // title and aliases
};

struct RecognitionCase {
  State state = State::kRegistered;
  int year = 0;
  std::string registrar;
  std::string actor;
  std::string authority;
  absl::CivilDay date;
  absl::CivilDay today;
  std::optional<Judgement> judgement;  // of the last closed ballot
  std::vector<std::string> authors;    // people
  std::string actor_person;            // the person who acts; "" for a system
};
// R-AWD-91 to R-AWD-94
MaybeRefusal CheckRecognition(const RecognitionCase& recognition);

}  // namespace thidua::awards::initiatives
