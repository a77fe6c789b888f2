// Computing and publishing, inside the write's transaction.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/store.h"
#include "scoring/rankings/snapshot.h"
#include "scoring/rankings/store.h"
#include "thidua/scoring/v1/ranking_service.pb.h"

namespace thidua::scoring::rankings {

// Computes the round's ranking and keeps it in place of the earlier one.
absl::Status ComputeInto(db::Tx& tx, const platform::Call& call, const assessments::RoundRow& round,
                         v1::Ranking& answer);

// Publishes the ranking as kept: etag, freshness, correction; then snapshot, row and event.
absl::Status Publish(db::Tx& tx, const platform::Call& call, const std::string& ranking_id,
                     const v1::PublishRankingRequest& request, v1::Publication& answer);

// A publication with what is in its snapshot. PUBLICATION_NOT_FOUND when there is none.
struct Published {
  PublicationRow row;
  std::string snapshot;
  Ranked ranked;
};
absl::StatusOr<Published> LoadPublished(db::Session& session, const std::string& id);

// PUBLICATION_NOT_FOUND.
absl::Status NoSuchPublication(const std::string& name);

// The bytes that the inputs within a snapshot give now.
absl::StatusOr<std::string> Replay(std::string_view snapshot);

}  // namespace thidua::scoring::rankings
