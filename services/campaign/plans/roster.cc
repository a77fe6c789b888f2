#include "campaign/plans/roster.h"

#include <map>

#include "campaign/directory/rules_people.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "campaign/plans/rules_roster.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {

namespace {

// The units that the groups of a plan may mean, as they are on the day.
struct Units {
  std::map<std::string, directory::Unit> by_id;  // those below the issuer and those named
  std::vector<Candidate> candidates;             // those below the issuer that exist
};

absl::StatusOr<Units> UnitsOn(db::Session& session, const directory::Tree& tree,
                              const std::string& issuer_id, const std::vector<GroupFacts>& groups,
                              absl::CivilDay day) {
  Units units;
  const std::vector<std::string> below = tree.Subtree(issuer_id, day);
  ASSIGN_OR_RETURN(std::vector<directory::Unit> loaded, directory::LoadUnits(session, below));
  for (directory::Unit& unit : loaded) units.by_id.emplace(unit.id, std::move(unit));
  // Units named one by one may stand elsewhere.
  std::vector<std::string> named;
  for (const GroupFacts& group : groups) {
    for (const std::string& id : group.unit_ids) {
      if (units.by_id.count(id) == 0) named.push_back(id);
    }
  }
  ASSIGN_OR_RETURN(std::vector<directory::Unit> elsewhere, directory::LoadUnits(session, named));
  for (directory::Unit& unit : elsewhere) units.by_id.emplace(unit.id, std::move(unit));
  for (const std::string& id : below) {
    const auto found = units.by_id.find(id);
    if (found == units.by_id.end() || !found->second.span.Holds(day)) continue;
    Candidate candidate{id, std::string(directory::TextOf(found->second.type)), {}};
    for (const directory::DatedParent& parent : found->second.parents) {
      const auto above = units.by_id.find(parent.unit_id);
      if (!parent.span.Holds(day) || above == units.by_id.end()) continue;
      candidate.parent_types.emplace_back(directory::TextOf(above->second.type));
      candidate.parent_ids.push_back(parent.unit_id);
    }
    units.candidates.push_back(std::move(candidate));
  }
  return units;
}

}  // namespace

absl::StatusOr<std::vector<Participant>> RosterOn(db::Session& session, const directory::Tree& tree,
                                                  const Record& record, absl::CivilDay day) {
  const std::vector<GroupFacts> groups = FactsOf(record.document, {}).groups;
  ASSIGN_OR_RETURN(const Units units, UnitsOn(session, tree, record.row.issuer_id, groups, day));
  std::vector<Participant> roster;
  for (const std::string& id : Roster(record.row.issuer_id, groups, units.candidates)) {
    const auto found = units.by_id.find(id);
    if (found == units.by_id.end() || !found->second.span.Holds(day)) continue;
    const directory::DatedText* name = directory::NameOn(found->second, day);
    roster.push_back({id, name == nullptr ? "" : name->text,
                      std::string(directory::TextOf(found->second.type))});
  }
  return roster;
}

absl::StatusOr<std::vector<PeopleScope>> PeopleScopesOn(db::Session& session,
                                                        const directory::Tree& tree,
                                                        const Record& record, absl::CivilDay day) {
  const std::vector<GroupFacts> groups = FactsOf(record.document, {}).groups;
  ASSIGN_OR_RETURN(const Units units, UnitsOn(session, tree, record.row.issuer_id, groups, day));
  return PeopleScopes(record.row.issuer_id, groups, units.candidates);
}

absl::StatusOr<std::optional<int>> PersonCountOn(db::Session& session, const directory::Tree& tree,
                                                 const Record& record, absl::CivilDay day) {
  constexpr int kBatch = 1000;
  ASSIGN_OR_RETURN(const std::vector<PeopleScope> scopes,
                   PeopleScopesOn(session, tree, record, day));
  if (scopes.empty()) return std::optional<int>();
  int count = 0;
  std::string from;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<directory::PersonAtUnit> people,
                     directory::PeopleOn(session, day, "", "", from, kBatch));
    for (const directory::PersonAtUnit& one : people) {
      if (!NamesUnit(scopes, one.unit_id)) continue;
      ASSIGN_OR_RETURN(const std::optional<directory::Person> person,
                       directory::FindPerson(session, one.person_id));
      const bool in_scope =
          person && InScope(scopes, one.unit_id, std::string(directory::TextOf(person->category)));
      count += in_scope ? 1 : 0;
    }
    if (people.size() < kBatch) return std::optional<int>(count);
    from = people.back().person_id;
  }
}

}  // namespace thidua::campaign::plans
