// Every way to reach an rpc by HTTP, from the google.api.http options of a contract.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/contract.h"
#include "gateway/path_template.h"
#include "google/api/http.pb.h"
#include "google/protobuf/descriptor.h"

namespace thidua::gateway {

// A field inside a message: each element but the last is a singular message field.
using FieldPath = std::vector<const google::protobuf::FieldDescriptor*>;

// Finds "plan.name" or "plan.displayName": each part is a proto name or a JSON name. nullopt when
// there is no such field, or when a part before the last is no singular message.
std::optional<FieldPath> FindFieldPath(const google::protobuf::Descriptor* type,
                                       std::string_view text);
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor* type,
                                                   std::string_view name);
// "plan.display_name", in proto names.
std::string FieldPathText(const FieldPath& path);

enum class BodyKind {
  kNone,   // the request has no body
  kWhole,  // body: "*"
  kField,  // body: "plan"
};

// One binding of one rpc.
struct Route {
  std::string http_method;  // "GET"
  std::string pattern;      // "/v1/{name=plans/*}:launch", as in the contract
  PathTemplate path;
  std::vector<FieldPath> variables;  // the fields of path.variables, same order
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string rpc;  // "/thidua.campaign.v1.PlanService/LaunchPlan"
  BodyKind body = BodyKind::kNone;
  const google::protobuf::FieldDescriptor* body_field = nullptr;      // kField only
  const google::protobuf::FieldDescriptor* response_field = nullptr;  // null: the whole response
  int binding = 0;  // 0: the rule itself; 1…: its additional bindings

  bool streams() const { return method->server_streaming(); }
  // The message that the HTTP body carries; null when there is none or when it is no message.
  const google::protobuf::Descriptor* body_type() const;
  const google::protobuf::Descriptor* response_type() const;
  // google.api.HttpBody: bytes as they are, with their content type.
  bool raw_request() const;
  bool raw_response() const;
};

// What a path leads to.
struct RouteMatch {
  const Route* route = nullptr;                                  // null: nothing for this method
  std::vector<std::pair<const FieldPath*, std::string>> values;  // path variables, decoded
  std::vector<std::string>
      allowed;  // without a route: the methods that this path does have, sorted
};

class RouteTable {
 public:
  // Fails, naming the rpc, when a rule cannot work (unknown field, bad template, body on GET) or
  // when two rules match the same requests. Client-streaming rpcs have no REST form and are left
  // out.
  static absl::StatusOr<RouteTable> Build(const Contract& contract);

  RouteTable(RouteTable&&) noexcept;
  RouteTable& operator=(RouteTable&&) noexcept;
  ~RouteTable();

  // `path` is percent-encoded, without query; nullopt when it is malformed. A literal segment wins
  // over "*", "*" over "**".
  std::optional<RouteMatch> Find(std::string_view http_method, std::string_view path) const;
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  RouteTable();
  absl::Status AddRule(const google::protobuf::MethodDescriptor* method,
                       const google::api::HttpRule& rule, int binding);
  absl::Status AddRoute(std::unique_ptr<Route> route);
  static void Search(const Node& node, const std::vector<std::string>& decoded, size_t at,
                     const std::string& verb, std::string_view http_method, RouteMatch* match);

  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace thidua::gateway
