// REST in, gRPC out, through sockets on both sides.
#include "gateway/testing/gateway_fixture.h"
#include "gmock/gmock.h"

namespace thidua::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Conformance = GatewayTest;

TEST_F(Conformance, GetsAResource) {
  const HttpAnswer answer = Get("/v1/racks/1/items/2?read_mask=displayName");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.header("etag"), "\"7\"");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  const auto json = answer.json();
  EXPECT_EQ(json["name"], "racks/1/items/2");
  EXPECT_EQ(json["display_name"], "Áo dài");
  EXPECT_EQ(json["count"], "9007199254740993");
  EXPECT_EQ(json["color"], "COLOR_GREEN");
  EXPECT_EQ(json["labels"]["display_name"], "asked");
}

TEST_F(Conformance, UsesAdditionalBindings) {
  EXPECT_EQ(Get("/v1/things/abc").json()["name"], "abc");
}

TEST_F(Conformance, EveryMethodReachesItsRpc) {
  const auto created =
      FetchJson(port(), "POST", "/v1/racks/1/items?request_id=r1", R"({"displayName": "Nón lá"})");
  EXPECT_EQ(created.json()["parent"], "racks/1");
  EXPECT_EQ(created.json()["item"]["display_name"], "Nón lá");
  EXPECT_EQ(created.json()["request_id"], "r1");
  const auto updated =
      FetchJson(port(), "PATCH", "/v1/racks/1/items/2?update_mask=count", R"({"count": 5})");
  EXPECT_EQ(updated.json()["item"]["name"], "racks/1/items/2");
  EXPECT_EQ(updated.json()["update_mask"], "count");
  const auto replaced = FetchJson(port(), "PUT", "/v1/racks/1/items/2", R"({"item": {}})");
  EXPECT_EQ(replaced.json()["name"], "racks/1/items/2");
  const auto deleted = Fetch(port(), "DELETE", "/v1/racks/1/items/2");
  EXPECT_EQ(deleted.status, 200);
  EXPECT_EQ(deleted.body, "{}");
  const auto locked =
      FetchJson(port(), "POST", "/v1/racks/1/items/2:lock", R"({"reason": "kiểm kê"})");
  EXPECT_EQ(locked.json()["reason"], "kiểm kê");
}

TEST_F(Conformance, CutsOutResponseFields) {
  EXPECT_EQ(Get("/v1/racks/1/items/2/labels").body, R"({"of":"racks/1/items/2"})");
}

TEST_F(Conformance, CarriesEveryKindOfFieldThere) {
  const std::string body = R"({"f_int32":-1,"f_int64":"-9007199254740993","f_uint32":4294967295,
    "f_uint64":"18446744073709551615","f_double":1.5,"f_bool":true,"f_string":"ế\u0000",
    "f_bytes":"AP8=","f_color":"COLOR_RED","r_item":[{"name":"a"}],"m_item":{"5":{"count":"1"}},
    "o_string":"","p_int32":0,"w_time":"2023-03-01T02:00:00Z","w_mask":"displayName",
    "w_struct":{"x":[1,null]}})";
  const auto answer = FetchJson(port(), "POST", "/v1/everything", body);
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto wanted = nlohmann::json::parse(body);
  const auto got = answer.json();
  for (const auto& [key, value] : wanted.items()) {
    if (key == "r_item" || key == "m_item") continue;  // printed with all their fields
    EXPECT_EQ(got[key], value) << key;
  }
  EXPECT_EQ(got["r_item"][0]["name"], "a");
  EXPECT_EQ(got["m_item"]["5"]["count"], "1");
}

// The three places where a gRPC client would see its token, language and trace.
TEST_F(Conformance, PassesTheAllowedHeadersOn) {
  const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const auto answer = Get("/v1/metadata", {{"Authorization", "Bearer token"},
                                           {"Accept-Language", "vi"},
                                           {"traceparent", parent},
                                           {"X-Request-Id", "client-1"},
                                           {"Cookie", "a=b"},
                                           {"X-Forwarded-For", "1.2.3.4"},
                                           {"grpc-timeout", "3S"}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto metadata = answer.json()["metadata"];
  EXPECT_EQ(metadata["authorization"], "Bearer token");
  EXPECT_EQ(metadata["accept-language"], "vi");
  EXPECT_EQ(metadata["traceparent"], parent);
  EXPECT_FALSE(metadata.contains("cookie"));
  EXPECT_FALSE(metadata.contains("x-forwarded-for"));
  EXPECT_FALSE(metadata.contains("x-request-id"));
  EXPECT_EQ(answer.header("x-request-id"), "client-1");
  const int64_t left = std::stoll(answer.json()["deadline_ms"].get<std::string>());
  EXPECT_GT(left, 0);
  // gRPC sends a timeout of 1 to 10 s in steps of 10 ms, rounded up.
  EXPECT_LE(left, 3010);
}

TEST_F(Conformance, MakesATraceWhereThereIsNone) {
  const auto answer = Get("/v1/metadata");
  EXPECT_THAT(answer.json()["metadata"]["traceparent"].get<std::string>(), StartsWith("00-"));
  EXPECT_FALSE(answer.header("x-request-id").empty());
}

TEST_F(Conformance, PassesRawBytesBothWays) {
  const std::string bytes("\x00\xFF\r\n\r\n{not json", 15);
  const auto answer =
      Fetch(port(), "POST", "/v1/upload", {{"Content-Type", "image/png; x=1"}}, bytes);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "image/png; x=1");
  EXPECT_EQ(answer.body, bytes);
  const auto form = Fetch(port(), "POST", "/v1/racks/1:import?request_id=r",
                          {{"Content-Type", "application/x-www-form-urlencoded"}}, "a=b");
  EXPECT_EQ(form.json()["data"]["content_type"], "application/x-www-form-urlencoded");
  EXPECT_EQ(form.json()["data"]["data"], "YT1i");
  EXPECT_EQ(form.json()["request_id"], "r");
  EXPECT_EQ(Get("/v1/pages/abc").body, "abc");
}

TEST_F(Conformance, ServesPages) {
  const auto page = Get("/trang/xin-ch%C3%A0o", {{"Accept", "text/html"}});
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.body, "<h1>xin-chào</h1>");
  // A service's content type cannot smuggle a header.
  const auto evil = Get("/trang/evil");
  EXPECT_EQ(evil.header("x-evil"), "");
  EXPECT_THAT(evil.header("content-type"), HasSubstr("X-Evil"));
}

