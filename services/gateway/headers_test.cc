#include "gateway/headers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/status.h"

namespace thidua::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

RequestHead With(HeaderList headers) {
  RequestHead head;
  head.headers = std::move(headers);
  return head;
}

TEST(CallTimeout, ReadsBothHeadersAndClamps) {
  const TimeLimits limits;
  const auto timeout = [&](HeaderList headers, bool streams = false) {
    return CallTimeout(With(std::move(headers)), streams, limits);
  };
  EXPECT_EQ(*timeout({}), absl::Seconds(30));
  EXPECT_EQ(*timeout({}, true), absl::Hours(1));
  EXPECT_EQ(*timeout({{"grpc-timeout", "500m"}}), absl::Milliseconds(500));
  EXPECT_EQ(*timeout({{"grpc-timeout", "2S"}}), absl::Seconds(2));
  EXPECT_EQ(*timeout({{"grpc-timeout", "99999999H"}}), absl::Seconds(60));
  EXPECT_EQ(*timeout({{"grpc-timeout", "1n"}}), absl::Milliseconds(1));
  EXPECT_EQ(*timeout({{"x-timeout-ms", "1500"}}), absl::Milliseconds(1500));
  EXPECT_EQ(*timeout({{"x-timeout-ms", "0"}}), absl::Milliseconds(1));
  EXPECT_EQ(*timeout({{"grpc-timeout", "1S"}, {"x-timeout-ms", "9"}}), absl::Seconds(1));
  EXPECT_EQ(*timeout({{"x-timeout-ms", "7200000"}}, true), absl::Hours(1));
  for (const char* wrong : {"S", "5", "5x", "-1S", "1.5S", "123456789S", " 1S"}) {
    EXPECT_EQ(platform::ReasonOf(timeout({{"grpc-timeout", wrong}}).status()), "HEADER_MALFORMED")
        << wrong;
  }
  for (const char* wrong : {"-1", "1s", "1.5", "9999999999999"}) {
    EXPECT_EQ(platform::ReasonOf(timeout({{"x-timeout-ms", wrong}}).status()), "HEADER_MALFORMED")
        << wrong;
  }
}

