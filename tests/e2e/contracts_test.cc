// Every rpc of the contracts: who may call it, and the same answer by REST and by gRPC.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <tuple>

#include "absl/time/clock.h"
#include "e2e/rpc_catalogue.h"
#include "e2e/stack.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/status.pb.h"
#include "platform/status.h"
#include "platform/token.h"

namespace thidua::e2e {
namespace {

constexpr char kUnknownId[] = "00000000000000000000000000";

std::string Unknown(const std::string& collection) { return collection + "/" + kUnknownId; }

// One real resource of the demo for each collection, all within huyện Krông Nô; what the demo has
// none of is made through the public APIs at UBND thị trấn Đắk Mâm.
class Resources {
 public:
  explicit Resources(Stack& stack) : stack_(stack), unit_(stack.Unit("H00.20.11")) {}

  // A request for this rpc that names real resources only, and that is right in itself: a request
  // that is malformed may be refused for that before anybody's rights are looked at.
  json Request(const Rpc& rpc) {
    json request =
        FilledRequest(rpc, [&](const std::string& collection) { return Name(rpc, collection); });
    const std::string& method = rpc.method->name();
    if (method == "CreatePlan") {
      request["plan"] = {{"issuer", {{"unit", stack_.Unit("H00.20")}}}, {"title", "Kế hoạch thử"}};
    } else if (method == "CreateInitiative") {
      request["initiative"].erase("procedure_cut");
    } else if (method == "CreateAssessmentRound") {
      request["round"]["period_end"] = "2024-02-29";
      request["round"]["appraisal_end"] = "2024-02-29";
    } else if (method == "CreateCriteriaSet" || method == "UpdateCriteriaSet") {
      std::ifstream in("deploy/demo/data/criteria/xa-2023.json");
      const json name = request["criteria_set"].value("name", json());
      request["criteria_set"] = json::parse(in);
      request["criteria_set"]["unit"] = stack_.Unit("H00.20");
      if (!name.is_null()) request["criteria_set"]["name"] = name;
      request["criteria_set"]["etag"] = "\"1\"";
    } else if (method == "UpdatePerson") {
      request["update_mask"] = "phone";
      request["person"]["phone"] = "0900000000";
    } else if (method == "UpdateUnit") {
      request["update_mask"] = "note";
    }
    return request;
  }

 private:
  std::string Name(const Rpc& rpc, const std::string& collection) {
    // Files, and they alone, are of each service under the same name.
    const std::string service = rpc.name.substr(0, rpc.name.rfind('.') + 1);
    std::string& name = names_[collection == "files" ? service + collection : collection];
    if (name.empty()) name = Find(service, rpc, collection);
    EXPECT_NE(name, "") << collection;
    return name;
  }

