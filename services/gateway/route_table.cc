#include "gateway/route_table.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/api/annotations.pb.h"
#include "platform/status_macros.h"

namespace thidua::gateway {
namespace pb = google::protobuf;

// A tree over path segments; the ends of paths hold verb → method → route.
struct RouteTable::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> one;
  std::unique_ptr<Node> rest;
  std::map<std::string, std::map<std::string, const Route*, std::less<>>, std::less<>> ends;
};

namespace {

constexpr char kHttpBody[] = "google.api.HttpBody";

bool IsHttpBody(const pb::Descriptor* type) {
  return type != nullptr && type->full_name() == kHttpBody;
}

absl::Status Wrong(const pb::MethodDescriptor* method, std::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("google.api.http of ", method->full_name(), ": ", std::string(why)));
}

// A path variable goes into a singular field that one text can fill.
bool CanHoldPathText(const pb::FieldDescriptor* field) {
  return !field->is_repeated() && field->cpp_type() != pb::FieldDescriptor::CPPTYPE_MESSAGE;
}

}  // namespace

const pb::FieldDescriptor* FindField(const pb::Descriptor* type, std::string_view name) {
  const std::string text(name);
  if (const pb::FieldDescriptor* field = type->FindFieldByName(text)) return field;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->json_name() == text) return type->field(i);
  }
  return nullptr;
}

std::optional<FieldPath> FindFieldPath(const pb::Descriptor* type, std::string_view text) {
  FieldPath path;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('.', begin), text.size());
    if (!path.empty()) {
      const pb::FieldDescriptor* parent = path.back();
      if (parent->is_repeated() || parent->message_type() == nullptr) return std::nullopt;
      type = parent->message_type();
    }
    const pb::FieldDescriptor* field = FindField(type, text.substr(begin, end - begin));
    if (field == nullptr) return std::nullopt;
    path.push_back(field);
    begin = end + 1;
  }
  return path;
}

std::string FieldPathText(const FieldPath& path) {
  std::string out;
  for (const pb::FieldDescriptor* field : path) {
    absl::StrAppend(&out, out.empty() ? "" : ".", field->name());
  }
  return out;
}

const pb::Descriptor* Route::body_type() const {
  switch (body) {
    case BodyKind::kNone:
      return nullptr;
    case BodyKind::kWhole:
      return method->input_type();
    case BodyKind::kField:
      return body_field->is_repeated() ? nullptr : body_field->message_type();
  }
  return nullptr;
}

const pb::Descriptor* Route::response_type() const {
  if (response_field == nullptr) return method->output_type();
  return response_field->is_repeated() ? nullptr : response_field->message_type();
}

bool Route::raw_request() const { return IsHttpBody(body_type()); }
bool Route::raw_response() const { return IsHttpBody(response_type()); }

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::RouteTable(RouteTable&&) noexcept = default;
RouteTable& RouteTable::operator=(RouteTable&&) noexcept = default;
RouteTable::~RouteTable() = default;

absl::StatusOr<RouteTable> RouteTable::Build(const Contract& contract) {
  RouteTable table;
  for (const pb::FileDescriptor* file : contract.files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const pb::ServiceDescriptor* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        const pb::MethodDescriptor* method = service->method(m);
        if (method->client_streaming()) continue;
        if (!method->options().HasExtension(google::api::http)) continue;
        const google::api::HttpRule& rule = method->options().GetExtension(google::api::http);
        RETURN_IF_ERROR(table.AddRule(method, rule, 0));
        for (int i = 0; i < rule.additional_bindings_size(); ++i) {
          const google::api::HttpRule& additional = rule.additional_bindings(i);
          if (additional.additional_bindings_size() > 0) {
            return Wrong(method, "additional_bindings cannot be nested");
          }
          RETURN_IF_ERROR(table.AddRule(method, additional, i + 1));
        }
      }
    }
  }
  return table;
}

