#include "gateway/transcoder.h"

#include "gateway/testing/test_contract.h"
#include "gateway_test_service.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "platform/status.h"

namespace thidua::gateway {
namespace {

using namespace gateway_test::v1;  // NOLINT: the test contract
using ::testing::ElementsAre;

template <class Message>
absl::StatusOr<Message> Build(const char* method, const char* path, const HttpInput& input) {
  const auto match = testing::TestRoutes().Find(method, path);
  absl::StatusOr<std::string> wire = BuildRequest(testing::TestContract(), *match, input);
  if (!wire.ok()) return wire.status();
  Message message;
  if (!message.ParseFromString(*wire)) return absl::InternalError("not a message");
  return message;
}

std::string Refused(const absl::Status& status) {
  const auto fields = platform::FieldsOf(status);
  return (fields.empty() ? "" : fields.front().field) + " " + platform::ReasonOf(status);
}

TEST(BuildRequest, JoinsPathQueryAndBody) {
  const auto request = Build<CreateItemRequest>(
      "POST", "/v1/racks/1/items",
      {.query = "request_id=r1&validateOnly=true", .body = R"({"display_name": "Áo"})"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->parent(), "racks/1");
  EXPECT_EQ(request->request_id(), "r1");
  EXPECT_TRUE(request->validate_only());
  EXPECT_EQ(request->item().display_name(), "Áo");
}

TEST(BuildRequest, BindsPathsInsideTheBodysMessage) {
  const auto request = Build<UpdateItemRequest>(
      "PATCH", "/v1/racks/1/items/2",
      {.query = "update_mask=displayName", .body = R"({"display_name": "x", "count": "5"})"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->item().name(), "racks/1/items/2");
  EXPECT_EQ(request->item().count(), 5);
  EXPECT_THAT(request->update_mask().paths(), ElementsAre("display_name"));
}

TEST(BuildRequest, RefusesABodyThatContradictsThePath) {
  EXPECT_TRUE(Build<UpdateItemRequest>("PATCH", "/v1/racks/1/items/2",
                                       {.body = R"({"name": "racks/1/items/2"})"})
                  .ok());
  EXPECT_EQ(Refused(Build<UpdateItemRequest>("PATCH", "/v1/racks/1/items/2",
                                             {.body = R"({"name": "racks/1/items/3"})"})
                        .status()),
            "item.name FIELD_CONFLICT");
}

TEST(BuildRequest, TakesVerbsWithoutABody) {
  const auto request = Build<LockItemRequest>("POST", "/v1/racks/1/items/2:lock", {});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->name(), "racks/1/items/2");
}

TEST(BuildRequest, ReadsScalarsFromThePath) {
  const auto request = Build<GetNumberRequest>("GET", "/v1/numbers/-7/COLOR_GREEN", {});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->number(), -7);
  EXPECT_EQ(request->kind(), COLOR_GREEN);
  EXPECT_EQ(Refused(Build<GetNumberRequest>("GET", "/v1/numbers/x/COLOR_RED", {}).status()),
            "number VALUE_INVALID");
  EXPECT_EQ(Refused(Build<GetItemRequest>("GET", "/v1/things/%FF", {}).status()), "name NOT_UTF8");
}

TEST(BuildRequest, NamesAllWrongParametersAndPathValues) {
  const absl::Status status =
      Build<GetNumberRequest>("GET", "/v1/numbers/x/COLOR_BLUE", {.query = "zzz=1"}).status();
  EXPECT_EQ(platform::ReasonOf(status), "FIELDS_INVALID");
  std::vector<std::string> fields;
  for (const auto& field : platform::FieldsOf(status)) fields.push_back(field.field);
  EXPECT_THAT(fields, ElementsAre("number", "kind", "zzz"));
}

TEST(BuildRequest, TakesRawBodies) {
  const std::string bytes("\x00\xFF{", 3);
  const auto whole = Build<google::api::HttpBody>("POST", "/v1/upload",
                                                  {.content_type = "image/png", .body = bytes});
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->content_type(), "image/png");
  EXPECT_EQ(whole->data(), bytes);
  const auto part =
      Build<ImportRequest>("POST", "/v1/racks/9:import",
                           {.query = "request_id=r", .content_type = "text/csv", .body = bytes});
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->rack(), "racks/9");
  EXPECT_EQ(part->request_id(), "r");
  EXPECT_EQ(part->data().data(), bytes);
  EXPECT_EQ(part->data().content_type(), "text/csv");
}

TEST(BuildRequest, HeadersThatAreNoTextAreRefused) {
  // They become strings of a message, and no service takes one that is not UTF-8.
  const auto type = Build<google::api::HttpBody>("POST", "/v1/upload",
                                                 {.content_type = "te\xFFt/csv", .body = "a"});
  EXPECT_EQ(platform::ReasonOf(type.status()), "HEADER_MALFORMED");
  const auto match =
      Build<ReplaceItemRequest>("PUT", "/v1/racks/1/items/2", {.if_match = "\"\xC3\""});
  EXPECT_EQ(platform::ReasonOf(match.status()), "HEADER_MALFORMED");
}

