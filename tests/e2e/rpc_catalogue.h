// Every rpc of the contracts with its policy and its HTTP form, and requests made for them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "e2e/stack.h"
#include "google/protobuf/descriptor.h"
#include "thidua/common/v1/policy.pb.h"

namespace thidua::e2e {

struct Rpc {
  const google::protobuf::MethodDescriptor* method;
  common::v1::Policy policy;
  std::string name;  // "thidua.campaign.v1.PlanService/GetPlan"
  bool streaming() const { return method->client_streaming() || method->server_streaming(); }
};

// All of them, in order of name.
const std::vector<Rpc>& AllRpcs();

// A request with every field filled by its name and type, so that validation passes. `resource`
// gives the resource name for a collection ("plans" → "plans/<id>"); `field` is the field's name.
json FilledRequest(const Rpc& rpc, const std::function<std::string(const std::string&)>& resource);

// The rpc's HTTP form for a request.
struct RestCall {
  std::string verb;
  std::string path;  // with query
  std::string body;  // "" for none
};
RestCall ToRest(const Rpc& rpc, const json& request);

}  // namespace thidua::e2e
