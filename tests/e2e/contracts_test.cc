// Every rpc of the contracts: who may call it, and the same answer by REST and by gRPC.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "absl/time/clock.h"
#include "e2e/rpc_catalogue.h"
#include "e2e/stack.h"
#include "google/api/annotations.pb.h"
#include "platform/status.h"
#include "platform/token.h"

namespace thidua::e2e {
namespace {

constexpr char kUnknownId[] = "00000000000000000000000000";

std::string Unknown(const std::string& collection) { return collection + "/" + kUnknownId; }

// One real resource of the demo for each collection; all lie within huyện Krông Nô.
class Resources {
 public:
  explicit Resources(Stack& stack) : stack_(stack) {}
  std::string operator()(const std::string& collection) {
    const auto found = names_.find(collection);
    if (found != names_.end()) return found->second;
    return names_[collection] = Find(collection);
  }

 private:
  std::string Find(const std::string& collection) {
    static const auto* const kLists =
        new std::map<std::string, std::pair<std::string, std::string>>{
            {"people", {"campaign.v1.DirectoryService/ListPeople", "people"}},
            {"roleBindings", {"campaign.v1.AccessService/ListRoleBindings", "role_bindings"}},
            {"clients", {"campaign.v1.AccessService/ListClients", "clients"}},
            {"periodicReports", {"campaign.v1.RecordService/ListPeriodicReports", "reports"}},
            {"criteriaSets", {"scoring.v1.CriteriaService/ListCriteriaSets", "criteria_sets"}},
            {"assessmentRounds", {"scoring.v1.AssessmentService/ListAssessmentRounds", "rounds"}},
            {"assessments", {"scoring.v1.AssessmentService/ListAssessments", "assessments"}},
            {"publications", {"scoring.v1.RankingService/ListPublications", "publications"}},
            {"councils", {"awards.v1.CouncilService/ListCouncils", "councils"}},
            {"nominations", {"awards.v1.NominationService/ListNominations", "nominations"}},
            {"ballots", {"awards.v1.CouncilService/ListBallots", "ballots"}},
            {"decisions", {"awards.v1.DecisionService/ListDecisions", "decisions"}},
            {"certificates", {"awards.v1.CertificateService/ListCertificates", "certificates"}},
            {"deadlines", {"notify.v1.DeadlineService/ListDeadlines", "deadlines"}}};
    if (collection == "units") return stack_.Unit("H00.20.11");
    if (collection == "plans") return stack_.ChildPlan()["name"].get<std::string>();
    const auto list = kLists->find(collection);
    if (list == kLists->end()) return Unknown(collection);
    json request = {{"page_size", 1000}};
    if (collection == "people") request["unit"] = stack_.Unit("H00.20.11");
    if (collection == "roleBindings") request["unit"] = stack_.Unit("H00.20.11");
    if (collection == "deadlines") request["unit"] = stack_.Unit("H00.20.11");
    const json items = stack_.Get(list->second.first, request);
    if (items.is_null() || items[list->second.second].empty()) return Unknown(collection);
    return items[list->second.second][0]["name"].get<std::string>();
  }
  Stack& stack_;
  std::map<std::string, std::string> names_;
};

std::string TokenWith(Stack& stack, std::vector<platform::Grant> grants) {
  const auto key = platform::SigningKey::Load(stack.var() + "/keys/access.pem");
  EXPECT_TRUE(key.ok());
  return *platform::MintAccessToken(**key, {"person:00000000000000000000000001", std::move(grants)},
                                    absl::Now(), absl::Hours(1));
}

// Code and reason of a call with this token.
std::pair<absl::StatusCode, std::string> Outcome(Stack& stack, const Rpc& rpc, const json& request,
                                                 const std::string& token) {
  absl::Status status;
  if (rpc.method->client_streaming()) {
    auto stream = stack.session().client().OpenChunks(rpc.name, token);
    EXPECT_TRUE(stream.ok());
    const auto answer = (*stream)->Exchange(json::object());
    status = answer.ok() ? (*stream)->Finish() : answer.status();
  } else if (rpc.method->server_streaming()) {
    status = stack.session().client().ServerStream(
        rpc.name, request, token, [](const json&) { return absl::CancelledError("enough"); });
    if (absl::IsCancelled(status)) status = absl::OkStatus();
  } else {
    status = stack.session().client().Call(rpc.name, request, token).status();
  }
  return {status.code(), platform::ReasonOf(status)};
}

TEST(Contracts, ThePublicRpcsAreTheGoldenList) {
  std::set<std::string> golden;
  std::ifstream in("tests/golden/public_rpcs.txt");
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') golden.insert(line);
  }
  std::set<std::string> now;
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.policy.scope() == common::v1::SCOPE_PUBLIC) now.insert(rpc.name);
  }
  EXPECT_EQ(now, golden);
}

