// A ranking as bytes: everything it was computed from and everything that was computed, as RFC 8785
// JSON with numbers as strings. From the bytes alone all results can be computed again, and must
// come out as the same bytes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring/criteria/definition.h"
#include "scoring/criteria/scheme.h"
#include "scoring/rankings/rules.h"

namespace thidua::scoring::rankings {

struct LegalBasis {
  std::string number;
  std::string issue_date;
  std::string issuer;
  std::string subject;
};

// What is said about the ranking as a whole. Ids are bare, dates YYYY-MM-DD; what is not known is
// "".
struct Head {
  std::string publication_id;  // "" and so on for a ranking that is not published
  std::string title;
  std::string publish_date;
  std::string corrects;
  std::string correction_reason;
  LegalBasis correction_basis;  // number "" when none was named, as in older snapshots
  std::string organiser_id;
  std::string organiser_name;
  std::string plan_id;
  std::string round_id;
  std::string block;
  std::string block_title;  // not in snapshots older than this member
  int year = 0;
  std::string period_start;
  std::string period_end;
  std::string as_of;  // of all names
  std::string criteria_set_id;
  int criteria_set_version = 0;
  std::string criteria_set_sha256;
  LegalBasis legal_basis;
};

struct Evidence {
  std::string sha256;
  std::string pages;
};

// What the final score of one leaf rests on.
struct LeafRecord {
  std::string criterion;
  criteria::LeafInput input;
  std::vector<Evidence> evidence;
  // What was given before it, newest of each layer ("SELF", "COMPUTED", "APPRAISED",
  // "REAPPRAISED"): points, or the name of a status without points. Decides nothing. Left out when
  // there is nothing but the computation, and not in snapshots older than this member.
  std::map<std::string, std::string> layers;
};

struct UnitRecord {
  std::string unit_id;
  std::string unit_name;
  bool finalised = false;
  int previous_rank = 0;           // 0 = none
  std::vector<LeafRecord> leaves;  // in the set's order; empty unless finalised
};

// The inputs of a ranking.
struct Basis {
  Head head;
  criteria::Definition definition;
  std::vector<UnitRecord> units;  // in order of id
};

// Inputs and results.
struct Ranked {
  Basis basis;
  criteria::Scheme scheme;
  std::vector<Standing> standings;  // in order of rank

  // Null when the unit is not in it.
  const UnitRecord* UnitOf(std::string_view unit_id) const;
  const Standing* StandingOf(std::string_view unit_id) const;
};

// Ranks. INTERNAL when the definition cannot be computed or a unit does not fit it.
absl::StatusOr<Ranked> Compute(Basis basis);

// The snapshot's bytes.
absl::StatusOr<std::string> ToBytes(const Ranked& ranked);

// The inputs within a snapshot; its results are not looked at.
absl::StatusOr<Basis> BasisOf(std::string_view bytes);

}  // namespace thidua::scoring::rankings