TEST(ReadTrace, KeepsWhatIsValid) {
  const std::string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const Trace trace = ReadTrace(With({{"traceparent", parent}, {"x-request-id", "r-1"}}));
  EXPECT_EQ(trace.traceparent, parent);
  EXPECT_EQ(trace.trace_id, "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(trace.request_id, "r-1");
}

TEST(ReadTrace, MakesWhatIsMissingOrWrong) {
  for (const char* wrong : {"", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                            "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x"}) {
    const Trace trace = ReadTrace(With({{"traceparent", wrong}}));
    EXPECT_EQ(trace.trace_id.size(), 32u);
    EXPECT_NE(trace.traceparent, wrong);
    EXPECT_EQ(trace.traceparent.substr(3, 32), trace.trace_id);
    EXPECT_EQ(trace.traceparent.size(), 55u);
    EXPECT_EQ(trace.request_id, trace.trace_id);
  }
  EXPECT_NE(ReadTrace({}).trace_id, ReadTrace({}).trace_id);
  const Trace long_id = ReadTrace(With({{"x-request-id", std::string(129, 'x')}}));
  EXPECT_EQ(long_id.request_id, long_id.trace_id);
  const Trace strange = ReadTrace(With({{"x-request-id", "a\tb"}}));
  EXPECT_EQ(strange.request_id, strange.trace_id);
}

TEST(UpstreamMetadata, IsAnAllowList) {
  const Trace trace = ReadTrace({});
  const auto metadata = UpstreamMetadata(With({{"authorization", "Bearer t"},
                                               {"accept-language", "vi"},
                                               {"cookie", "c"},
                                               {"x-forwarded-for", "1.2.3.4"},
                                               {"grpc-trace-bin", "x"},
                                               {"x-request-id", "r"},
                                               {"te", "trailers"},
                                               {"connection", "x"},
                                               {"host", "h"}}),
                                         trace);
  ASSERT_TRUE(metadata.ok());
  EXPECT_THAT(*metadata,
              UnorderedElementsAre(Pair("authorization", "Bearer t"), Pair("accept-language", "vi"),
                                   Pair("traceparent", trace.traceparent)));
}

TEST(UpstreamMetadata, RefusesDoubtfulTokens) {
  const Trace trace;
  EXPECT_EQ(
      platform::ReasonOf(
          UpstreamMetadata(With({{"authorization", "a"}, {"authorization", "b"}}), trace).status()),
      "HEADER_REPEATED");
  EXPECT_EQ(platform::ReasonOf(
                UpstreamMetadata(With({{"authorization", "Bearer \xC3\xA9"}}), trace).status()),
            "HEADER_MALFORMED");
  // A language that gRPC could not carry is left out: it changes no meaning.
  EXPECT_EQ(UpstreamMetadata(With({{"accept-language", "v\xC3\xAD"}}), trace)->size(), 1u);
}

TEST(ParseMediaType, ReadsTypeAndCharset) {
  const auto parsed = [](const char* text) {
    const MediaType media = ParseMediaType(text);
    return media.type + "|" + media.charset;
  };
  EXPECT_EQ(parsed("application/json"), "application/json|");
  EXPECT_EQ(parsed("Application/JSON; Charset=\"UTF-8\""), "application/json|utf-8");
  EXPECT_EQ(parsed("text/csv;x=y; charset=latin1 ;z"), "text/csv|latin1");
  EXPECT_EQ(parsed(""), "|");
}

TEST(CheckJsonContentType, TakesJsonInUtf8) {
  for (const char* good :
       {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8"}) {
    EXPECT_TRUE(CheckJsonContentType(With({{"content-type", good}})).ok()) << good;
  }
  EXPECT_TRUE(CheckJsonContentType({}).ok());
  for (const char* wrong : {"text/plain", "application/x-www-form-urlencoded",
                            "application/json; charset=utf-16", "application/jsonx"}) {
    EXPECT_EQ(platform::ReasonOf(CheckJsonContentType(With({{"content-type", wrong}}))),
              "CONTENT_TYPE_UNSUPPORTED")
        << wrong;
  }
}

TEST(CheckEncodings, TakesOnlyPlainChunkedBodies) {
  EXPECT_TRUE(CheckEncodings({}).ok());
  EXPECT_TRUE(CheckEncodings(With({{"transfer-encoding", "Chunked"}})).ok());
  EXPECT_TRUE(CheckEncodings(With({{"content-encoding", "identity"}})).ok());
  for (const char* wrong : {"gzip", "gzip, chunked", "chunked, chunked", "x"}) {
    EXPECT_EQ(platform::ReasonOf(CheckEncodings(With({{"transfer-encoding", wrong}}))),
              "TRANSFER_ENCODING_UNSUPPORTED")
        << wrong;
  }
  EXPECT_EQ(platform::ReasonOf(CheckEncodings(With({{"content-encoding", "gzip"}}))),
            "CONTENT_ENCODING_UNSUPPORTED");
}

TEST(Accept, ChoosesStreamFormatAndErrorPages) {
  const auto format = [](const char* accept) {
    return ChooseStreamFormat(With({{"accept", accept}}));
  };
  EXPECT_EQ(format(""), StreamFormat::kLines);
  EXPECT_EQ(format("*/*"), StreamFormat::kLines);
  EXPECT_EQ(format("text/event-stream"), StreamFormat::kEvents);
  EXPECT_EQ(format("application/json, Text/Event-Stream;q=0.5"), StreamFormat::kEvents);
  EXPECT_EQ(format("text/event-stream;q=0"), StreamFormat::kLines);
  EXPECT_EQ(format("text/event-stream;q=0.1, application/x-ndjson"), StreamFormat::kLines);
  const auto html = [](const char* accept) { return PrefersHtml(With({{"accept", accept}})); };
  EXPECT_TRUE(html("text/html,application/xhtml+xml,*/*;q=0.8"));
  EXPECT_FALSE(html("*/*"));
  EXPECT_FALSE(html(""));
  EXPECT_FALSE(html("application/json, text/html;q=0.9"));
}

}  // namespace
}  // namespace thidua::gateway
