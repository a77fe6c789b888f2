// Councils in the database, and the posts of people as campaign tells them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/rules.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::councils {

struct CouncilRow {
  std::string id;
  std::string unit_id;
  Kind kind = Kind::kAward;
  std::string title;
  std::vector<std::string> aliases;
  std::vector<Member> members;
  std::vector<VotingRule> rules;
  std::string legal_basis;
  absl::Time created_at;
  int64_t row_version = 1;
};

absl::Status InsertCouncil(db::Tx& tx, const CouncilRow& council);
// Replaces all but unit, kind and created_at; writes row_version as it is given.
absl::Status ReplaceCouncil(db::Tx& tx, const CouncilRow& council);
// Takes the row's lock, so that changes to one council come one after another.
absl::StatusOr<std::optional<CouncilRow>> LockCouncil(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<CouncilRow>> ReadCouncil(db::Session& session, const std::string& id);
// Oldest first; one more than the page's size when there is more. unit_id "" means all.
absl::StatusOr<std::vector<CouncilRow>> ListCouncils(db::Session& session,
                                                     const platform::VisibleUnits& visible,
                                                     const std::string& unit_id,
                                                     const platform::Page& page);

// The unit of a person's post.
absl::StatusOr<std::optional<std::string>> PostOf(db::Session& session,
                                                  const std::string& person_id);
// `name_key` as NameKey gives it.
absl::Status PutPost(db::Tx& tx, const std::string& person_id, const std::string& unit_id,
                     const std::string& name_key);
absl::Status ClearPosts(db::Tx& tx);

}  // namespace thidua::awards::councils
