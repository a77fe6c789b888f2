#include "gateway/openapi.h"

#include <algorithm>
#include <set>

#include "gateway/openapi_path.h"
#include "gateway/proto_comments.h"
#include "gateway/testing/test_contract.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace thidua::gateway {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const json& Document() {
  static const json* const kDocument =
      new json(json::parse(MakeOpenApi(testing::TestRoutes(), {"Test", "1.2"})));
  return *kDocument;
}

std::vector<std::string> ParameterNames(const json& operation) {
  std::vector<std::string> names;
  if (!operation.contains("parameters")) return names;
  for (const json& parameter : operation.at("parameters")) {
    names.push_back(parameter.at("in").get<std::string>() + " " +
                    parameter.at("name").get<std::string>());
  }
  return names;
}

// Every "$ref" of a document that leads nowhere.
std::vector<std::string> BrokenReferences(const json& document) {
  std::vector<std::string> broken;
  const auto walk = [&](const auto& self, const json& node) -> void {
    if (node.is_object() && node.contains("$ref")) {
      const std::string reference = node.at("$ref");
      std::string pointer = reference.substr(1);
      if (reference.front() != '#' || !document.contains(json::json_pointer(pointer))) {
        broken.push_back(reference);
      }
      // In OpenAPI 3.0 nothing beside $ref counts.
      if (node.size() > 1) broken.push_back(reference + " has siblings");
    }
    for (const auto& child : node) {
      if (child.is_structured()) self(self, child);
    }
  };
  walk(walk, document);
  return broken;
}

// What must hold of any contract.
void CheckDocument(const json& document, const RouteTable& routes) {
  EXPECT_EQ(document.at("openapi"), "3.0.3");
  EXPECT_THAT(BrokenReferences(document), IsEmpty());
  std::set<std::string> operation_ids;
  std::set<std::string> shapes;
  size_t operations = 0;
  for (const auto& [path, item] : document.at("paths").items()) {
    // Paths that differ only in names of parameters are the same path.
    std::string shape = path;
    for (size_t open = 0; (open = shape.find('{', open)) != std::string::npos; ++open) {
      shape.replace(open, shape.find('}', open) - open + 1, "{}");
    }
    EXPECT_TRUE(shapes.insert(shape).second) << path;
    for (const auto& [method, operation] : item.items()) {
      ++operations;
      EXPECT_TRUE(operation_ids.insert(operation.at("operationId")).second) << path;
      EXPECT_FALSE(operation.at("summary").get<std::string>().empty());
      EXPECT_TRUE(operation.at("responses").contains("200"));
      // Each {parameter} of the path is described once, and no other.
      std::multiset<std::string> described;
      std::multiset<std::string> written;
      std::set<std::string> names;
      for (const std::string& name : ParameterNames(operation)) {
        EXPECT_TRUE(names.insert(name).second) << path << " " << name;
        if (name.rfind("path ", 0) == 0) described.insert(name.substr(5));
      }
      for (size_t open = path.find('{'); open != std::string::npos;
           open = path.find('{', open + 1)) {
        written.insert(path.substr(open + 1, path.find('}', open) - open - 1));
      }
      EXPECT_EQ(described, written) << path;
    }
  }
  EXPECT_EQ(operations, routes.routes().size());
  // Every rule of the contract, binding by binding.
  std::multiset<std::string> wanted;
  std::multiset<std::string> found;
  for (const auto& route : routes.routes())
    wanted.insert(route->http_method + route->rpc.substr(1));
  for (const auto& [path, item] : document.at("paths").items()) {
    for (const auto& [method, operation] : item.items()) {
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](unsigned char c) { return std::toupper(c); });
      found.insert(upper + operation.at("x-rpc").get<std::string>());
    }
  }
  EXPECT_EQ(wanted, found);
}

TEST(OpenApi, DescribesEveryRuleOfTheTestContract) {
  CheckDocument(Document(), testing::TestRoutes());
}

TEST(OpenApi, DescribesEveryRuleOfTheProduct) {
  const auto contract = Contract::Load(testing::ProductApiFile());
  ASSERT_TRUE(contract.ok()) << contract.status();
  const auto routes = RouteTable::Build(**contract);
  ASSERT_TRUE(routes.ok()) << routes.status();
  CheckDocument(json::parse(MakeOpenApi(*routes, {"Thi Đua API", "1"})), *routes);
}

