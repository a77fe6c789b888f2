#include "gateway/system_pages.h"

#include <utility>

#include "gateway/refusals.h"
#include "nlohmann/json.hpp"

namespace thidua::gateway {
namespace {

constexpr absl::Duration kProbe = absl::Seconds(2);

Response Answer(RestRequest& request, int status, std::string body) {
  Response response;
  response.status = status;
  response.headers = request.AnswerHeaders("application/json");
  response.body = std::move(body);
  request.Log({.http_status = status,
               .code = status == 200 ? "OK" : "UNAVAILABLE",
               .bytes_out = response.body.size()});
  return response;
}

// Ready when this process takes requests and every service says that it serves.
class Readiness final : public Pending {
 public:
  Readiness(std::shared_ptr<RestRequest> request, bool ready)
      : request_(std::move(request)), ready_(ready) {}

  void Run(std::string, std::shared_ptr<Exchange> exchange) override {
    request_->context.upstreams.CheckHealth(
        kProbe, [request = request_, ready = ready_, exchange](Upstreams::Health health) {
          exchange->Post([request, ready, exchange, health = std::move(health)] {
            bool serving = ready;
            nlohmann::ordered_json services = nlohmann::ordered_json::object();
            for (const auto& [package, state] : health) {
              services[package] = state;
              serving = serving && state == "SERVING";
            }
            nlohmann::ordered_json body;
            body["status"] = serving ? "SERVING" : "NOT_SERVING";
            if (!ready) body["draining"] = true;
            body["services"] = std::move(services);
            exchange->Respond(Answer(*request, serving ? 200 : 503, body.dump()));
          });
        });
  }
  Response Refuse(const absl::Status& why) override {
    return request_->Fail(request_->context.errors.FromRefusal(why));
  }

 private:
  const std::shared_ptr<RestRequest> request_;
  const bool ready_;
};

}  // namespace

bool IsSystemPage(std::string_view path) {
  return path == "/healthz" || path == "/readyz" || path == "/openapi.json";
}

std::variant<Response, std::unique_ptr<Pending>> SystemPage(const RequestHead& head,
                                                            std::shared_ptr<RestRequest> request,
                                                            const std::string& openapi,
                                                            const std::function<bool()>& ready) {
  const ErrorRenderer& errors = request->context.errors;
  request->record.route = std::string(head.path());
  if (head.method != "GET" && head.method != "HEAD") {
    return request->Fail(errors.FromRefusal(MethodNotAllowed(head.method, {"GET", "HEAD"})));
  }
  if (head.has_body()) return request->Fail(errors.FromRefusal(BodyNotAllowed()));
  if (head.path() == "/healthz") return Answer(*request, 200, R"({"status":"SERVING"})");
  if (head.path() == "/openapi.json") return Answer(*request, 200, openapi);
  return std::make_unique<Readiness>(std::move(request), ready());
}

}  // namespace thidua::gateway