  std::string Find(const std::string& service, const Rpc& rpc, const std::string& collection) {
    if (collection == "units") return unit_;
    if (collection == "plans") return NameIn(stack_.ChildPlan());
    if (collection == "files") {
      return NameIn(
          stack_.Get(service + "FilesService/StartUpload", {{"unit", unit_},
                                                            {"file_name", "minh-chung.pdf"},
                                                            {"media_type", "application/pdf"},
                                                            {"size_bytes", "1"},
                                                            {"sha256", std::string(64, 'a')},
                                                            {"request_id", "e2e-file"}}));
    }
    if (collection == "initiatives") {
      return NameIn(stack_.Get("awards.v1.InitiativeService/CreateInitiative",
                               {{"initiative",
                                 {{"unit", unit_},
                                  {"title", "Sáng kiến để thử quyền"},
                                  {"kind", "INITIATIVE_KIND_GENERAL"},
                                  {"year", 2023},
                                  {"summary", "Chỉ để thử quyền"}}},
                                {"request_id", "e2e-initiative"}}));
    }
    if (collection == "clients") {
      const json made = stack_.Get("campaign.v1.AccessService/CreateClient",
                                   {{"client", {{"title", "Hệ thống để thử"}, {"unit", unit_}}},
                                    {"request_id", "e2e-client"}});
      return made.is_null() ? "" : NameIn(made["client"]);
    }
    if (collection == "rankings") {
      // The demo's own request again: answered as it was.
      const json publication = stack_.Publication();
      return NameIn(stack_.Get("scoring.v1.RankingService/ComputeRanking",
                               {{"round", publication["round"]}, {"request_id", "demo-ranking"}},
                               "KN-PNV-01"));
    }
    if (collection == "planTasks") {
      const json tasks = stack_.Get("campaign.v1.PlanService/ListPlanTasks",
                                    {{"page_size", 1}, {"lead_unit", unit_}});
      return tasks.is_null() || tasks["tasks"].empty() ? "" : NameIn(tasks["tasks"][0]);
    }
    if (collection == "dossiers")
      return First("scoring.v1.DossierService/ListDossiers", "dossiers", true);
    if (collection == "inboxItems") {
      return First("notify.v1.InboxService/ListInbox", "items", false);
    }
    static const auto* const kLists =
        new std::map<std::string, std::tuple<std::string, std::string, bool>>{
            {"people", {"campaign.v1.DirectoryService/ListPeople", "people", true}},
            {"roleBindings", {"campaign.v1.AccessService/ListRoleBindings", "role_bindings", true}},
            {"periodicReports", {"campaign.v1.RecordService/ListPeriodicReports", "reports", true}},
            {"criteriaSets",
             {"scoring.v1.CriteriaService/ListCriteriaSets", "criteria_sets", false}},
            {"assessmentRounds",
             {"scoring.v1.AssessmentService/ListAssessmentRounds", "rounds", false}},
            {"assessments", {"scoring.v1.AssessmentService/ListAssessments", "assessments", true}},
            {"publications", {"scoring.v1.RankingService/ListPublications", "publications", false}},
            {"councils", {"awards.v1.CouncilService/ListCouncils", "councils", false}},
            {"nominations", {"awards.v1.NominationService/ListNominations", "nominations", true}},
            {"ballots", {"awards.v1.CouncilService/ListBallots", "ballots", false}},
            {"decisions", {"awards.v1.DecisionService/ListDecisions", "decisions", false}},
            {"certificates",
             {"awards.v1.CertificateService/ListCertificates", "certificates", true}},
            {"deadlines", {"notify.v1.DeadlineService/ListDeadlines", "deadlines", true}},
            {"deliveries", {"notify.v1.DeliveryService/ListDeliveries", "deliveries", true}},
            {"noticeTemplates",
             {"notify.v1.TemplateService/ListNoticeTemplates", "notice_templates", false}}};
    const auto list = kLists->find(collection);
    if (list == kLists->end()) {
      ADD_FAILURE() << rpc.name << " names " << collection << ", and this test knows none";
      return Unknown(collection);
    }
    return First(std::get<0>(list->second), std::get<1>(list->second), std::get<2>(list->second));
  }

  static std::string NameIn(const json& resource) {
    return resource.is_object() ? resource.value("name", std::string()) : "";
  }

  std::string First(const std::string& method, const std::string& items, bool of_unit) {
    json request = {{"page_size", 1}};
    if (of_unit) request["unit"] = unit_;
    const json answer =
        stack_.Get(method, request, method == "notify.v1.InboxService/ListInbox" ? "KN-DM-01" : "");
    return answer.is_null() || answer[items].empty() ? "" : NameIn(answer[items][0]);
  }

