// Broken, hostile and slow clients.
#include <thread>

#include "absl/time/clock.h"
#include "gateway/testing/gateway_fixture.h"
#include "gmock/gmock.h"

namespace thidua::gateway::testing {
namespace {

class Robustness : public GatewayTest {
 protected:
  // The answer to raw bytes; whether the connection was closed after it is in `closed`.
  HttpAnswer Raw(const std::string& bytes) {
    Connection connection(port());
    connection.Send(bytes);
    HttpAnswer answer = connection.Read();
    closed_ = connection.ReadToEnd();
    return answer;
  }
  void ExpectAlive() { EXPECT_EQ(Get("/v1/things/alive").status, 200); }
  bool closed_ = false;
};

TEST_F(Robustness, RefusesWhatIsNotHttp) {
  for (const char* broken :
       {"\x16\x03\x01\x02\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n", "GET / HTTP/1.1\r\nNoColon\r\n\r\n",
        "G\x01T / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /v1/upload HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /v1/upload HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/upload HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"}) {
    const HttpAnswer answer = Raw(broken);
    EXPECT_EQ(answer.status, 400) << broken;
    EXPECT_EQ(answer.reason(), "HTTP_MALFORMED") << broken << answer.body;
    EXPECT_TRUE(closed_) << broken;
  }
  ExpectAlive();
}

// Two readers must never see two different requests in the same bytes.
TEST_F(Robustness, RefusesSmuggling) {
  for (const char* doubtful :
       {"POST /v1/upload HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /v1/things/x HTTP/1.1\r\n\r\n",
        "POST /v1/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: "
        "4\r\n\r\n0\r\n\r\n",
        "POST /v1/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n"
        "0\r\n\r\n"}) {
    const HttpAnswer answer = Raw(doubtful);
    EXPECT_GE(answer.status, 400) << doubtful;
    EXPECT_TRUE(closed_) << doubtful;
  }
  for (const char* coding : {"gzip", "gzip, chunked", "chunked, gzip", "xchunked"}) {
    const HttpAnswer answer =
        Raw("POST /v1/upload HTTP/1.1\r\nTransfer-Encoding: " + std::string(coding) +
            "\r\nConnection: close\r\n\r\n0\r\n\r\n");
    EXPECT_EQ(answer.status, 501) << coding;
    EXPECT_EQ(answer.reason(), "TRANSFER_ENCODING_UNSUPPORTED") << coding;
  }
  ExpectAlive();
}

TEST_F(Robustness, RefusesBrokenChunks) {
  for (const char* chunks :
       {"zz\r\n", "5\r\nab", "1\r\nabc\r\n0\r\n\r\n", "fffffffffffffffff\r\n"}) {
    Connection connection(port());
    connection.Send("POST /v1/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" +
                    std::string(chunks));
    connection.CloseSend();
    const HttpAnswer answer = connection.Read();
    EXPECT_TRUE(answer.status == 0 || answer.status >= 400) << chunks << answer.status;
    EXPECT_TRUE(connection.ReadToEnd()) << chunks;
  }
  ExpectAlive();
}

TEST_F(Robustness, LimitsTheHead) {
  const HttpAnswer answer =
      Raw("GET /v1/things/x HTTP/1.1\r\nX: " + std::string(40000, 'x') + "\r\n\r\n");
  EXPECT_EQ(answer.status, 431);
  EXPECT_EQ(answer.reason(), "HEADERS_TOO_LARGE");
  EXPECT_EQ(Raw("GET /" + std::string(40000, 'x') + " HTTP/1.1\r\n\r\n").status, 431);
  // gRPC servers take 8 KiB of metadata unless told otherwise.
  EXPECT_EQ(Get("/v1/things/x", {{"Authorization", "Bearer " + std::string(7000, 'x')}}).status,
            200);
}

TEST_F(Robustness, ClosesSlowHeads) {
  Restart([](GatewayOptions& options) {
    options.http.header = absl::Milliseconds(200);
    options.http.idle = absl::Milliseconds(300);
  });
  Connection slow(port());
  slow.Send("GET /v1/things/x HTTP/1.1\r\n");
  EXPECT_TRUE(slow.ReadToEnd());
  Connection silent(port());
  EXPECT_TRUE(silent.ReadToEnd());
  Connection kept(port());
  kept.Send(RequestText("GET", "/v1/things/x"));
  EXPECT_EQ(kept.Read().status, 200);
  EXPECT_TRUE(kept.ReadToEnd());
}

TEST_F(Robustness, ClosesSlowBodies) {
  Restart([](GatewayOptions& options) { options.http.body_idle = absl::Milliseconds(200); });
  Connection stuck(port());
  stuck.Send("POST /v1/upload HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_TRUE(stuck.ReadToEnd());
  ExpectAlive();
}

TEST_F(Robustness, LimitsTheTimeOfAWholeBody) {
  Restart([](GatewayOptions& options) { options.http.body_total = absl::Milliseconds(200); });
  Connection dripping(port());
  dripping.Send("POST /v1/upload HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
  // A byte at a time, each well within the idle limit, until the gateway has had enough.
  std::thread drip([&] {
    for (int i = 0; i < 100; ++i) {
      dripping.Send("x");
      absl::SleepFor(absl::Milliseconds(20));
    }
  });
  const HttpAnswer answer = dripping.Read();
  drip.join();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.reason(), "BODY_TIMEOUT");
}

TEST_F(Robustness, DropsClientsThatDoNotRead) {
  Restart([](GatewayOptions& options) { options.http.write_idle = absl::Milliseconds(300); });
  Connection deaf(port());
  deaf.Send(RequestText("GET", "/v1/watch?size=100000"));
  EXPECT_TRUE(server_.AwaitCancelled(1));
}

TEST_F(Robustness, AnswersExpectContinue) {
  Connection connection(port());
  connection.Send("POST /v1/upload HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(connection.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  connection.Send("hello");
  EXPECT_EQ(connection.Read().body, "hello");
  // Where the head is refused the body is not asked for.
  Connection refused(port());
  refused.Send("POST /v1/nowhere HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(refused.ReadUntil("\r\n").substr(0, 12), "HTTP/1.1 404");
}

// The client must see the answer although it is still sending.
TEST_F(Robustness, AnswersEarlyWithoutReset) {
  Connection connection(port());
  connection.Send("POST /v1/nowhere HTTP/1.1\r\nContent-Length: 300000\r\n\r\n");
  connection.Send(std::string(300000, 'x'));
  const HttpAnswer answer = connection.Read();
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(connection.ReadToEnd());
}

TEST_F(Robustness, LimitsConnections) {
  Restart([](GatewayOptions& options) { options.http.connections = 2; });
  auto first = std::make_unique<Connection>(port());
  Connection second(port());
  for (Connection* connection : {first.get(), &second}) {
    connection->Send(RequestText("GET", "/v1/things/x"));
    EXPECT_EQ(connection->Read().status, 200);
  }
  Connection third(port());
  const HttpAnswer refused = third.Read();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.reason(), "TOO_MANY_CONNECTIONS");
  EXPECT_FALSE(refused.header("retry-after").empty());
  third.Close();
  first.reset();
  // As soon as the gateway has seen both leave, there is room again.
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  int status = 0;
  while (status != 200 && absl::Now() < deadline) status = Get("/v1/things/x").status;
  EXPECT_EQ(status, 200);
}

TEST_F(Robustness, CancelsTheCallOfAClientThatLeaves) {
  auto connection = std::make_unique<Connection>(port());
  connection->Send(RequestText("GET", "/v1/hang"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  connection.reset();
  EXPECT_TRUE(server_.AwaitCancelled(1));
  ExpectAlive();
}

// Also on a connection that has been used before, where a watch may still be pending.
TEST_F(Robustness, CancelsOnReusedConnections) {
  auto connection = std::make_unique<Connection>(port());
  for (int i = 0; i < 3; ++i) {
    connection->Send(RequestText("GET", "/v1/things/x"));
    EXPECT_EQ(connection->Read().status, 200);
    connection->Send(RequestText("POST", "/v1/upload", {}, "body"));
    EXPECT_EQ(connection->Read().body, "body");
  }
  connection->Send(RequestText("GET", "/v1/hang"));
  ASSERT_TRUE(server_.AwaitStarted(1));
  connection.reset();
  EXPECT_TRUE(server_.AwaitCancelled(1));
}

// Many clients at once, of every kind, some of which leave in the middle: what the prototype did
// not survive. The sanitizers judge.
TEST_F(Robustness, SurvivesAMixOfClients) {
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&, c] {
      for (int round = 0; round < 25; ++round) {
        switch ((c + round) % 8) {
          case 0:
            good += Get("/v1/racks/1/items/2").status == 200;
            break;
          case 1:
            good += FetchJson(port(), "POST", "/v1/everything", R"({"f_int32":1})").status == 200;
            break;
          case 2:
            good += FetchJson(port(), "POST", "/v1/everything", "{\"f_int32\":").status == 400;
            break;
          case 3:
            good += Get("/v1/watch?count=20").complete;
            break;
          case 4:
            good += Get("/v1/watch?count=20&fail_after=3").complete;
            break;
          case 5: {  // leaves in the middle of an endless stream
            Connection connection(port());
            connection.Send(RequestText("GET", "/v1/watch?size=1000"));
            connection.ReadUntil("items/3");
            ++good;
            break;
          }
          case 6: {  // leaves in the middle of a body
            Connection connection(port());
            connection.Send("POST /v1/upload HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
            ++good;
            break;
          }
          case 7: {  // leaves right after asking
            Connection connection(port());
            connection.Send(RequestText("GET", round % 2 == 0 ? "/v1/hang" : "/v1/watch"));
            ++good;
            break;
          }
        }
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good.load(), 8 * 25);
  ExpectAlive();
}

}  // namespace
}  // namespace thidua::gateway::testing
