// Things that are costly to make and never change but in a known state, kept while they are in use.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace thidua::scoring::rankings {

// The most recently used ones. Thread-safe.
template <class T>
class RecentCache {
 public:
  explicit RecentCache(size_t capacity) : capacity_(capacity) {}

  // `state` names all that may change in what is kept under the id; what is held of another state
  // is not found. Null when there is none.
  std::shared_ptr<const T> Find(const std::string& id, const std::string& state) {
    absl::MutexLock lock(&mutex_);
    const auto found = by_id_.find(id);
    if (found == by_id_.end() || found->second->state != state) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->kept;
  }

  // Takes the place of what is held under the id.
  void Put(const std::string& id, const std::string& state, std::shared_ptr<const T> kept) {
    absl::MutexLock lock(&mutex_);
    if (const auto held = by_id_.find(id); held != by_id_.end()) {
      entries_.erase(held->second);
      by_id_.erase(held);
    }
    entries_.push_front({id, state, std::move(kept)});
    by_id_[id] = entries_.begin();
    if (entries_.size() <= capacity_) return;
    by_id_.erase(entries_.back().id);
    entries_.pop_back();
  }

 private:
  struct Entry {
    std::string id;
    std::string state;
    std::shared_ptr<const T> kept;
  };
  using Entries = std::list<Entry>;

  const size_t capacity_;
  absl::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // most recently used first
  std::unordered_map<std::string, typename Entries::iterator> by_id_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace thidua::scoring::rankings
