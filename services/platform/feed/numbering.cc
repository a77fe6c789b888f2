#include "platform/feed/numbering.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace thidua::feed {

std::vector<Waiting> NumberingOrder(std::vector<Waiting> waiting) {
  std::sort(waiting.begin(), waiting.end(),
            [](const Waiting& a, const Waiting& b) { return a.event_id < b.event_id; });
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> places;
  for (size_t i = 0; i < waiting.size(); ++i) {
    places[{waiting[i].aggregate_type, waiting[i].aggregate_id}].push_back(i);
  }
  std::vector<Waiting> ordered = waiting;
  for (const auto& [aggregate, own] : places) {
    std::vector<size_t> by_version = own;
    std::stable_sort(by_version.begin(), by_version.end(), [&](size_t a, size_t b) {
      return waiting[a].aggregate_version < waiting[b].aggregate_version;
    });
    for (size_t i = 0; i < own.size(); ++i) ordered[own[i]] = waiting[by_version[i]];
  }
  return ordered;
}

}  // namespace thidua::feed
