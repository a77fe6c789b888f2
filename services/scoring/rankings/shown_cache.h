// What everybody may read of a publication, kept ready: its answer and its page rest on the whole
// snapshot, which never changes, and are asked for without a token.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "thidua/scoring/v1/ranking_service.pb.h"

namespace thidua::scoring::rankings {

struct Shown {
  v1::Publication answer;
  std::string page;
};

// The most recently used ones. Thread-safe.
class ShownCache {
 public:
  explicit ShownCache(size_t capacity) : capacity_(capacity) {}

  // `state` names all that may change in what is shown of a publication (that it was corrected);
  // what is held of another state is not found. Null when there is none.
  std::shared_ptr<const Shown> Find(const std::string& id, const std::string& state);
  // Takes the place of what is held of the publication.
  void Put(const std::string& id, const std::string& state, std::shared_ptr<const Shown> shown);

 private:
  struct Entry {
    std::string id;
    std::string state;
    std::shared_ptr<const Shown> shown;
  };
  using Entries = std::list<Entry>;

  const size_t capacity_;
  absl::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // most recently used first
  std::unordered_map<std::string, Entries::iterator> by_id_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace thidua::scoring::rankings