TEST_F(Conformance, ShowsErrorsOfPagesAsPages) {
  const auto page = Get("/trang/missing", {{"Accept", "text/html,*/*;q=0.8"}});
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("PAGE_NOT_FOUND"));
  const auto json = Get("/trang/missing");
  EXPECT_EQ(json.reason(), "PAGE_NOT_FOUND");
}

TEST_F(Conformance, AnswersHeadLikeGetWithoutBody) {
  Connection connection(port());
  connection.Send(RequestText("HEAD", "/v1/things/abc"));
  const HttpAnswer head = connection.Read(/*head_only=*/true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), std::to_string(Get("/v1/things/abc").body.size()));
  // Nothing of a body may follow: the next answer starts right after the head.
  connection.Send(RequestText("GET", "/v1/things/def"));
  EXPECT_EQ(connection.Read().json()["name"], "def");
}

TEST_F(Conformance, KeepsConnectionsAndAnswersInOrder) {
  Connection connection(port());
  std::string pipelined;
  for (int i = 0; i < 5; ++i) {
    pipelined += RequestText("GET", "/v1/things/a" + std::to_string(i));
    pipelined += RequestText("POST", "/v1/upload", {}, "body" + std::to_string(i));
  }
  connection.Send(pipelined);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(connection.Read().json()["name"], "a" + std::to_string(i));
    EXPECT_EQ(connection.Read().body, "body" + std::to_string(i));
  }
  connection.Send(RequestText("GET", "/v1/things/z", {{"Connection", "close"}}));
  const HttpAnswer last = connection.Read();
  EXPECT_EQ(last.header("connection"), "close");
  EXPECT_TRUE(connection.ReadToEnd());
}

TEST_F(Conformance, ServesItsOwnPages) {
  EXPECT_EQ(Get("/healthz").json()["status"], "SERVING");
  const auto ready = Get("/readyz");
  EXPECT_EQ(ready.status, 200);
  EXPECT_EQ(ready.json()["services"]["gateway_test.v1"], "SERVING");
  const auto openapi = Get("/openapi.json");
  EXPECT_EQ(openapi.json()["openapi"], "3.0.3");
  EXPECT_EQ(Fetch(port(), "POST", "/healthz").status, 405);
}

TEST_F(Conformance, IsNotReadyWhileAServiceIsNot) {
  server_.SetServing(false);
  const auto answer = Get("/readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.json()["services"]["gateway_test.v1"], "NOT_SERVING");
  server_.Stop();
  EXPECT_EQ(Get("/readyz").json()["services"]["gateway_test.v1"], "UNREACHABLE");
  EXPECT_EQ(Get("/healthz").status, 200);
}

TEST_F(Conformance, CountsRequests) {
  Restart([](GatewayOptions& options) { options.metrics_listen = "127.0.0.1:0"; });
  Get("/v1/things/abc");
  Get("/v1/nowhere?token=secret");
  const auto metrics =
      Fetch(gateway_->metrics_port(), "GET", "/metrics", {{"Connection", "close"}});
  const auto has = [&](const std::string& line) {
    return metrics.body.find("\n" + line + "\n") != std::string::npos;
  };
  EXPECT_TRUE(has(R"(gateway_requests_total{service="gateway",)"
                  R"(rpc="/gateway_test.v1.EchoService/GetItem",status="200"} 1)"));
  EXPECT_TRUE(has(R"(gateway_requests_total{service="gateway",rpc="none",status="404"} 1)"));
  EXPECT_TRUE(has(R"(gateway_request_seconds_count{service="gateway",)"
                  R"(grpc_service="gateway_test.v1.EchoService"} 1)"));
  EXPECT_THAT(metrics.body, HasSubstr(R"(gateway_connections{service="gateway"})"));
  EXPECT_EQ(metrics.body.find("secret"), std::string::npos);
}

TEST_F(Conformance, LogsNeitherQueriesNorTokens) {
  ::testing::internal::CaptureStderr();
  Get("/v1/things/abc?read_mask=display_name", {{"Authorization", "Bearer top-secret"}});
  FetchJson(port(), "POST", "/v1/everything", R"({"f_string":"private-payload"})");
  gateway_->Shutdown();
  gateway_.reset();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("rpc":"/gateway_test.v1.EchoService/GetItem","status":"200")"));
  EXPECT_THAT(log, HasSubstr(R"("route":"/v1/things/{name}")"));
  EXPECT_THAT(log, HasSubstr("trace_id"));
  for (const char* secret : {"read_mask", "top-secret", "private-payload"}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << log;
  }
}

}  // namespace
}  // namespace thidua::gateway::testing
