#include "scoring/rankings/shown_cache.h"

#include <utility>

namespace thidua::scoring::rankings {

std::shared_ptr<const Shown> ShownCache::Find(const std::string& id, const std::string& state) {
  absl::MutexLock lock(&mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || found->second->state != state) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->shown;
}

void ShownCache::Put(const std::string& id, const std::string& state,
                     std::shared_ptr<const Shown> shown) {
  absl::MutexLock lock(&mutex_);
  if (const auto held = by_id_.find(id); held != by_id_.end()) {
    entries_.erase(held->second);
    by_id_.erase(held);
  }
  entries_.push_front({id, state, std::move(shown)});
  by_id_[id] = entries_.begin();
  if (entries_.size() <= capacity_) return;
  by_id_.erase(entries_.back().id);
  entries_.pop_back();
}

}  // namespace thidua::scoring::rankings