TEST(BuildRequest, TakesAListAsTheBody) {
  const auto request =
      Build<PutTagsRequest>("PUT", "/v1/tags", {.query = "sorted=true", .body = R"(["a", "b"])"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_THAT(request->tags(), ElementsAre("a", "b"));
  EXPECT_TRUE(request->sorted());
}

TEST(BuildRequest, IfMatchFillsAnEmptyEtag) {
  const auto etag = [](const HttpInput& input) {
    return Build<ReplaceItemRequest>("PUT", "/v1/racks/1/items/2", input)->etag();
  };
  EXPECT_EQ(etag({.if_match = "\"3\""}), "\"3\"");
  EXPECT_EQ(etag({.body = R"({"etag": "\"4\""})", .if_match = "\"3\""}), "\"4\"");
  EXPECT_EQ(etag({.if_match = "*"}), "");
  // Without a field of the request's own it goes into the resource.
  const auto update =
      Build<UpdateItemRequest>("PATCH", "/v1/racks/1/items/2", {.body = "{}", .if_match = "\"3\""});
  EXPECT_EQ(update->item().etag(), "\"3\"");
  // A request that knows no etag does not fail.
  EXPECT_TRUE(
      Build<LockItemRequest>("POST", "/v1/racks/1/items/2:lock", {.if_match = "\"3\""}).ok());
}

absl::StatusOr<HttpOutput> Answer(const char* path, const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return BuildResponse(testing::TestContract(), *testing::TestRoutes().Find("GET", path)->route,
                       grpc::ByteBuffer(&slice, 1));
}

// The form of all JSON answers, locked: clients depend on it.
TEST(BuildResponse, PrintsJson) {
  Item item;
  item.set_name("racks/1/items/2");
  item.set_count(9007199254740993);
  item.set_etag("\"7\"");
  item.add_parts()->set_color(COLOR_RED);
  const auto output = Answer("/v1/things/x", item);
  ASSERT_TRUE(output.ok());
  EXPECT_EQ(output->content_type, "application/json");
  EXPECT_EQ(output->body,
            R"({"name":"racks/1/items/2","display_name":"","count":"9007199254740993",)"
            R"("color":"COLOR_UNSPECIFIED","labels":{},"etag":"\"7\"","parts":[{"name":"",)"
            R"("display_name":"","count":"0","color":"COLOR_RED","labels":{},"etag":"",)"
            R"("parts":[]}]})");
  EXPECT_EQ(output->etag, "\"7\"");
}

TEST(BuildResponse, QuotesPlainEtags) {
  Item item;
  item.set_etag("abc");
  EXPECT_EQ(Answer("/v1/things/x", item)->etag, "\"abc\"");
  item.set_etag("W/\"1\"");
  EXPECT_EQ(Answer("/v1/things/x", item)->etag, "W/\"1\"");
  EXPECT_EQ(Answer("/v1/things/x", Item())->etag, "");
}

TEST(BuildResponse, PrintsWellKnownTypes) {
  AllTypes all;
  all.mutable_w_time()->set_seconds(1677636000);
  all.mutable_w_duration()->set_nanos(500000000);
  all.mutable_w_mask()->add_paths("display_name");
  all.mutable_w_int64()->set_value(5);
  all.mutable_w_any()->PackFrom(Item());
  all.set_f_bytes("\xFB\xFF");
  const auto json = nlohmann::json::parse(Answer("/v1/everything", all)->body);
  EXPECT_EQ(json["w_time"], "2023-03-01T02:00:00Z");
  EXPECT_EQ(json["w_duration"], "0.500s");
  EXPECT_EQ(json["w_mask"], "displayName");
  EXPECT_EQ(json["w_int64"], "5");
  EXPECT_EQ(json["w_any"]["@type"], "type.googleapis.com/gateway_test.v1.Item");
  EXPECT_EQ(json["f_bytes"], "+/8=");
  EXPECT_EQ(json["f_double"], 0);
  // What has presence and is not set stays away.
  EXPECT_FALSE(json.contains("p_int32"));
  EXPECT_FALSE(json.contains("f_message"));
  EXPECT_FALSE(json.contains("w_bool"));
}

TEST(BuildResponse, CutsOutTheResponseField) {
  Item item;
  (*item.mutable_labels())["a"] = "b";
  EXPECT_EQ(Answer("/v1/racks/1/items/2/labels", item)->body, R"({"a":"b"})");
  EXPECT_EQ(Answer("/v1/racks/1/items/2/labels", Item())->body, "{}");
}

TEST(BuildResponse, PassesRawBytes) {
  google::api::HttpBody page;
  page.set_content_type("image/png");
  page.set_data(std::string("\x00\xFF", 2));
  const auto whole = Answer("/trang/x", page);
  EXPECT_EQ(whole->content_type, "image/png");
  EXPECT_EQ(whole->body, page.data());
  ImportRequest wrapped;
  *wrapped.mutable_data() = page;
  EXPECT_EQ(Answer("/v1/pages/x", wrapped)->body, page.data());
  EXPECT_EQ(Answer("/v1/pages/x", ImportRequest())->content_type, "application/octet-stream");
}

TEST(BuildResponse, RefusesWhatIsNoMessage) {
  const grpc::Slice slice(std::string("\xFF\xFF\xFF"));
  const auto output =
      BuildResponse(testing::TestContract(), *testing::TestRoutes().Find("GET", "/trang/x")->route,
                    grpc::ByteBuffer(&slice, 1));
  EXPECT_EQ(platform::ReasonOf(output.status()), "UPSTREAM_FAILED");
}

}  // namespace
}  // namespace thidua::gateway
