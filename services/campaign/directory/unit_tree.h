// The tree of units in memory, always as new as the tables: a version tells when to load it again.
#pragma once

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "campaign/directory/rules_tree.h"
#include "platform/call.h"
#include "platform/db/pool.h"

namespace thidua::campaign::directory {

// Thread-safe.
class DirectoryTree final : public platform::UnitTree {
 public:
  explicit DirectoryTree(db::Pool& pool) : pool_(pool) {}

  absl::StatusOr<bool> IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                absl::CivilDay as_of, absl::Time deadline) override;
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit_id, absl::CivilDay as_of,
                                                   absl::Time deadline) override;
  // The present tree.
  absl::StatusOr<std::shared_ptr<const Tree>> Current(absl::Time deadline);

 private:
  db::Pool& pool_;
  absl::Mutex mutex_;
  int64_t version_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<const Tree> tree_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace thidua::campaign::directory