TEST(OpenApi, ExpandsResourceNames) {
  const json& operation = Document().at("paths").at("/v1/racks/{rack}/items/{item}").at("get");
  EXPECT_EQ(operation.at("summary"), "Shows an item");
  EXPECT_EQ(operation.at("description"), "Shows an item. The second sentence is no summary.");
  EXPECT_EQ(operation.at("operationId"), "gateway_test_v1_EchoService_GetItem");
  EXPECT_THAT(ParameterNames(operation), ElementsAre("path rack", "path item", "query read_mask"));
  EXPECT_EQ(operation.at("parameters")[0].at("required"), true);
  EXPECT_THAT(operation.at("parameters")[1].at("description").get<std::string>(),
              HasSubstr("Part of `name` = `racks/{rack}/items/{item}`. The item."));
  EXPECT_EQ(operation.at("x-policy").at("permission"), "test.items.read");
  EXPECT_EQ(operation.at("x-policy").at("scope"), "SCOPE_UNIT");
  EXPECT_EQ(operation.at("x-policy").at("unit_from"), "RESOURCE");
  EXPECT_FALSE(operation.contains("security"));
  EXPECT_TRUE(Document().at("paths").contains("/v1/racks/{rack}/items/{item}:lock"));
  EXPECT_TRUE(Document().at("paths").contains("/v1/things/{name}"));
  EXPECT_EQ(Document().at("paths").at("/v1/things/{name}").at("get").at("operationId"),
            "gateway_test_v1_EchoService_GetItem_2");
}

TEST(OpenApi, DescribesParameters) {
  const json& paths = Document().at("paths");
  EXPECT_THAT(
      ParameterNames(paths.at("/v1/racks/{rack}/items").at("get")),
      ElementsAre("path rack", "query page_size", "query page_token", "query filter.colors",
                  "query filter.changed_after", "query filter.prefix", "query filter.number"));
  const json& colors = paths.at("/v1/racks/{rack}/items").at("get").at("parameters")[3];
  EXPECT_EQ(colors.at("schema").at("items").at("$ref"),
            "#/components/schemas/gateway_test.v1.Color");
  EXPECT_EQ(colors.at("explode"), true);
  // With a body field the rest are parameters; with "*" none.
  EXPECT_THAT(ParameterNames(paths.at("/v1/racks/{rack}/items").at("post")),
              ElementsAre("path rack", "query request_id", "query validate_only"));
  EXPECT_EQ(paths.at("/v1/racks/{rack}/items").at("post").at("parameters")[1].at("required"), true);
  EXPECT_THAT(ParameterNames(paths.at("/v1/racks/{rack}/items/{item}:lock").at("post")),
              ElementsAre("path rack", "path item"));
  const json& path = paths.at("/v1/paths/{path}").at("get").at("parameters")[0];
  EXPECT_THAT(path.at("description").get<std::string>(), HasSubstr("May hold slashes."));
  const json& number = paths.at("/v1/numbers/{number}/{kind}").at("get").at("parameters");
  EXPECT_EQ(number[0].at("schema").at("type"), "integer");
}

TEST(OpenApi, DescribesBodies) {
  const json& paths = Document().at("paths");
  EXPECT_EQ(paths.at("/v1/racks/{rack}/items")
                .at("post")
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("schema")
                .at("allOf")[0]
                .at("$ref"),
            "#/components/schemas/gateway_test.v1.Item");
  // What travels in the path is not asked for again in the body.
  const json& lock = paths.at("/v1/racks/{rack}/items/{item}:lock")
                         .at("post")
                         .at("requestBody")
                         .at("content")
                         .at("application/json")
                         .at("schema");
  EXPECT_TRUE(lock.at("properties").contains("reason"));
  EXPECT_FALSE(lock.at("properties").contains("name"));
  EXPECT_EQ(paths.at("/v1/tags")
                .at("put")
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("schema")
                .at("type"),
            "array");
  EXPECT_EQ(paths.at("/v1/upload")
                .at("post")
                .at("requestBody")
                .at("content")
                .at("*/*")
                .at("schema")
                .at("format"),
            "binary");
  EXPECT_FALSE(paths.at("/v1/hang").at("get").contains("requestBody"));
}

TEST(OpenApi, DescribesAnswers) {
  const json& paths = Document().at("paths");
  const auto content = [&](const char* path, const char* method) {
    return paths.at(path).at(method).at("responses").at("200").at("content");
  };
  EXPECT_EQ(content("/v1/things/{name}", "get").at("application/json").at("schema").at("$ref"),
            "#/components/schemas/gateway_test.v1.Item");
  EXPECT_EQ(content("/trang/{code}", "get").at("*/*").at("schema").at("format"), "binary");
  EXPECT_TRUE(content("/v1/watch", "get").contains("application/x-ndjson"));
  EXPECT_TRUE(content("/v1/watch", "get").contains("text/event-stream"));
  EXPECT_EQ(paths.at("/v1/watch").at("get").at("x-streaming"), "server");
  EXPECT_TRUE(content("/v1/export", "get").contains("*/*"));
  EXPECT_EQ(content("/v1/racks/{rack}/items/{item}/labels", "get")
                .at("application/json")
                .at("schema")
                .at("additionalProperties")
                .at("type"),
            "string");
  EXPECT_EQ(paths.at("/v1/hang").at("get").at("responses").at("4XX").at("$ref"),
            "#/components/responses/Error");
  // PUBLIC needs no token.
  EXPECT_EQ(paths.at("/trang/{code}").at("get").at("security"), json::array());
  EXPECT_EQ(Document().at("security")[0].at("bearer"), json::array());
}

