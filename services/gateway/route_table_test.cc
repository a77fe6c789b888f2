#include "gateway/route_table.h"

#include "gateway/testing/test_contract.h"
#include "gmock/gmock.h"
#include "google/api/annotations.pb.h"
#include "gtest/gtest.h"

namespace thidua::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace pb = google::protobuf;

struct Found {
  const char* method;
  const char* path;
  const char* rpc;                  // "" when there is none
  std::vector<std::string> values;  // of path variables
};

class Finds : public ::testing::TestWithParam<Found> {};

TEST_P(Finds, Route) {
  const Found& wanted = GetParam();
  const auto match = testing::TestRoutes().Find(wanted.method, wanted.path);
  ASSERT_TRUE(match.has_value());
  ASSERT_EQ(match->route == nullptr ? "" : match->route->method->name(), wanted.rpc);
  std::vector<std::string> values;
  for (const auto& [field, value] : match->values) values.push_back(value);
  EXPECT_EQ(values, wanted.values);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Finds,
    ::testing::Values(
        Found{"GET", "/v1/racks/1/items/2", "GetItem", {"racks/1/items/2"}},
        Found{"GET", "/v1/things/abc", "GetItem", {"abc"}},
        Found{"DELETE", "/v1/racks/1/items/2", "DeleteItem", {"racks/1/items/2"}},
        Found{"PATCH", "/v1/racks/1/items/2", "UpdateItem", {"racks/1/items/2"}},
        Found{"PUT", "/v1/racks/1/items/2", "ReplaceItem", {"racks/1/items/2"}},
        Found{"POST", "/v1/racks/1/items/2:lock", "LockItem", {"racks/1/items/2"}},
        Found{"GET", "/v1/racks/1/items/2/labels", "GetLabels", {"racks/1/items/2"}},
        Found{"GET", "/v1/racks/1/items", "ListItems", {"racks/1"}},
        Found{"GET", "/v1/paths/a/b/c", "GetPath", {"a/b/c"}},
        Found{"GET", "/v1/paths", "GetPath", {""}},
        Found{"GET", "/v1/paths/a%2Fb/c", "GetPath", {"a%2Fb/c"}},
        Found{"GET", "/v1/numbers/7/COLOR_RED", "GetNumber", {"7", "COLOR_RED"}},
        Found{"GET", "/v1/things/a%2Fb", "GetItem", {"a/b"}},
        // A colon that is no verb belongs to the id; an encoded one always does.
        Found{"GET", "/v1/things/a:b", "GetItem", {"a:b"}},
        Found{"GET", "/v1/racks/1/items/2%3Alock", "GetItem", {"racks/1/items/2:lock"}},
        // Literals may be percent-encoded, too.
        Found{"GET", "/v1/r%61cks/1/items", "ListItems", {"racks/1"}},
        Found{"GET", "/v1/racks//items", "", {}}, Found{"GET", "/v1/racks/1/items/", "", {}},
        Found{"GET", "/v1", "", {}}, Found{"GET", "/", "", {}}, Found{"GET", "/V1/hang", "", {}},
        Found{"POST", "/v1/collect", "", {}}, Found{"GET", "/v1/racks/1/items/2/x", "", {}}));

TEST(RouteTable, NamesTheMethodsOfAPath) {
  const auto allowed = [](const char* method, const char* path) {
    return testing::TestRoutes().Find(method, path)->allowed;
  };
  EXPECT_THAT(allowed("POST", "/v1/racks/1/items/2"),
              ElementsAre("DELETE", "GET", "HEAD", "PATCH", "PUT"));
  // A known verb is not taken for a part of an id.
  EXPECT_THAT(allowed("GET", "/v1/racks/1/items/2:lock"), ElementsAre("POST"));
  EXPECT_THAT(allowed("PUT", "/v1/watch"), ElementsAre("GET", "POST"));  // no HEAD of streams
  EXPECT_THAT(allowed("GET", "/v1/nowhere"), IsEmpty());
}

TEST(RouteTable, RefusesMalformedPaths) {
  EXPECT_EQ(testing::TestRoutes().Find("GET", "/v1/%zz"), std::nullopt);
  EXPECT_EQ(testing::TestRoutes().Find("OPTIONS", "*"), std::nullopt);
}

TEST(RouteTable, FindsFieldsByBothNames) {
  const pb::Descriptor* type =
      testing::TestContract().pool().FindMessageTypeByName("gateway_test.v1.ListItemsRequest");
  for (const char* text : {"filter.inner.changed_after", "filter.inner.changedAfter"}) {
    const auto path = FindFieldPath(type, text);
    ASSERT_TRUE(path.has_value()) << text;
    EXPECT_EQ(FieldPathText(*path), "filter.inner.changed_after");
  }
  for (const char* text : {"", ".", "filter.", ".filter", "filter..inner", "filter.nothing",
                           "filter.colors.x", "parent.x"}) {
    EXPECT_EQ(FindFieldPath(type, text), std::nullopt) << text;
  }
}

