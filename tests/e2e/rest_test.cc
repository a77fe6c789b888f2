// Every rpc of the contracts: the same answer by REST and by gRPC; what the edge itself refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "e2e/rpc_catalogue.h"
#include "e2e/rpc_resources.h"
#include "e2e/stack.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/status.pb.h"
#include "platform/status.h"

namespace thidua::e2e {
namespace {

// By AIP-193, written down here once more: the gateway's own table is what is tested.
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

// The details of an error as the gateway writes them.
json DetailsOf(const absl::Status& status, const std::string& domain) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(platform::ToGrpc(status, domain).error_details()));
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(details, &text, options).ok());
  return json::parse(text).value("details", json::array());
}

std::string DomainIn(const json& error) {
  for (const json& detail : error.value("details", json::array())) {
    if (detail.contains("domain")) return detail["domain"].get<std::string>();
  }
  return "";
}

// What two calls one after the other have in common.
json Lasting(const Rpc& rpc, json answer) {
  if (!answer.is_object()) return answer;
  if (rpc.method->name() == "GetBusinessTime") answer.erase("business_time");  // time goes on
  answer.erase("secret");  // shown once: a repeat has none
  return answer;
}

// Calls twice; a write carries the same request id, so it happens once.
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
  SCOPED_TRACE(rpc.name + " " + rest.verb + " " + rest.path + "\n" + by_rest.body.substr(0, 2000) +
               "\n" + std::string(by_grpc.status().message()));
  EXPECT_EQ(by_rest.status, HttpStatus(by_grpc.status().code()));
  EXPECT_NE(by_grpc.status().code(), absl::StatusCode::kInternal);
  if (!by_grpc.ok()) {
    const json error = by_rest.Json().value("error", json::object());
    EXPECT_EQ(ReasonIn(error), platform::ReasonOf(by_grpc.status()));
    EXPECT_EQ(error.value("message", ""), by_grpc.status().message());
    EXPECT_EQ(error.value("details", json::array()), DetailsOf(by_grpc.status(), DomainIn(error)));
  } else if (rpc.method->output_type()->full_name() == "google.api.HttpBody") {
    EXPECT_EQ(by_rest.body, ctl::FromBase64((*by_grpc)["data"].get<std::string>()));
  } else {
    // What moves by itself (a head is signed, a feed read on) may have moved since: then the answer
    // by REST is the one of now.
    const json body = Lasting(rpc, by_rest.Json());
    if (body == Lasting(rpc, *by_grpc)) return;
    const auto once_more = stack.session().client().Call(rpc.name, request, token);
    ASSERT_TRUE(once_more.ok()) << once_more.status();
    EXPECT_EQ(body, Lasting(rpc, *once_more));
  }
}

TEST(Rest, EveryUnaryRpcAnswersTheSameByRestAndByGrpc) {
  // Nothing stands behind the names here, so calls are refused, or write where nobody is disturbed.
  Stack stack;
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  const std::string nobody = stack.TokenOfNoRights();
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.streaming()) continue;
    const json unknown = FilledRequest(rpc, Unknown);
    ExpectSame(stack, rpc, unknown, "");
    ExpectSame(stack, rpc, unknown, nobody);
    ExpectSame(stack, rpc, unknown, *admin);
  }
}

// Writes to what is really there, each by gRPC and, as its repeat, by REST. Most are refused for
// the state of things, in both the same way; the others take effect once and answer the same.
TEST(Rest, EveryWriteAnswersTheSameByRestAndByGrpc) {
  Stack stack(/*demo=*/true);  // its own: people, units and plans are changed at random
  Resources resources(stack);
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  std::vector<std::pair<const Rpc*, json>> writes;
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.streaming()) continue;
    if (!rpc.method->options().GetExtension(google::api::http).get().empty()) continue;
    json request = resources.Request(rpc);
    if (request.contains("request_id")) request["request_id"] = "e2e-write-" + rpc.method->name();
    writes.emplace_back(&rpc, std::move(request));
  }
  std::set<std::string> done;
  for (const auto& [rpc, request] : writes) {
    ExpectSame(stack, *rpc, request, *admin);
    if (stack.session().client().Call(rpc->name, request, *admin).ok()) {
      done.insert(rpc->method->name());
    }
  }
  EXPECT_THAT(
      done, testing::UnorderedElementsAre(
                "BatchPushDossiers", "CancelMeeting", "ComputeRanking", "CreateAssessmentRound",
                "CreateClient", "CreateCouncil", "CreateCriteriaSet", "CreateInitiative",
                "CreatePlan", "CreateSurvey", "DisableClient", "EndRoleBinding",
                "ImportClassifications", "ImportPeople", "ImportPlanTasks", "ImportRegister",
                "ImportRoleBindings", "ImportSurveyResults", "ImportUnits", "RecordClassification",
                "ReturnIssue", "SetBusinessTime", "SetReportDueDate", "ShortlistUnits",
                "StartUpload", "UpdatePerson", "UpdateUnit"));
}

TEST(Rest, EveryReadShowsTheSameByRestAndByGrpc) {
  Stack& stack = Stack::WithDemo();
  Resources resources(stack);
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  std::string output;
  ASSERT_EQ(stack.Ctl("feeds wait", &output), 0) << output;
  std::map<std::string, std::string> refused;
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.streaming()) continue;
    if (rpc.method->options().GetExtension(google::api::http).get().empty()) continue;
    const json request = resources.Request(rpc);
    ExpectSame(stack, rpc, request, *admin);
    const auto answer = stack.session().client().Call(rpc.name, request, *admin);
    if (!answer.ok()) refused[rpc.name] = platform::ReasonOf(answer.status());
  }
  // All others are answered.
  EXPECT_THAT(refused,
              testing::UnorderedElementsAre(
                  // the code is made up; the administrator has no inbox and has pushed nothing
                  testing::Pair("thidua.awards.v1.CertificateService/VerifyCertificate",
                                "CERTIFICATE_CODE_MISTYPED"),
                  testing::Pair("thidua.notify.v1.InboxService/GetInboxItem", "ITEM_NOT_FOUND"),
                  testing::Pair("thidua.scoring.v1.DossierService/GetDossierImport",
                                "DOSSIER_IMPORT_NOT_FOUND")));
}

TEST(Rest, UnknownFieldsAndParametersAreRefusedByName) {
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

TEST(Rest, OpenApiIsServed) {
  const RestAnswer document = Rest(Stack::WithDemo(), "GET", "/openapi.json");
  EXPECT_EQ(document.status, 200);
  ASSERT_TRUE(document.Json().is_object());
  EXPECT_TRUE(document.Json()["paths"].is_object());
}

}  // namespace
}  // namespace thidua::e2e