TEST(OpenApi, DescribesTypes) {
  const json& schemas = Document().at("components").at("schemas");
  const json& all = schemas.at("gateway_test.v1.AllTypes").at("properties");
  const std::pair<const char*, json> table[] = {
      {"f_int32", {{"type", "integer"}, {"format", "int32"}}},
      {"f_int64", {{"type", "string"}, {"format", "int64"}}},
      {"f_uint32", {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}}},
      {"f_double", {{"type", "number"}, {"format", "double"}}},
      {"f_bool", {{"type", "boolean"}}},
      {"f_string", {{"type", "string"}}},
      {"f_bytes", {{"type", "string"}, {"format", "byte"}}},
      {"w_time", {{"type", "string"}, {"format", "date-time"}}},
      {"w_int64", {{"type", "string"}, {"format", "int64"}, {"nullable", true}}},
      {"w_struct", {{"type", "object"}, {"additionalProperties", true}}},
  };
  for (const auto& [name, wanted] : table) {
    json found = all.at(name);
    EXPECT_EQ(found.at("description"), "A field of its kind.") << name;
    found.erase("description");
    EXPECT_EQ(found, wanted) << name;
  }
  EXPECT_EQ(all.at("w_any").at("required"), json::array({"@type"}));
  EXPECT_EQ(all.at("m_item").at("additionalProperties").at("$ref"),
            "#/components/schemas/gateway_test.v1.Item");
  EXPECT_EQ(all.at("f_message").at("allOf")[0].at("$ref"),
            "#/components/schemas/gateway_test.v1.AllTypes");
  EXPECT_THAT(schemas.at("gateway_test.v1.AllTypes").at("description").get<std::string>(),
              HasSubstr("At most one of: o_string, o_item."));
  const json& color = schemas.at("gateway_test.v1.Color");
  EXPECT_EQ(color.at("enum"), json::array({"COLOR_UNSPECIFIED", "COLOR_RED", "COLOR_GREEN"}));
  EXPECT_THAT(color.at("description").get<std::string>(), HasSubstr("- COLOR_RED: Red."));
  const json& item = schemas.at("gateway_test.v1.Item");
  EXPECT_EQ(item.at("required"), json::array({"display_name"}));
  EXPECT_EQ(item.at("properties").at("name").at("readOnly"), true);
  EXPECT_EQ(item.at("additionalProperties"), false);
  EXPECT_TRUE(schemas.contains("Error"));
  // google.protobuf.* never appears under its own name.
  for (const auto& [name, schema] : schemas.items())
    EXPECT_THAT(name, Not(HasSubstr("google.protobuf")));
}

TEST(OpenApi, NamesServices) {
  EXPECT_EQ(Document().at("tags")[1].at("name"), "gateway_test.v1.EchoService");
  EXPECT_THAT(Document().at("tags")[1].at("description").get<std::string>(),
              HasSubstr("shows back"));
  EXPECT_EQ(Document().at("info").at("title"), "Test");
  EXPECT_EQ(Document().at("info").at("version"), "1.2");
}

TEST(ToOpenApiPath, NamesWildcards) {
  const auto path = [](const char* text) {
    return ToOpenApiPath(PathTemplate::Parse(text).value()).path;
  };
  EXPECT_EQ(path("/v1/{name=plans/*}:launch"), "/v1/plans/{plan}:launch");
  EXPECT_EQ(path("/v1/{name=plans/*/entries/*}"), "/v1/plans/{plan}/entries/{entry}");
  EXPECT_EQ(path("/v1/{name=addresses/*}"), "/v1/addresses/{address}");
  EXPECT_EQ(path("/v1/{plan.name=plans/*}"), "/v1/plans/{plan}");
  EXPECT_EQ(path("/v1/x/{plan.unit_id}"), "/v1/x/{unit_id}");
  EXPECT_EQ(path("/v1/{parent=*/*}"), "/v1/{v1}/{id}");
  EXPECT_EQ(path("/v1/{a=plans/*}/plans/{b=plans/*}"), "/v1/plans/{plan}/plans/plans/{plan_2}");
  EXPECT_EQ(path("/trang/xep-hang/{publication}"), "/trang/xep-hang/{publication}");
}

TEST(FirstSentence, EndsAtTheFullStop) {
  EXPECT_EQ(FirstSentence("A b. C d."), "A b");
  EXPECT_EQ(FirstSentence("A b."), "A b");
  EXPECT_EQ(FirstSentence("A v1.2 b\n\nC"), "A v1.2 b");
  EXPECT_EQ(FirstSentence(""), "");
}

}  // namespace
}  // namespace thidua::gateway
