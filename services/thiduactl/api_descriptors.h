// The contracts themselves, built into the program: every rpc can be called without generated code.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"

namespace thidua::ctl {

// The pool of everything in api.pb.
const google::protobuf::DescriptorPool& ApiPool();

// All services of Thi Đua by full name.
std::vector<const google::protobuf::ServiceDescriptor*> ApiServices();

// "campaign.v1.PlanService/GetPlan", with or without the leading "thidua.".
absl::StatusOr<const google::protobuf::MethodDescriptor*> FindMethod(const std::string& name);

}  // namespace thidua::ctl
