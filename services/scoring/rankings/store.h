// All SQL of rankings and publications.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::scoring::rankings {

struct RankingRow {
  std::string id;
  std::string round_id;
  std::string content;  // snapshot bytes of the unpublished ranking
  std::string content_sha256;
  std::optional<std::string> publication_id;
  absl::Time computed_at;
  int64_t row_version = 1;
};

struct PublicationRow {
  std::string id;
  std::string ranking_id;
  std::string round_id;
  std::string unit_id;
  std::string unit_name;
  std::string plan_id;
  std::string title;
  std::string criteria_set_id;
  int32_t criteria_set_version = 0;
  std::string criteria_set_sha256;
  std::string block;
  int32_t year = 0;
  absl::CivilDay as_of;
  absl::CivilDay publish_date;
  std::string snapshot_sha256;
  int64_t snapshot_size = 0;
  std::optional<std::string> corrects;
  std::string correction_reason;
  std::string correction_basis_number;  // "" when no document was named
  std::optional<absl::CivilDay> correction_basis_date;
  std::string correction_basis_issuer;
  std::string correction_basis_subject;
  std::optional<std::string> corrected_by;
  std::string published_by;
  absl::Time published_at;
};

class Store {
 public:
  static absl::StatusOr<std::optional<RankingRow>> GetRanking(db::Session& session,
                                                              const std::string& id);
  static absl::StatusOr<std::optional<RankingRow>> LockRanking(db::Tx& tx, const std::string& id);
  static absl::StatusOr<std::optional<RankingRow>> LockRankingOfRound(db::Tx& tx,
                                                                      const std::string& round_id);
  static absl::Status InsertRanking(db::Tx& tx, const RankingRow& row);
  static absl::Status UpdateRanking(db::Tx& tx, const RankingRow& row);

  static absl::StatusOr<std::optional<PublicationRow>> Get(db::Session& session,
                                                           const std::string& id);
  static absl::StatusOr<std::string> Snapshot(db::Session& session, const std::string& id);
  // The publication of unit, block and year that no correction has replaced.
  static absl::StatusOr<std::optional<PublicationRow>> Current(db::Session& session,
                                                               const std::string& unit_id,
                                                               const std::string& block,
                                                               int32_t year);
  static absl::Status Insert(db::Tx& tx, const PublicationRow& row, const std::string& snapshot);
  static absl::Status SetCorrectedBy(db::Tx& tx, const std::string& id, const std::string& by);
  struct Filter {
    std::string unit_id;        // "" = any
    std::string block;          // "" = any
    int32_t year = 0;           // 0 = any
    std::string plan_id;        // "" = any
    bool current_only = false;  // no correction has taken its place
    std::string before_id;
    int limit = 51;
  };
  // Newest first.
  static absl::StatusOr<std::vector<PublicationRow>> List(db::Session& session,
                                                          const Filter& filter);
  // All current publications, for the feed's snapshot.
  static absl::StatusOr<std::vector<std::string>> CurrentIds(db::Session& session);
};

}  // namespace thidua::scoring::rankings