TEST(Contracts, WithoutATokenOnlyPublicRpcsAnswer) {
  Stack& stack = Stack::WithDemo();
  for (const Rpc& rpc : AllRpcs()) {
    const auto [code, reason] = Outcome(stack, rpc, FilledRequest(rpc, Unknown), "");
    if (rpc.policy.scope() == common::v1::SCOPE_PUBLIC) {
      EXPECT_NE(code, absl::StatusCode::kUnauthenticated) << rpc.name;
    } else {
      EXPECT_EQ(code, absl::StatusCode::kUnauthenticated) << rpc.name;
      EXPECT_EQ(reason, "TOKEN_MISSING") << rpc.name;
    }
  }
}

TEST(Contracts, ATokenOfNoRightsReachesNoUnit) {
  Stack& stack = Stack::WithDemo();
  const std::string token = TokenWith(stack, {});
  for (const Rpc& rpc : AllRpcs()) {
    const auto [code, reason] = Outcome(stack, rpc, FilledRequest(rpc, Unknown), token);
    if (rpc.policy.scope() == common::v1::SCOPE_UNIT ||
        rpc.policy.scope() == common::v1::SCOPE_SERVICE) {
      EXPECT_EQ(code, absl::StatusCode::kPermissionDenied) << rpc.name << " " << reason;
    } else {
      EXPECT_NE(code, absl::StatusCode::kPermissionDenied) << rpc.name;
    }
  }
}

TEST(Contracts, ListsShowASiblingNothingOfOthers) {
  Stack& stack = Stack::WithDemo();
  const std::string token = TokenWith(stack, {{stack.Unit("H00.20.15").substr(6), {"*"}}});
  const std::string other = stack.Unit("H00.20.11");
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.policy.unit_from() != "FILTER" || rpc.streaming()) continue;
    if (rpc.method->name().rfind("List", 0) != 0) continue;
    const auto answer = stack.session().client().Call(rpc.name, {{"page_size", 1000}}, token);
    if (!answer.ok()) continue;  // a filter it needs is missing: nothing was shown
    for (const auto& [key, items] : answer->items()) {
      if (!items.is_array()) continue;
      for (const json& item : items) {
        if (item.is_object() && item.contains("unit")) {
          EXPECT_NE(item["unit"], other) << rpc.name;
        }
      }
    }
  }
}

// The reason in an error body, wherever it stands.
std::string ReasonIn(const json& body) {
  if (body.is_object()) {
    if (body.contains("reason") && body["reason"].is_string())
      return body["reason"].get<std::string>();
    for (const auto& [key, value] : body.items()) {
      if (const std::string found = ReasonIn(value); !found.empty()) return found;
    }
  }
  if (body.is_array()) {
    for (const json& value : body) {
      if (const std::string found = ReasonIn(value); !found.empty()) return found;
    }
  }
  return "";
}

int HttpStatus(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kUnavailable:
      return 503;
    default:
      return 500;
  }
}