  Stack& stack_;
  const std::string unit_;
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

TEST(Contracts, ARightAtASiblingUnitIsNoRightHere) {
  Stack& stack = Stack::WithDemo();
  Resources resources(stack);
  // Every permission, at the department beside the district.
  const std::string token =
      stack.TokenOfEveryRight("person:00000000000000000000000001", stack.Unit("H00.01"));
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.policy.scope() != common::v1::SCOPE_UNIT || rpc.policy.unit_from() == "FILTER")
      continue;
    const json request = resources.Request(rpc);
    const auto [code, reason] = Outcome(stack, rpc, request, token);
    EXPECT_EQ(code, absl::StatusCode::kPermissionDenied)
        << rpc.name << " " << reason << " " << request.dump();
  }
}

// Pushes are judged row by row: each for a unit that is not the pusher's is refused, the call is
// not.
TEST(Contracts, ASiblingPushesNoDossierOfOthers) {
  Stack& stack = Stack::WithDemo();
  const std::string token =
      stack.TokenOfEveryRight("client:00000000000000000000000002", stack.Unit("H00.20.15"));
  const json row = {{"dossier_code", "H00.20.11-THU"},     {"unit_code", "H00.20.11"},
                    {"procedure_code", "1.000.000"},       {"channel", "DOSSIER_CHANNEL_DIRECT"},
                    {"status", "DOSSIER_STATUS_RECEIVED"}, {"received_date", "2024-02-01"},
                    {"event_time", "2024-02-01T03:00:00Z"}};
  const auto expect_refused = [](const json& answer, const std::string& what) {
    const json ack = answer.value("ack", json::object());
    EXPECT_EQ(ack.value("accepted", -1), 0) << what << answer.dump();
    EXPECT_EQ(ack.value("refused", -1), 1) << what << answer.dump();
    ASSERT_EQ(ack.value("errors", json::array()).size(), 1u) << what << answer.dump();
    EXPECT_EQ(ack["errors"][0]["reason"], "UNIT_NOT_GRANTED") << what;
  };
  auto batch = stack.session().client().Call(
      "scoring.v1.DossierService/BatchPushDossiers",
      {{"rows", json::array({row})}, {"request_id", "e2e-sibling-batch"}}, token);
  ASSERT_TRUE(batch.ok()) << batch.status();
  expect_refused(*batch, "batch ");
  const std::string csv =
      "dossier_code,unit_code,procedure_code,channel,status,received_date,event_time\n"
      "H00.20.11-THU,H00.20.11,1.000.000,1,2,2024-02-01,2024-02-01T03:00:00Z\n";
  auto by_csv = stack.session().client().Call(
      "scoring.v1.DossierService/PushDossiersCsv",
      {{"csv", {{"content_type", "text/csv"}, {"data", ctl::Base64(csv)}}},
       {"request_id", "e2e-sibling-csv"}},
      token);
  ASSERT_TRUE(by_csv.ok()) << by_csv.status();
  expect_refused(*by_csv, "csv ");
  auto stream =
      stack.session().client().OpenChunks("scoring.v1.DossierService/PushDossiers", token);
  ASSERT_TRUE(stream.ok());
  ASSERT_TRUE((*stream)->Exchange({{"header", {{"import_id", "e2e-sibling"}}}}).ok());
  const auto ack =
      (*stream)->Exchange({{"chunk", {{"sequence", 0}, {"rows", json::array({row})}}}});
  ASSERT_TRUE(ack.ok()) << ack.status();
  expect_refused(*ack, "stream ");
  // The import that the district's system of the demo made is nobody else's.
  const auto import = stack.session().client().Call("scoring.v1.DossierService/GetDossierImport",
                                                    {{"import_id", "demo-2023"}}, token);
  EXPECT_EQ(platform::ReasonOf(import.status()), "DOSSIER_IMPORT_NOT_FOUND");
}

TEST(Contracts, ListsShowASiblingNothingOfOthers) {
  Stack& stack = Stack::WithDemo();
  const std::string own = stack.Unit("H00.20.15");
  const std::string token = stack.TokenOfEveryRight("person:00000000000000000000000001", own);
  const std::string admin = *stack.session().BootstrapToken();
  const std::string other = stack.Unit("H00.20.11");
  std::set<std::string> told_apart;
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.policy.unit_from() != "FILTER" || rpc.streaming()) continue;
    if (rpc.method->input_type()->FindFieldByName("page_size") == nullptr) continue;
    const json request = {{"page_size", 1000}};
    const auto units = [&](const std::string& with) {
      std::set<std::string> found;
      const auto answer = stack.session().client().Call(rpc.name, request, with);
      EXPECT_TRUE(answer.ok()) << rpc.name << " " << answer.status();
      if (!answer.ok()) return found;
      for (const auto& [key, items] : answer->items()) {
        if (!items.is_array()) continue;
        for (const json& item : items) {
          if (!item.is_object()) continue;
          for (const char* field : {"unit", "lead_unit"}) {
            if (item.contains(field)) found.insert(item[field]);
          }
          for (const json& post : item.value("posts", json::array())) found.insert(post["unit"]);
        }
      }
      return found;
    };
    const std::set<std::string> everything = units(admin);
    const std::set<std::string> seen = units(token);
    EXPECT_EQ(seen.count(other), 0u) << rpc.name;
    if (everything.count(other) == 1 && everything.count(own) == 1) {
      EXPECT_EQ(seen.count(own), 1u) << rpc.name << " hides what is the caller's own";
      told_apart.insert(rpc.method->name());
    }
  }
  // Where both units have something, the list really has told them apart.
  for (const char* list : {"ListPeople", "ListRoleBindings", "ListPeriodicReports",
                           "ListAssessments", "ListDeadlines", "ListDeliveries", "ListPlanTasks"}) {
    EXPECT_EQ(told_apart.count(list), 1u) << list;
  }
}

