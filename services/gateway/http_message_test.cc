#include "gateway/http_message.h"

#include "gtest/gtest.h"

namespace thidua::gateway {
namespace {

TEST(RequestHead, SplitsTheTarget) {
  RequestHead head;
  head.target = "/v1/plans?a=1?b";
  EXPECT_EQ(head.path(), "/v1/plans");
  EXPECT_EQ(head.query(), "a=1?b");
  head.target = "/v1/plans";
  EXPECT_EQ(head.query(), "");
  head.target = "http://example.vn:80/v1/plans?x";
  EXPECT_EQ(head.path(), "/v1/plans");
  EXPECT_EQ(head.query(), "x");
  head.target = "http://example.vn";
  EXPECT_EQ(head.path(), "/");
  head.target = "http://example.vn?x=1";
  EXPECT_EQ(head.path(), "");
  head.target = "*";
  EXPECT_EQ(head.path(), "*");
  head.target = "/proxy/http://example.vn/x";
  EXPECT_EQ(head.path(), "/proxy/http://example.vn/x");
}

TEST(RequestHead, KnowsItsBody) {
  RequestHead head;
  EXPECT_FALSE(head.has_body());
  head.content_length = 0;
  EXPECT_FALSE(head.has_body());
  head.content_length = 1;
  EXPECT_TRUE(head.has_body());
  head.content_length.reset();
  head.chunked = true;
  EXPECT_TRUE(head.has_body());
}

TEST(WriteHead, WritesStatusHeadersAndFraming) {
  Response response;
  response.status = 404;
  response.headers = {{"Content-Type", "text/plain"}};
  response.body = "four";
  EXPECT_EQ(WriteHead(response, {Framing::kContentLength, false}),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
            "Connection: keep-alive\r\n\r\n");
  EXPECT_EQ(WriteHead(response, {Framing::kChunked, false}),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
            "Connection: keep-alive\r\n\r\n");
  EXPECT_EQ(WriteHead(response, {Framing::kUntilClose, true}),
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n");
}

TEST(WriteHead, LetsNoValueStartAHeader) {
  Response response;
  response.headers = {{"Content-Type", std::string("a\r\nX-Evil: 1\n\0\x7F", 15)}};
  const std::string head = WriteHead(response, {Framing::kContentLength, false});
  EXPECT_EQ(head.find("\nX-Evil"), std::string::npos);
  EXPECT_NE(head.find("Content-Type: a  X-Evil: 1   \r\n"), std::string::npos);
}

TEST(WriteHead, KeepsVietnamese) {
  Response response;
  response.headers = {{"X", "Ủy ban"}};
  EXPECT_NE(WriteHead(response, {}).find("X: Ủy ban\r\n"), std::string::npos);
}

TEST(WriteChunk, FramesInHexadecimal) {
  EXPECT_EQ(WriteChunk("abc"), "3\r\nabc\r\n");
  EXPECT_EQ(WriteChunk(std::string(26, 'x')).substr(0, 4), "1a\r\n");
}

}  // namespace
}  // namespace thidua::gateway
