// Everything that is refused or fails: HTTP status, reason and field.
#include "absl/time/clock.h"
#include "gateway/testing/gateway_fixture.h"
#include "gateway/testing/test_contract.h"
#include "gmock/gmock.h"

namespace thidua::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Errors : public GatewayTest {
 protected:
  void Expect(const HttpAnswer& answer, int status, const std::string& reason,
              const std::vector<std::string>& fields = {}) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.reason(), reason) << answer.body;
    EXPECT_EQ(answer.fields(), fields) << answer.body;
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.json()["error"]["code"], status);
  }
};

TEST_F(Errors, OfRouting) {
  Expect(Get("/v1/nowhere"), 404, "ROUTE_NOT_FOUND");
  Expect(Get("/"), 404, "ROUTE_NOT_FOUND");
  Expect(Get("/v1/collect"), 404, "ROUTE_NOT_FOUND");
  Expect(Get("/gateway_test.v1.EchoService/GetItem"), 404, "ROUTE_NOT_FOUND");
  Expect(Get("/v1/%zz"), 400, "PATH_MALFORMED");
  const auto wrong_method = Fetch(port(), "POST", "/v1/racks/1/items/2");
  Expect(wrong_method, 405, "METHOD_NOT_ALLOWED");
  EXPECT_EQ(wrong_method.header("allow"), "DELETE, GET, HEAD, PATCH, PUT");
  EXPECT_EQ(Fetch(port(), "OPTIONS", "/v1/everything").header("allow"), "GET, HEAD, POST");
  EXPECT_EQ(Fetch(port(), "BREW", "/v1/things/x").status, 405);
  EXPECT_EQ(Fetch(port(), "HEAD", "/v1/watch").status, 405);
}

TEST_F(Errors, OfParameters) {
  Expect(Get("/v1/things/x?pagesize=1"), 400, "UNKNOWN_PARAMETER", {"pagesize"});
  Expect(Get("/v1/racks/1/items?page_size=1&pageSize=2"), 400, "DUPLICATE_PARAMETER",
         {"page_size"});
  Expect(Get("/v1/racks/1/items?page_size=many"), 400, "VALUE_INVALID", {"page_size"});
  Expect(Get("/v1/racks/1/items?page_size=%"), 400, "QUERY_MALFORMED");
  Expect(Get("/v1/racks/1/items?a=1&b=2"), 400, "FIELDS_INVALID", {"a", "b"});
  Expect(FetchJson(port(), "POST", "/v1/everything?f_int32=1", "{}"), 400, "UNKNOWN_PARAMETER",
         {"f_int32"});
  Expect(Get("/v1/numbers/seven/COLOR_RED"), 400, "VALUE_INVALID", {"number"});
  Expect(Get("/v1/things/%C3%28"), 400, "NOT_UTF8", {"name"});
}

TEST_F(Errors, OfBodies) {
  const auto post = [&](std::string_view body) {
    return FetchJson(port(), "POST", "/v1/everything", body);
  };
  Expect(post(R"({"r_item":[{},{"colour":1}]})"), 400, "UNKNOWN_FIELD", {"r_item[1].colour"});
  Expect(post(R"({"f_int32":)"), 400, "JSON_MALFORMED");
  Expect(post("{\"f_string\":\"\xFF\"}"), 400, "NOT_UTF8");
  Expect(post("{\"w_value\":" + std::string(70, '[') + std::string(70, ']') + "}"), 400,
         "JSON_TOO_DEEP");
  Expect(post("[]"), 400, "VALUE_INVALID", {"*"});
  Expect(FetchJson(port(), "PATCH", "/v1/racks/1/items/2", R"({"name":"racks/9/items/9"})"), 400,
         "FIELD_CONFLICT", {"item.name"});
  Expect(Fetch(port(), "GET", "/v1/things/x", {}, "body"), 400, "BODY_NOT_ALLOWED");
  Expect(Fetch(port(), "POST", "/v1/everything", {{"Content-Type", "text/plain"}}, "{}"), 415,
         "CONTENT_TYPE_UNSUPPORTED");
  Expect(Fetch(port(), "POST", "/v1/everything",
               {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}, "{}"),
         415, "CONTENT_ENCODING_UNSUPPORTED");
}

TEST_F(Errors, OfHeaders) {
  Expect(Get("/v1/things/x", {{"grpc-timeout", "soon"}}), 400, "HEADER_MALFORMED");
  Expect(Get("/v1/things/x", {{"Authorization", "a"}, {"Authorization", "b"}}), 400,
         "HEADER_REPEATED");
}

