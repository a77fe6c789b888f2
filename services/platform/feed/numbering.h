// In which order waiting events get their places. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thidua::feed {

// An event that is committed and has no place yet.
struct Waiting {
  std::string event_id;
  std::string aggregate_type;
  std::string aggregate_id;
  int64_t aggregate_version = 0;
};

// By event id, which is by time of making, except that the events of one aggregate keep the order
// of its versions: they share the places that fall to the aggregate. Clocks of two processes may
// differ; versions do not, because each change locks its aggregate.
std::vector<Waiting> NumberingOrder(std::vector<Waiting> waiting);

}  // namespace thidua::feed
