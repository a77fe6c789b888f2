#include "gateway/error_response.h"

#include "gateway/refusals.h"
#include "gateway/testing/test_contract.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "platform/status.h"

namespace thidua::gateway {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

ErrorRenderer Renderer() { return ErrorRenderer(testing::TestContract()); }

TEST(ErrorResponse, HasOneFormForAll) {
  const ErrorResponse error =
      Renderer().FromRefusal(platform::InvalidFields({UnknownField("plan.milestones[2].nothing")}));
  EXPECT_EQ(error.http_status, 400);
  EXPECT_EQ(error.code, "INVALID_ARGUMENT");
  EXPECT_EQ(error.reason, "UNKNOWN_FIELD");
  const auto json = nlohmann::json::parse(error.json);
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(json["error"]["code"], 400);
  EXPECT_EQ(json["error"]["status"], "INVALID_ARGUMENT");
  const auto& details = json["error"]["details"];
  EXPECT_EQ(details[0]["@type"], "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(details[0]["reason"], "UNKNOWN_FIELD");
  EXPECT_EQ(details[0]["domain"], "gateway.thidua");
  EXPECT_EQ(details[1]["@type"], "type.googleapis.com/google.rpc.BadRequest");
  EXPECT_EQ(details[1]["field_violations"][0]["field"], "plan.milestones[2].nothing");
  EXPECT_EQ(details[2]["locale"], "vi");
  EXPECT_THAT(details[2]["message"].get<std::string>(), HasSubstr("Không có trường"));
  EXPECT_EQ(details[3]["locale"], "en");
}

struct Mapped {
  grpc::StatusCode code;
  int http;
};

// google.rpc.Code's own table.
TEST(ErrorResponse, MapsCodesToHttp) {
  const Mapped table[] = {
      {grpc::CANCELLED, 499},
      {grpc::UNKNOWN, 500},
      {grpc::INVALID_ARGUMENT, 400},
      {grpc::DEADLINE_EXCEEDED, 504},
      {grpc::NOT_FOUND, 404},
      {grpc::ALREADY_EXISTS, 409},
      {grpc::PERMISSION_DENIED, 403},
      {grpc::RESOURCE_EXHAUSTED, 429},
      {grpc::FAILED_PRECONDITION, 400},
      {grpc::ABORTED, 409},
      {grpc::OUT_OF_RANGE, 400},
      {grpc::UNIMPLEMENTED, 501},
      {grpc::INTERNAL, 500},
      {grpc::UNAVAILABLE, 503},
      {grpc::DATA_LOSS, 500},
      {grpc::UNAUTHENTICATED, 401},
  };
  for (const Mapped& mapped : table) {
    platform::ErrorSpec spec;
    spec.code = static_cast<absl::StatusCode>(mapped.code);
    spec.reason = "SOME_REASON";
    spec.text = {"a", "b"};
    const ErrorResponse error = Renderer().FromUpstream(
        platform::ToGrpc(platform::MakeError(spec), "x.thidua"), "/a.B/C", 0);
    EXPECT_EQ(error.http_status, mapped.http) << mapped.code;
    EXPECT_EQ(error.reason, "SOME_REASON");
  }
}

struct Bare {
  grpc::StatusCode code;
  const char* message;
  int http;
  const char* reason;
};

// What gRPC itself says has no details: the gateway says what it means.
TEST(ErrorResponse, ExplainsWhatGrpcSays) {
  const Bare table[] = {
      {grpc::UNAVAILABLE, "failed to connect to all addresses", 503, "UPSTREAM_UNAVAILABLE"},
      {grpc::DEADLINE_EXCEEDED, "Deadline Exceeded", 504, "DEADLINE_EXCEEDED"},
      {grpc::UNIMPLEMENTED, "", 501, "RPC_NOT_SERVED"},
      {grpc::RESOURCE_EXHAUSTED, "Received message larger than max (77 vs. 66)", 413,
       "BODY_TOO_LARGE"},
      {grpc::RESOURCE_EXHAUSTED, "Received message larger than max (78 vs. 66)", 502,
       "RESPONSE_TOO_LARGE"},
      {grpc::RESOURCE_EXHAUSTED, "something else", 502, "UPSTREAM_FAILED"},
      {grpc::INTERNAL, "x", 502, "UPSTREAM_FAILED"},
      {grpc::UNKNOWN, "Stream removed", 502, "UPSTREAM_FAILED"},
  };
  for (const Bare& bare : table) {
    const ErrorResponse error = Renderer().FromUpstream({bare.code, bare.message}, "/a.v1.B/C", 77);
    EXPECT_EQ(error.http_status, bare.http) << bare.message;
    EXPECT_EQ(error.reason, bare.reason) << bare.message;
    EXPECT_FALSE(error.text_vi.empty());
  }
}

TEST(ErrorResponse, SetsHeaders) {
  platform::ErrorSpec spec;
  spec.code = absl::StatusCode::kUnavailable;
  spec.reason = "BUSY";
  spec.text = {"a", "b"};
  spec.retry_after = absl::Milliseconds(1200);
  EXPECT_THAT(Renderer()
                  .FromUpstream(platform::ToGrpc(platform::MakeError(spec), "x"), "/a.B/C", 0)
                  .headers,
              Contains(Pair("Retry-After", "2")));
  EXPECT_THAT(Renderer().FromUpstream({grpc::UNAUTHENTICATED, "", ""}, "/a.B/C", 0).headers,
              IsEmpty());
  EXPECT_THAT(Renderer().FromRefusal(MethodNotAllowed("PUT", {"GET", "POST"})).headers,
              Contains(Pair("Allow", "GET, POST")));
  spec.code = absl::StatusCode::kUnauthenticated;
  EXPECT_THAT(Renderer()
                  .FromUpstream(platform::ToGrpc(platform::MakeError(spec), "x"), "/a.B/C", 0)
                  .headers,
              Contains(Pair("WWW-Authenticate", "Bearer")));
}

TEST(ErrorResponse, HttpStatusOfEachRefusal) {
  const std::pair<absl::Status, int> table[] = {
      {RouteNotFound("/x"), 404},
      {MethodNotAllowed("PUT", {"GET"}), 405},
      {PathMalformed(), 400},
      {HttpMalformed("x"), 400},
      {HeadersTooLarge(1), 431},
      {HeaderMalformed("h", "a", "b"), 400},
      {HeaderRepeated("h"), 400},
      {ContentTypeUnsupported("a", "b"), 415},
      {ContentEncodingUnsupported("gzip"), 415},
      {TransferEncodingUnsupported(), 501},
      {BodyTooLarge(1), 413},
      {BodyNotAllowed(), 400},
      {BodyTimeout(), 408},
      {JsonMalformed(1, "x"), 400},
      {JsonTooDeep(64), 400},
      {NotUtf8("body", 1), 400},
      {QueryMalformed(), 400},
      {UpstreamUnavailable("s"), 503},
      {UpstreamTimeout("s"), 504},
      {UpstreamFailed("s"), 502},
      {ResponseTooLarge("s"), 502},
      {RpcNotServed("r"), 501},
      {TooManyConnections(), 503},
  };
  for (const auto& [refusal, http] : table) {
    const ErrorResponse error = Renderer().FromRefusal(refusal);
    EXPECT_EQ(error.http_status, http) << refusal;
    EXPECT_FALSE(error.reason.empty()) << refusal;
    EXPECT_FALSE(error.text_vi.empty()) << refusal;
    EXPECT_NE(error.text_vi, std::string(refusal.message())) << refusal;
  }
}

// What a client sent may be anything; what goes back is UTF-8 and short.
TEST(ErrorResponse, ShowsBackOnlyCleanText) {
  const std::string dirty = std::string(300, 'x') + "\xFF";
  const ErrorResponse error = Renderer().FromRefusal(
      platform::InvalidFields({UnknownField("\xFF\xFE"), UnknownField(dirty)}));
  EXPECT_FALSE(nlohmann::json::parse(error.json, nullptr, false).is_discarded());
  EXPECT_LT(error.json.size(), 4000u);
}

TEST(ToResponse, MakesAPageForPeople) {
  ErrorResponse error = Renderer().FromRefusal(RouteNotFound("/x"));
  error.text_vi = "<script>alert(1)</script>";
  const Response page = ToResponse(error, /*html=*/true);
  EXPECT_EQ(page.status, 404);
  EXPECT_THAT(page.headers, Contains(Pair("Content-Type", "text/html; charset=utf-8")));
  EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;"));
  EXPECT_EQ(page.body.find("<script>"), std::string::npos);
  EXPECT_THAT(page.body, HasSubstr("ROUTE_NOT_FOUND"));
}

}  // namespace
}  // namespace thidua::gateway