TEST_F(Errors, OfServicesKeepTheirDetails) {
  const auto answer = Get("/v1/fail?code=9&reason=PLAN_INCOMPLETE&field=plan.number&retry_ms=1500");
  Expect(answer, 400, "PLAN_INCOMPLETE", {"plan.number"});
  EXPECT_EQ(answer.header("retry-after"), "2");
  const auto error = answer.json()["error"];
  EXPECT_EQ(error["status"], "FAILED_PRECONDITION");
  EXPECT_EQ(error["message"], "It failed");
  EXPECT_EQ(error["details"][0]["domain"], "test.thidua");
  EXPECT_EQ(error["details"][2]["message"], "Có lỗi");
  EXPECT_EQ(error["details"][4]["retry_delay"], "1.500s");
}

TEST_F(Errors, OfServicesMayHoldStrangeDetails) {
  const auto answer = Get("/v1/fail?code=5&reason=X&strange_detail=true");
  Expect(answer, 404, "X");
  const auto details = answer.json()["error"]["details"];
  EXPECT_EQ(details.back()["@type"], "type.googleapis.com/nobody.Knows");
  EXPECT_EQ(details.back()["value"], "CAE=");
}

TEST_F(Errors, OfServicesWithoutDetailsAreExplained) {
  Expect(Get("/v1/fail?code=13"), 502, "UPSTREAM_FAILED");
  Expect(Get("/v1/nothing"), 501, "RPC_NOT_SERVED");
}

TEST_F(Errors, OfServicesThatAreAway) {
  server_.Stop();
  const absl::Time start = absl::Now();
  const auto answer = Get("/v1/things/x");
  Expect(answer, 503, "UPSTREAM_UNAVAILABLE");
  EXPECT_FALSE(answer.header("retry-after").empty());
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  Expect(Get("/v1/watch?count=1"), 503, "UPSTREAM_UNAVAILABLE");
}

TEST_F(Errors, OfDeadlines) {
  const absl::Time start = absl::Now();
  Expect(Get("/v1/hang", {{"x-timeout-ms", "200"}}), 504, "DEADLINE_EXCEEDED");
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  EXPECT_TRUE(server_.AwaitCancelled(1));
}

TEST_F(Errors, OfSizes) {
  Restart([](GatewayOptions& options) { options.http.body_bytes = 1000; });
  Expect(FetchJson(port(), "POST", "/v1/upload", std::string(1001, 'x')), 413, "BODY_TOO_LARGE");
  EXPECT_EQ(FetchJson(port(), "POST", "/v1/upload", std::string(1000, 'x')).status, 200);
  // Chunks are counted as they come.
  Connection chunked(port());
  chunked.Send("POST /v1/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3; ++i) chunked.Send("1f4\r\n" + std::string(500, 'x') + "\r\n");
  Expect(chunked.Read(), 413, "BODY_TOO_LARGE");
  EXPECT_TRUE(chunked.ReadToEnd());
}

// What the gateway lets through may still be too much for a service, or the other way round.
TEST_F(Errors, OfSizesThatGrpcRefuses) {
  Restart([](GatewayOptions& options) { options.http.body_bytes = 8 * 1024 * 1024; });
  Expect(Fetch(port(), "POST", "/v1/upload", {}, std::string(5 * 1024 * 1024, 'x')), 413,
         "BODY_TOO_LARGE");
  Expect(Get("/v1/bytes?size=5000000"), 502, "RESPONSE_TOO_LARGE");
  EXPECT_EQ(Get("/v1/bytes?size=3000000").status, 200);
}

TEST(GatewayCreate, NeedsAnUpstreamForEveryPackage) {
  GatewayOptions options;
  options.descriptors = TestApiFile();
  options.upstreams = {{"gateway_tes", "127.0.0.1:1"}};
  EXPECT_THAT(std::string(Gateway::Create(options).status().message()),
              HasSubstr("no --upstream for package gateway_test.v1"));
  // A prefix that ends at a dot is enough.
  options.upstreams = {{"gateway_test", "127.0.0.1:1"}};
  EXPECT_TRUE(Gateway::Create(options).ok());
  options.upstreams = {{"gateway_test", "10.0.0.1:1"}};
  EXPECT_THAT(std::string(Gateway::Create(options).status().message()), HasSubstr("loopback"));
  options.upstreams = {{"a", "127.0.0.1:1"}, {"a", "127.0.0.1:2"}};
  EXPECT_THAT(std::string(Gateway::Create(options).status().message()), HasSubstr("two upstreams"));
}

}  // namespace
}  // namespace thidua::gateway::testing
