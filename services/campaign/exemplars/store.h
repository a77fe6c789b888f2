// All SQL of exemplars.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/exemplars/rules_exemplars.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::exemplars {

struct Exemplar {
  std::string id;
  std::string plan_id;
  std::string unit_id;
  std::string coordinator_id;
  std::string issuer_id;
  bool individual = false;
  std::string honoree;
  std::optional<std::string> person_id;
  std::string title;
  std::string deeds;
  std::string recommender;
  State state = State::kProposed;
  absl::CivilDay proposed;
  int64_t row_version = 1;
  std::vector<Publication> publications;
  std::string proposer;  // the subject who introduced it; "" for rows of before it was kept
};

// row_version becomes 1.
absl::Status InsertExemplar(db::Tx& tx, const Exemplar& exemplar, absl::Time now);
// Stores the state and the publications from `first_new` on; row_version as it stands in
// `exemplar`.
absl::Status AddPublications(db::Tx& tx, const Exemplar& exemplar, size_t first_new,
                             absl::Time now);
absl::StatusOr<std::optional<Exemplar>> FindExemplar(db::Session& session, const std::string& id);
absl::StatusOr<std::optional<Exemplar>> LockExemplar(db::Tx& tx, const std::string& id);

// What is empty does not filter.
struct ExemplarFilter {
  std::string plan_id;
  std::string unit_id;
  std::string state;
  std::optional<bool> individual;
  std::string after;
  int limit = 0;
};
// By id: those that visible units introduced, coordinate or, as the plan's issuer, have.
absl::StatusOr<std::vector<Exemplar>> ListExemplars(db::Session& session,
                                                    const ExemplarFilter& filter,
                                                    const platform::VisibleUnits& visible);

}  // namespace thidua::campaign::exemplars
