// Whether rpcs tell those out of whose reach a resource is that it exists.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "grpcpp/channel.h"

namespace thidua::test {

// One rpc that names a resource, as people send it.
struct Named {
  std::string method;    // "CouncilService/GetCouncil"
  std::string request;   // JSON; the id that is tried stands as "$"
  std::string existing;  // an id for "$", of a resource out of reach of `elsewhere`
  std::string reason;    // of the NOT_FOUND
};

struct Callers {
  std::string elsewhere;   // a token with every right, at units that matter to no resource here
  std::string everywhere;  // a token with every right everywhere
};

// What is wrong, a line each. Every rpc is called with an id that names nothing: `elsewhere` gets
// PERMISSION_DENIED, to the byte what the existing id gets, and `everywhere` NOT_FOUND with its
// reason. An rpc of the package ("thidua.awards.v1") whose right is asked for at the unit of a
// resource has to be among `named`, unless its request names the units itself.
std::vector<std::string> UnknownIdProblems(const std::shared_ptr<grpc::Channel>& channel,
                                           const std::string& package, const Callers& callers,
                                           const std::vector<Named>& named,
                                           std::set<std::string> names_its_units = {});

}  // namespace thidua::test
