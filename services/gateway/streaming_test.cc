// Server streams over HTTP: NDJSON, server-sent events, raw bytes.
#include "absl/time/clock.h"
#include "gateway/testing/gateway_fixture.h"
#include "gmock/gmock.h"

namespace thidua::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<nlohmann::json> Lines(const std::string& body) {
  std::vector<nlohmann::json> lines;
  for (size_t begin = 0; begin < body.size();) {
    const size_t end = body.find('\n', begin);
    lines.push_back(nlohmann::json::parse(body.substr(begin, end - begin)));
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return lines;
}

using Streaming = GatewayTest;

TEST_F(Streaming, SendsOneMessageALine) {
  const HttpAnswer answer = Get("/v1/watch?count=100");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.header("content-type"), "application/x-ndjson");
  EXPECT_EQ(answer.header("x-accel-buffering"), "no");
  const auto lines = Lines(answer.body);
  ASSERT_EQ(lines.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(lines[i]["name"], "items/" + std::to_string(i));
}

TEST_F(Streaming, TakesABodyWhereTheRuleHasOne) {
  const HttpAnswer answer = FetchJson(port(), "POST", "/v1/watch", R"({"count": 3})");
  EXPECT_EQ(Lines(answer.body).size(), 3u);
  EXPECT_EQ(FetchJson(port(), "POST", "/v1/watch", R"({"counts": 3})").reason(), "UNKNOWN_FIELD");
}

TEST_F(Streaming, KeepsTheConnection) {
  Connection connection(port());
  connection.Send(RequestText("GET", "/v1/watch?count=2"));
  EXPECT_EQ(Lines(connection.Read().body).size(), 2u);
  connection.Send(RequestText("GET", "/v1/things/x"));
  EXPECT_EQ(connection.Read().status, 200);
}

TEST_F(Streaming, SendsServerSentEvents) {
  const HttpAnswer answer = Get("/v1/watch?count=2", {{"Accept", "text/event-stream"}});
  EXPECT_EQ(answer.header("content-type"), "text/event-stream");
  EXPECT_THAT(answer.body, StartsWith("data: {\"name\":\"items/0\""));
  EXPECT_THAT(answer.body, HasSubstr("\n\ndata: {\"name\":\"items/1\""));
  EXPECT_THAT(answer.body, HasSubstr("\n\nevent: end\ndata: {}\n\n"));
}

TEST_F(Streaming, EndsWithTheErrorAsTheLastRecord) {
  const HttpAnswer lines = Get("/v1/watch?fail_after=2");
  EXPECT_EQ(lines.status, 200);
  EXPECT_TRUE(lines.complete);
  const auto records = Lines(lines.body);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[1]["name"], "items/1");
  EXPECT_EQ(records[2]["error"]["status"], "FAILED_PRECONDITION");
  EXPECT_EQ(records[2]["error"]["details"][0]["reason"], "MID_STREAM");
  const HttpAnswer events = Get("/v1/watch?fail_after=2", {{"Accept", "text/event-stream"}});
  EXPECT_THAT(events.body, HasSubstr("event: error\ndata: {\"error\":"));
  EXPECT_EQ(events.body.find("event: end"), std::string::npos);
}

TEST_F(Streaming, FailsLikeUnaryBeforeTheFirstMessage) {
  const HttpAnswer answer = Get("/v1/nothing-here");
  EXPECT_EQ(answer.status, 404);
  const HttpAnswer unknown = Get("/v1/watch?counts=1");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.reason(), "UNKNOWN_PARAMETER");
}

TEST_F(Streaming, SendsNothingForAnEmptyStreamButItsEnd) {
  // The deadline ends a stream that has no message: an error before the head is an ordinary one.
  const HttpAnswer answer = Get("/v1/watch?wait=true", {{"x-timeout-ms", "200"}});
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(answer.reason(), "DEADLINE_EXCEEDED");
}

// Someone who watches a quiet stream learns that it is there before anything happens.
TEST_F(Streaming, SendsTheHeadOfAQuietStream) {
  Connection connection(port());
  connection.Send(RequestText("GET", "/v1/watch?wait=true&count=1"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  EXPECT_THAT(connection.ReadUntil("\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  server_.Release();
  EXPECT_THAT(connection.ReadUntil("0\r\n\r\n"), HasSubstr("items/0"));
}

TEST_F(Streaming, DownloadsBytes) {
  const HttpAnswer answer = Get("/v1/export?count=3");
  EXPECT_EQ(answer.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.body, "0,\n1,\n2,\n");
}

// A part must not look like the whole.
TEST_F(Streaming, CutsDownloadsThatFail) {
  const HttpAnswer answer = Get("/v1/export?fail_after=2");
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.complete);
  EXPECT_EQ(answer.body, "0,\n1,\n");
}

TEST_F(Streaming, ServesHttp10UntilTheConnectionEnds) {
  Connection connection(port());
  connection.Send("GET /v1/watch?count=3 HTTP/1.0\r\n\r\n");
  const HttpAnswer answer = connection.Read();
  EXPECT_EQ(answer.header("transfer-encoding"), "");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_EQ(Lines(answer.body).size(), 3u);
}

TEST_F(Streaming, CancelsWhenTheClientLeaves) {
  auto connection = std::make_unique<Connection>(port());
  connection->Send(RequestText("GET", "/v1/watch"));
  connection->ReadUntil("items/10");
  connection.reset();
  EXPECT_TRUE(server_.AwaitCancelled(1));
}

TEST_F(Streaming, CancelsAQuietStreamWhenTheClientLeaves) {
  auto connection = std::make_unique<Connection>(port());
  connection->Send(RequestText("GET", "/v1/watch?wait=true"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  connection.reset();
  EXPECT_TRUE(server_.AwaitCancelled(1));
}

// A client that does not read holds the service back: what is on the way stays within the buffers
// of the sockets and of gRPC, however long the stream.
TEST_F(Streaming, SlowReadersSlowTheServiceDown) {
  constexpr int kAll = 1000;  // a hundred megabytes
  Connection connection(port());
  connection.Send(
      RequestText("GET", "/v1/watch?size=100000&count=1000", {{"Connection", "close"}}));
  connection.ReadUntil("items/0");
  int seen = -1;
  for (int same = 0; same < 10;) {
    absl::SleepFor(absl::Milliseconds(50));
    const int now = server_.messages_written();
    same = now == seen ? same + 1 : 0;
    seen = now;
  }
  EXPECT_LT(seen, kAll) << "nothing holds it back";
  // It was held back and not at a loss: read on, and it gets on to its end.
  EXPECT_TRUE(connection.ReadToEnd());
  EXPECT_EQ(server_.messages_written(), kAll);
}

}  // namespace
}  // namespace thidua::gateway::testing
