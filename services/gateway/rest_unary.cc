#include <utility>

#include "gateway/refusals.h"
#include "gateway/rest_request.h"
#include "gateway/transcoder.h"
#include "gateway/upstream_call.h"

namespace thidua::gateway {
namespace {

void Answer(RestRequest& request, Exchange& exchange, const grpc::Status& status,
            const grpc::ByteBuffer& message, size_t sent_bytes) {
  const RestContext& context = request.context;
  const Route& route = request.route();
  if (!status.ok()) {
    return exchange.Respond(
        request.Fail(context.errors.FromUpstream(status, route.rpc, sent_bytes)));
  }
  absl::StatusOr<HttpOutput> output = BuildResponse(context.contract, route, message);
  if (!output.ok()) {
    return exchange.Respond(request.Fail(context.errors.FromRefusal(output.status())));
  }
  Response response;
  response.headers = request.AnswerHeaders(output->content_type);
  if (!output->etag.empty()) response.headers.emplace_back("ETag", output->etag);
  response.body = std::move(output->body);
  request.Log({.http_status = 200, .code = "OK", .bytes_out = response.body.size()});
  exchange.Respond(std::move(response));
}

}  // namespace

HeaderList RestRequest::AnswerHeaders(const std::string& content_type) const {
  return {{"Content-Type", content_type},
          {"Cache-Control", "no-store"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Request-Id", record.trace.request_id}};
}

void RestRequest::Log(const RequestOutcome& outcome) {
  if (std::exchange(logged, true)) return;
  context.access_log.Write(record, outcome);
}

Response RestRequest::Fail(const ErrorResponse& error) {
  Response response = ToResponse(error, html_errors);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Request-Id", record.trace.request_id);
  Log({.http_status = error.http_status,
       .code = error.code,
       .reason = error.reason,
       .bytes_out = response.body.size()});
  return response;
}

void RunUnary(std::shared_ptr<RestRequest> request, std::string body,
              std::shared_ptr<Exchange> exchange) {
  const RestContext& context = request->context;
  request->record.bytes_in = body.size();
  absl::StatusOr<std::string> message =
      BuildRequest(context.contract, request->match,
                   {request->query, request->content_type, body, request->if_match});
  if (!message.ok()) {
    return exchange->Respond(request->Fail(context.errors.FromRefusal(message.status())));
  }
  const size_t sent_bytes = message->size();
  grpc::GenericStub* stub = context.upstreams.For(request->route().method->file()->package());
  std::shared_ptr<UnaryCall> call = UnaryCall::Start(
      *stub, {request->route().rpc, request->metadata, request->timeout, *std::move(message)},
      [request, exchange, sent_bytes](const grpc::Status& status,
                                      const grpc::ByteBuffer& response) {
        // JSON is printed on the connection's strand: threads of gRPC are few.
        exchange->Post([request, exchange, sent_bytes, status, response] {
          Answer(*request, *exchange, status, response, sent_bytes);
        });
      });
  exchange->OnGone([request, call = std::move(call)] {
    call->Cancel();
    request->Log({.http_status = 499, .code = "CANCELLED", .reason = "CLIENT_GONE"});
  });
}

}  // namespace thidua::gateway