void ExpectSame(Stack& stack, const Rpc& rpc, const json& request, const std::string& token) {
  const auto by_grpc = stack.session().client().Call(rpc.name, request, token);
  const RestCall rest = ToRest(rpc, request);
  const auto* input = rpc.method->input_type();
  std::string content_type = "application/json";
  for (int i = 0; i < input->field_count(); ++i) {
    const auto* field = input->field(i);
    if (field->message_type() != nullptr &&
        field->message_type()->full_name() == "google.api.HttpBody") {
      content_type = request[field->name()].value("content_type", "text/csv");
    }
  }
  const RestAnswer by_rest = Rest(stack, rest.verb, rest.path, rest.body, token, content_type);
  EXPECT_EQ(by_rest.status, HttpStatus(by_grpc.status().code()))
      << rpc.name << " " << rest.verb << " " << rest.path << "\n"
      << by_rest.body << "\n"
      << by_grpc.status();
  if (!by_grpc.ok()) {
    EXPECT_EQ(ReasonIn(by_rest.Json()), platform::ReasonOf(by_grpc.status()))
        << rpc.name << by_rest.body;
  } else if (rpc.method->output_type()->full_name() == "google.api.HttpBody") {
    EXPECT_EQ(by_rest.body, ctl::FromBase64((*by_grpc)["data"].get<std::string>())) << rpc.name;
  } else {
    json body = by_rest.Json();
    json expected = *by_grpc;
    for (json* value : {&body, &expected}) {  // time goes on between two calls
      if (rpc.method->name() == "GetBusinessTime" && value->is_object())
        value->erase("business_time");
    }
    EXPECT_EQ(body, expected) << rpc.name;
  }
}

TEST(Contracts, EveryUnaryRpcAnswersTheSameByRestAndByGrpc) {
  Stack& stack = Stack::WithDemo();
  Resources resources(stack);
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  const std::string nobody = TokenWith(stack, {});
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.streaming()) continue;
    const bool read = !rpc.method->options().GetExtension(google::api::http).get().empty();
    const json unknown = FilledRequest(rpc, Unknown);
    ExpectSame(stack, rpc, unknown, "");
    ExpectSame(stack, rpc, unknown, nobody);
    ExpectSame(stack, rpc, unknown, *admin);
    if (read) {
      ExpectSame(stack, rpc, FilledRequest(rpc, [&](const std::string& c) { return resources(c); }),
                 *admin);
    }
  }
}

TEST(Contracts, UnknownFieldsAndParametersAreRefusedByName) {
  Stack& stack = Stack::WithDemo();
  const auto admin = stack.session().BootstrapToken();
  const RestAnswer parameter = Rest(stack, "GET", "/v1/units?cod=H00", "", *admin);
  EXPECT_EQ(parameter.status, 400);
  EXPECT_EQ(ReasonIn(parameter.Json()), "UNKNOWN_PARAMETER");
  EXPECT_THAT(parameter.body, testing::HasSubstr("cod"));
  const RestAnswer field =
      Rest(stack, "POST", "/v1/businessTime:set", R"({"busines_time":"2024-01-01"})", *admin);
  EXPECT_EQ(field.status, 400);
  EXPECT_EQ(ReasonIn(field.Json()), "UNKNOWN_FIELD");
  EXPECT_THAT(field.body, testing::HasSubstr("busines_time"));
  const RestAnswer malformed = Rest(stack, "POST", "/v1/businessTime:set", R"({"reason":)", *admin);
  EXPECT_EQ(malformed.status, 400);
  EXPECT_EQ(ReasonIn(malformed.Json()), "JSON_MALFORMED");
  const RestAnswer huge = Rest(stack, "POST", "/v1/businessTime:set",
                               "{\"reason\":\"" + std::string(6 << 20, 'x') + "\"}", *admin);
  EXPECT_EQ(huge.status, 413);
}

TEST(Contracts, OpenApiIsServed) {
  const RestAnswer document = Rest(Stack::WithDemo(), "GET", "/openapi.json");
  EXPECT_EQ(document.status, 200);
  ASSERT_TRUE(document.Json().is_object());
  EXPECT_TRUE(document.Json()["paths"].is_object());
}

}  // namespace
}  // namespace thidua::e2e
