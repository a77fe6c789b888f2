#include "campaign/plans/roster.h"

#include <map>

#include "campaign/directory/store_units.h"
#include "campaign/plans/rules_roster.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {

absl::StatusOr<std::vector<Participant>> RosterOn(db::Session& session, const directory::Tree& tree,
                                                  const Record& record, absl::CivilDay day) {
  ASSIGN_OR_RETURN(const std::vector<directory::Unit> loaded,
                   directory::LoadUnits(session, tree.Subtree(record.row.issuer_id, day)));
  std::map<std::string, const directory::Unit*> units;
  for (const directory::Unit& unit : loaded) units[unit.id] = &unit;
  const PlanFacts facts = FactsOf(record.document, {});
  // Units named one by one may stand elsewhere.
  std::vector<std::string> named;
  for (const GroupFacts& group : facts.groups) {
    for (const std::string& id : group.unit_ids) {
      if (units.count(id) == 0) named.push_back(id);
    }
  }
  ASSIGN_OR_RETURN(const std::vector<directory::Unit> elsewhere,
                   directory::LoadUnits(session, named));
  for (const directory::Unit& unit : elsewhere) units[unit.id] = &unit;
  std::vector<Candidate> candidates;
  for (const directory::Unit& unit : loaded) {
    if (!unit.span.Holds(day)) continue;
    Candidate candidate{unit.id, std::string(directory::TextOf(unit.type)), {}};
    for (const directory::DatedParent& parent : unit.parents) {
      const auto found = units.find(parent.unit_id);
      if (parent.span.Holds(day) && found != units.end()) {
        candidate.parent_types.emplace_back(directory::TextOf(found->second->type));
      }
    }
    candidates.push_back(std::move(candidate));
  }
  std::vector<Participant> roster;
  for (const std::string& id : Roster(record.row.issuer_id, facts.groups, candidates)) {
    const auto found = units.find(id);
    if (found == units.end() || !found->second->span.Holds(day)) continue;
    const directory::DatedText* name = directory::NameOn(*found->second, day);
    roster.push_back({id, name == nullptr ? "" : name->text,
                      std::string(directory::TextOf(found->second->type))});
  }
  return roster;
}

}  // namespace thidua::campaign::plans
