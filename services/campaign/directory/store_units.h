// All SQL of units.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/directory/rules_tree.h"
#include "campaign/directory/rules_units.h"
#include "platform/db/session.h"

namespace thidua::campaign::directory {

// Every change of units holds this lock, so that the tree is judged as a whole, and bumps the
// version.
absl::Status LockDirectory(db::Tx& tx);
absl::Status BumpDirectory(db::Tx& tx);
absl::StatusOr<int64_t> DirectoryVersion(db::Session& session);

// Those of the ids that exist, by id.
absl::StatusOr<std::vector<Unit>> LoadUnits(db::Session& session,
                                            const std::vector<std::string>& ids);
absl::StatusOr<std::vector<Unit>> LoadAllUnits(db::Session& session);
absl::StatusOr<std::optional<Unit>> FindUnit(db::Session& session, const std::string& id);
absl::StatusOr<Tree> LoadTree(db::Session& session);

// The unit that holds a code on a day; "" when none does.
absl::StatusOr<std::string> UnitIdByCode(db::Session& session, std::string_view scheme,
                                         std::string_view code, absl::CivilDay day);
// Whether another unit holds the code on a day of the span.
absl::StatusOr<bool> CodeTaken(db::Session& session, const DatedCode& code,
                               const std::string& but_for_unit);

// Filters of a list; what is empty does not filter.
struct UnitFilter {
  absl::CivilDay as_of;
  std::string parent_id;
  std::string type;
  std::string code;
  std::vector<std::string> folded_words;  // at most 8 count
};
// Ids after `after`, sorted, at most `limit`.
absl::StatusOr<std::vector<std::string>> UnitIds(db::Session& session, const UnitFilter& filter,
                                                 const std::string& after, int limit);

// row_version becomes 1.
absl::Status InsertUnit(db::Tx& tx, const Unit& unit, absl::Time now);
// Replaces all of the unit but its id and type; row_version becomes unit.row_version + 1.
absl::Status ReplaceUnit(db::Tx& tx, const Unit& unit, absl::Time now);
// Parents, which may be units inserted later in the same transaction.
absl::Status InsertParents(db::Tx& tx, const Unit& unit);

}  // namespace thidua::campaign::directory
