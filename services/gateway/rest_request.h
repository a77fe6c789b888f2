// One REST request on its way through the gateway.
#pragma once

#include <memory>
#include <string>

#include "gateway/access_log.h"
#include "gateway/contract.h"
#include "gateway/error_response.h"
#include "gateway/exchange.h"
#include "gateway/headers.h"
#include "gateway/http_message.h"
#include "gateway/route_table.h"
#include "gateway/upstreams.h"

namespace thidua::gateway {

// What all requests share. Everything outlives them.
struct RestContext {
  const Contract& contract;
  const Upstreams& upstreams;
  const ErrorRenderer& errors;
  AccessLog& access_log;
};

// A request whose head was accepted.
struct RestRequest {
  const RestContext& context;
  RouteMatch match;
  RequestRecord record;
  HeaderList metadata;
  absl::Duration timeout;
  std::string query;
  std::string content_type;
  std::string if_match;
  StreamFormat format = StreamFormat::kLines;
  bool html_errors = false;
  bool logged = false;

  const Route& route() const { return *match.route; }
  // Headers of every answer, then `content_type`.
  HeaderList AnswerHeaders(const std::string& content_type) const;
  // Logs the outcome; only the first one counts.
  void Log(const RequestOutcome& outcome);
  // An error as the whole answer, logged.
  Response Fail(const ErrorResponse& error);
};

// The two ways of running a request; both return at once and answer through the exchange.
void RunUnary(std::shared_ptr<RestRequest> request, std::string body,
              std::shared_ptr<Exchange> exchange);
void RunStream(std::shared_ptr<RestRequest> request, std::string body,
               std::shared_ptr<Exchange> exchange);

}  // namespace thidua::gateway