// The reason in an error body, wherever it stands.
std::string ReasonIn(const json& body) {
  if (body.is_object()) {
    if (body.contains("reason") && body["reason"].is_string())
      return body["reason"].get<std::string>();
    for (const auto& [key, value] : body.items()) {
      if (std::string found = ReasonIn(value); !found.empty()) return found;
    }
  }
  if (body.is_array()) {
    for (const json& value : body) {
      if (std::string found = ReasonIn(value); !found.empty()) return found;
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
  if (!by_grpc.ok()) {
    const json error = by_rest.Json().value("error", json::object());
    EXPECT_EQ(ReasonIn(error), platform::ReasonOf(by_grpc.status()));
    EXPECT_EQ(error.value("message", ""), by_grpc.status().message());
    EXPECT_EQ(error.value("details", json::array()), DetailsOf(by_grpc.status(), DomainIn(error)));
  } else if (rpc.method->output_type()->full_name() == "google.api.HttpBody") {
    EXPECT_EQ(by_rest.body, ctl::FromBase64((*by_grpc)["data"].get<std::string>()));
  } else {
    json body = by_rest.Json();
    json expected = *by_grpc;
    for (json* value : {&body, &expected}) {  // time goes on between two calls
      if (rpc.method->name() == "GetBusinessTime" && value->is_object())
        value->erase("business_time");
      // A secret is shown once: the repeat, here by REST, has none.
      if (value->is_object()) value->erase("secret");
    }
    EXPECT_EQ(body, expected);
  }
}

TEST(Contracts, EveryUnaryRpcAnswersTheSameByRestAndByGrpc) {
  // Nothing stands behind the names here, so calls are refused, or write where nobody is disturbed.
  Stack stack;
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  const std::string nobody = TokenWith(stack, {});
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
TEST(Contracts, EveryWriteAnswersTheSameByRestAndByGrpc) {
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
  EXPECT_GT(done.size(), 8u) << ::testing::PrintToString(done);
}

TEST(Contracts, EveryReadShowsTheSameByRestAndByGrpc) {
  Stack& stack = Stack::WithDemo();
  Resources resources(stack);
  const auto admin = stack.session().BootstrapToken();
  ASSERT_TRUE(admin.ok());
  std::string output;
  ASSERT_EQ(stack.Ctl("feeds wait", &output), 0) << output;
  int answered = 0;
  for (const Rpc& rpc : AllRpcs()) {
    if (rpc.streaming()) continue;
    if (rpc.method->options().GetExtension(google::api::http).get().empty()) continue;
    const json request = resources.Request(rpc);
    // Between two calls a service signs a new head and reads on in the feeds of others.
    const std::string& method = rpc.method->name();
    if (method != "GetTreeHead" && method != "ListConsumers") {
      ExpectSame(stack, rpc, request, *admin);
    }
    answered += stack.session().client().Call(rpc.name, request, *admin).ok() ? 1 : 0;
  }
  EXPECT_GT(answered, 40) << "reads of real resources answer";
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
