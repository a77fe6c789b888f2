#include "gateway/rest_handler.h"

#include <algorithm>
#include <utility>

#include "gateway/refusals.h"
#include "gateway/system_pages.h"
#include "platform/status_macros.h"

namespace thidua::gateway {
namespace {

class PendingCall final : public Pending {
 public:
  explicit PendingCall(std::shared_ptr<RestRequest> request) : request_(std::move(request)) {}

  void Run(std::string body, std::shared_ptr<Exchange> exchange) override {
    if (request_->route().streams()) {
      RunStream(request_, std::move(body), std::move(exchange));
    } else {
      RunUnary(request_, std::move(body), std::move(exchange));
    }
  }
  Response Refuse(const absl::Status& why) override {
    return request_->Fail(request_->context.errors.FromRefusal(why));
  }

 private:
  const std::shared_ptr<RestRequest> request_;
};

}  // namespace

RestHandler::RestHandler(RestContext context, const RouteTable& routes, TimeLimits limits,
                         std::string openapi, std::function<bool()> ready)
    : context_(context),
      routes_(routes),
      limits_(limits),
      openapi_(std::move(openapi)),
      ready_(std::move(ready)) {}

std::variant<Response, std::unique_ptr<Pending>> RestHandler::Begin(RequestHead head) {
  auto request = std::make_shared<RestRequest>(RestRequest{.context = context_});
  request->record.method = head.method;
  request->record.path = std::string(head.path());
  request->record.trace = ReadTrace(head);
  request->record.start = context_.access_log.Now();
  if (IsSystemPage(head.path())) return SystemPage(head, request, openapi_, ready_);
  if (absl::Status status = Admit(head, request.get()); !status.ok()) {
    return request->Fail(context_.errors.FromRefusal(status));
  }
  return std::make_unique<PendingCall>(std::move(request));
}

absl::Status RestHandler::Admit(const RequestHead& head, RestRequest* request) const {
  RETURN_IF_ERROR(CheckEncodings(head));
  const bool head_only = head.method == "HEAD";
  std::optional<RouteMatch> match = routes_.Find(head_only ? "GET" : head.method, head.path());
  if (!match.has_value()) return PathMalformed();
  if (match->route == nullptr && match->allowed.empty()) return RouteNotFound(head.path());
  if (match->route == nullptr || (head_only && match->route->streams())) {
    return MethodNotAllowed(head.method, match->allowed);
  }
  const Route& route = *match->route;
  request->match = *std::move(match);
  request->record.route = route.pattern;
  request->record.rpc = route.rpc;
  request->html_errors = route.raw_response() && PrefersHtml(head);
  request->format = ChooseStreamFormat(head);
  request->query = std::string(head.query());
  request->content_type = std::string(head.Header("content-type"));
  request->if_match = std::string(head.Header("if-match"));

  if (route.body == BodyKind::kNone && head.has_body()) return BodyNotAllowed();
  if (head.has_body() && !route.raw_request()) RETURN_IF_ERROR(CheckJsonContentType(head));
  ASSIGN_OR_RETURN(request->timeout, CallTimeout(head, route.streams(), limits_));
  ASSIGN_OR_RETURN(request->metadata, UpstreamMetadata(head, request->record.trace));
  return absl::OkStatus();
}

Response RestHandler::RefuseUnread(const absl::Status& why) {
  RestRequest request{.context = context_};
  request.record.trace = ReadTrace({});
  request.record.start = context_.access_log.Now();
  return request.Fail(context_.errors.FromRefusal(why));
}

}  // namespace thidua::gateway