// A contract of one service with the given rules, one rpc each.
absl::Status BuildWith(const std::vector<google::api::HttpRule>& rules) {
  pb::FileDescriptorSet set;
  for (const pb::FileDescriptor* file :
       {pb::FileDescriptorProto::descriptor()->file(), google::api::HttpRule::descriptor()->file(),
        pb::DescriptorPool::generated_pool()->FindFileByName("google/api/annotations.proto")}) {
    file->CopyTo(set.add_file());
  }
  pb::FileDescriptorProto* file = set.add_file();
  file->set_name("t.proto");
  file->set_package("t");
  file->set_syntax("proto3");
  file->add_dependency("google/api/annotations.proto");
  pb::DescriptorProto* message = file->add_message_type();
  message->set_name("M");
  const auto field = [&](const char* name, int number, pb::FieldDescriptorProto::Type type,
                         bool repeated) {
    pb::FieldDescriptorProto* made = message->add_field();
    made->set_name(name);
    made->set_number(number);
    made->set_type(type);
    made->set_label(repeated ? pb::FieldDescriptorProto::LABEL_REPEATED
                             : pb::FieldDescriptorProto::LABEL_OPTIONAL);
    if (type == pb::FieldDescriptorProto::TYPE_MESSAGE) made->set_type_name(".t.M");
  };
  field("name", 1, pb::FieldDescriptorProto::TYPE_STRING, false);
  field("many", 2, pb::FieldDescriptorProto::TYPE_STRING, true);
  field("m", 3, pb::FieldDescriptorProto::TYPE_MESSAGE, false);
  pb::ServiceDescriptorProto* service = file->add_service();
  service->set_name("S");
  for (size_t i = 0; i < rules.size(); ++i) {
    pb::MethodDescriptorProto* method = service->add_method();
    method->set_name("R" + std::to_string(i));
    method->set_input_type(".t.M");
    method->set_output_type(".t.M");
    *method->mutable_options()->MutableExtension(google::api::http) = rules[i];
  }
  const auto contract = Contract::FromSet(set);
  if (!contract.ok()) return contract.status();
  return RouteTable::Build(**contract).status();
}

google::api::HttpRule Get(const std::string& path) {
  google::api::HttpRule rule;
  rule.set_get(path);
  return rule;
}

TEST(RouteTable, RefusesTwoRulesForTheSameRequests) {
  EXPECT_TRUE(BuildWith({Get("/v1/{name=plans/*}"), Get("/v1/plans")}).ok());
  const absl::Status status = BuildWith({Get("/v1/{name=plans/*}"), Get("/v1/plans/{name}")});
  EXPECT_THAT(std::string(status.message()), HasSubstr("t.S.R1"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("already taken by t.S.R0"));
}

TEST(RouteTable, RefusesRulesThatCannotWork) {
  google::api::HttpRule body_on_get = Get("/v1/a");
  body_on_get.set_body("*");
  google::api::HttpRule no_body_field;
  no_body_field.set_post("/v1/a");
  no_body_field.set_body("nothing");
  google::api::HttpRule no_response_field = Get("/v1/a");
  no_response_field.set_response_body("nothing");
  google::api::HttpRule custom;
  custom.mutable_custom()->set_kind("LIST");
  custom.mutable_custom()->set_path("/v1/a");
  google::api::HttpRule nested = Get("/v1/a");
  *nested.add_additional_bindings()->add_additional_bindings() = Get("/v1/b");
  const std::pair<google::api::HttpRule, const char*> wrong[] = {
      {Get("/v1/{nothing}"), "no singular scalar field nothing"},
      {Get("/v1/{many}"), "no singular scalar field many"},
      {Get("/v1/{m}"), "no singular scalar field m"},
      {Get("/v1/{m.nothing}"), "no singular scalar field m.nothing"},
      {Get("v1"), "must begin with '/'"},
      {body_on_get, "GET and DELETE carry no body"},
      {no_body_field, "no field for body: nothing"},
      {no_response_field, "no field for response_body: nothing"},
      {custom, "only get, put, post, delete and patch"},
      {nested, "cannot be nested"},
  };
  for (const auto& [rule, text] : wrong) {
    EXPECT_THAT(std::string(BuildWith({rule}).message()), HasSubstr(text));
  }
}

TEST(Contract, RefusesWhatIsNoDescriptorSet) {
  EXPECT_FALSE(Contract::Load("/nowhere/api.pb").ok());
  EXPECT_FALSE(Contract::Load("CMakeLists.txt").ok());
  EXPECT_FALSE(Contract::FromSet({}).ok());
  pb::FileDescriptorSet broken;
  broken.add_file()->set_name("a.proto");
  broken.mutable_file(0)->add_dependency("not/there.proto");
  EXPECT_THAT(std::string(Contract::FromSet(broken).status().message()), HasSubstr("not/there"));
}

// The product's own contract has no conflicts: every path belongs to one rpc.
TEST(RouteTable, TakesTheProductsContract) {
  const auto contract = Contract::Load(testing::ProductApiFile());
  ASSERT_TRUE(contract.ok()) << contract.status();
  const auto routes = RouteTable::Build(**contract);
  ASSERT_TRUE(routes.ok()) << routes.status();
  EXPECT_GT(routes->routes().size(), 0u);
  EXPECT_NE((*contract)->pool().FindMessageTypeByName("google.rpc.ErrorInfo"), nullptr);
}

}  // namespace
}  // namespace thidua::gateway
