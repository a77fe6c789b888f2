// Exemplars and where they are published.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/rules_problem.h"

namespace thidua::campaign::exemplars {

// R-EXE-01 PROPOSED → PUBLISHED, by the first publication; later ones are added, none is taken
// away.
enum class State { kProposed, kPublished };
std::string_view TextOf(State state);
std::optional<State> StateFrom(std::string_view text);

struct Publication {
  std::string outlet;
  std::string url;  // empty for print and broadcast
  absl::CivilDay date;
};

inline constexpr size_t kMostPublications = 50;

// R-EXE-02 A publication names its outlet and a day that has come; its address, if it has one, is
// of the web. Fields are relative to the publication.
Problems CheckPublication(const Publication& publication, absl::CivilDay today);

// R-EXE-03 Only an individual is somebody in the directory.
bool MayNamePerson(bool individual, std::string_view person_id);

// R-EXE-04 Nobody has what they introduced published. Subjects of tokens; the proposer is empty
// where it was not kept.
bool MayPublish(std::string_view proposer, std::string_view publisher);

// R-EXE-05 Nobody introduces themselves or has themselves published. Ids of people; empty for
// collectives and people outside the directory, and for callers who are no people.
bool IsOfAnother(std::string_view person_id, std::string_view caller_person_id);

// R-EXE-06 Who is honoured is the person given: the honoree holds the full name of the directory.
// Both as their words, in which case and accents make no difference any more.
bool NamesPerson(const std::vector<std::string>& honoree, const std::vector<std::string>& name);

}  // namespace thidua::campaign::exemplars