absl::Status RouteTable::AddRule(const pb::MethodDescriptor* method,
                                 const google::api::HttpRule& rule, int binding) {
  auto route = std::make_unique<Route>();
  route->method = method;
  route->binding = binding;
  route->rpc = absl::StrCat("/", method->service()->full_name(), "/", method->name());
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      route->http_method = "GET", route->pattern = rule.get();
      break;
    case google::api::HttpRule::kPut:
      route->http_method = "PUT", route->pattern = rule.put();
      break;
    case google::api::HttpRule::kPost:
      route->http_method = "POST", route->pattern = rule.post();
      break;
    case google::api::HttpRule::kDelete:
      route->http_method = "DELETE", route->pattern = rule.delete_();
      break;
    case google::api::HttpRule::kPatch:
      route->http_method = "PATCH", route->pattern = rule.patch();
      break;
    default:
      return Wrong(method, "only get, put, post, delete and patch are supported");
  }
  absl::StatusOr<PathTemplate> path = PathTemplate::Parse(route->pattern);
  if (!path.ok()) return Wrong(method, std::string(path.status().message()));
  route->path = *std::move(path);

  for (const PathVariable& variable : route->path.variables) {
    std::optional<FieldPath> field = FindFieldPath(method->input_type(), variable.field);
    if (!field.has_value() || !CanHoldPathText(field->back())) {
      return Wrong(method, absl::StrCat("no singular scalar field ", variable.field));
    }
    route->variables.push_back(*std::move(field));
  }
  if (rule.body() == "*") {
    route->body = BodyKind::kWhole;
  } else if (!rule.body().empty()) {
    route->body = BodyKind::kField;
    route->body_field = method->input_type()->FindFieldByName(rule.body());
    if (route->body_field == nullptr) return Wrong(method, "no field for body: " + rule.body());
  }
  if (route->body != BodyKind::kNone &&
      (route->http_method == "GET" || route->http_method == "DELETE")) {
    return Wrong(method, "GET and DELETE carry no body");
  }
  if (!rule.response_body().empty()) {
    route->response_field = method->output_type()->FindFieldByName(rule.response_body());
    if (route->response_field == nullptr) {
      return Wrong(method, "no field for response_body: " + rule.response_body());
    }
  }
  return AddRoute(std::move(route));
}

absl::Status RouteTable::AddRoute(std::unique_ptr<Route> route) {
  Node* node = root_.get();
  for (const PathSegment& segment : route->path.segments) {
    std::unique_ptr<Node>& next =
        segment.kind == PathSegment::kLiteral
            ? node->literals[DecodePercent(segment.literal, /*keep_slash=*/true)]
            : (segment.kind == PathSegment::kOne ? node->one : node->rest);
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  }
  const Route*& end = node->ends[route->path.verb][route->http_method];
  if (end != nullptr) {
    return Wrong(route->method, absl::StrCat(route->http_method, " ", route->path.Shape(),
                                             " is already taken by ", end->method->full_name()));
  }
  end = route.get();
  routes_.push_back(std::move(route));
  return absl::OkStatus();
}

// Goes on after a path without the wanted method, so that another template may have it; collects
// the methods it saw.
void RouteTable::Search(const Node& node, const std::vector<std::string>& decoded, size_t at,
                        const std::string& verb, std::string_view http_method, RouteMatch* match) {
  if (match->route != nullptr) return;
  const auto arrive = [&](const Node& last) {
    const auto end = last.ends.find(verb);
    if (end == last.ends.end()) return;
    for (const auto& [method, route] : end->second) {
      match->allowed.push_back(method);
      if (method == "GET" && !route->streams()) match->allowed.push_back("HEAD");
      if (method == http_method) match->route = route;
    }
  };
  if (at == decoded.size()) {
    arrive(node);
  } else {
    if (const auto next = node.literals.find(decoded[at]); next != node.literals.end()) {
      Search(*next->second, decoded, at + 1, verb, http_method, match);
    }
    // An empty segment ("//", or a slash at the end) is nobody's id.
    if (node.one != nullptr && !decoded[at].empty()) {
      Search(*node.one, decoded, at + 1, verb, http_method, match);
    }
  }
  if (node.rest != nullptr && match->route == nullptr) arrive(*node.rest);
}

std::optional<RouteMatch> RouteTable::Find(std::string_view http_method,
                                           std::string_view path) const {
  std::optional<std::vector<std::string>> segments = SplitPath(path);
  if (!segments.has_value()) return std::nullopt;
  std::vector<std::string> decoded;
  for (const std::string& segment : *segments) decoded.push_back(DecodePercent(segment, false));

  RouteMatch match;
  // A verb is whatever follows the last ":" of the last segment, as sent: "%3A" is part of an id.
  const size_t colon = segments->back().rfind(':');
  if (colon != std::string::npos) {
    std::vector<std::string> without = decoded;
    without.back() = DecodePercent(segments->back().substr(0, colon), false);
    Search(*root_, without, 0, segments->back().substr(colon + 1), http_method, &match);
    if (match.route != nullptr) segments->back().resize(colon);
  }
  // A known verb with another method is not an id that happens to hold a colon.
  if (match.allowed.empty()) Search(*root_, decoded, 0, "", http_method, &match);

  std::sort(match.allowed.begin(), match.allowed.end());
  match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
  if (match.route == nullptr) return match;
  for (size_t i = 0; i < match.route->variables.size(); ++i) {
    match.values.emplace_back(
        &match.route->variables[i],
        VariableValue(match.route->path, match.route->path.variables[i], *segments));
  }
  return match;
}

}  // namespace thidua::gateway
