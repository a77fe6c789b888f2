#include "awards/nominations/store_quota.h"

namespace thidua::awards::nominations {
namespace {

CountedAward ReadRow(const db::Row& row) {
  return {row.Get<std::string>(0), !row.Get<std::string>(1).empty(), row.Get<std::string>(2)};
}

}  // namespace

absl::StatusOr<std::vector<CountedAward>> ReadDecided(db::Session& session,
                                                      const std::string& plan_id, int year) {
  return session.QueryAll<CountedAward>(
      ReadRow,
      "SELECT unit_id, person_id, award_form FROM nominations "
      "WHERE plan_id = ? AND ranking_year = ? AND state = 'DECIDED' AND NOT EXISTS (SELECT 1 "
      "FROM certificates c WHERE c.nomination_id = nominations.nomination_id "
      "AND c.state = 'REVOKED')",
      plan_id, year);
}

absl::StatusOr<std::vector<CountedAward>> ReadCarried(db::Session& session,
                                                      const std::string& plan_id, int year) {
  return session.QueryAll<CountedAward>(
      ReadRow,
      "SELECT unit_id, person_id, award_form FROM nominations "
      "WHERE plan_id = ? AND ranking_year = ? AND state = 'CARRIED'",
      plan_id, year);
}

}  // namespace thidua::awards::nominations
