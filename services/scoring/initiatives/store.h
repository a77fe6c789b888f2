// All SQL of the projection of initiatives.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "scoring/initiatives/initiative_rules.h"

namespace thidua::scoring::initiatives {

class Store {
 public:
  static absl::Status Upsert(db::Tx& tx, const std::string& id, const std::string& unit_id,
                             const Initiative& initiative);
  // Of a unit, put into practice in years first..last.
  static absl::StatusOr<std::vector<Initiative>> Of(db::Session& session,
                                                    const std::string& unit_id, int first,
                                                    int last);
  static absl::Status DeleteAll(db::Tx& tx);
};

}  // namespace thidua::scoring::initiatives
