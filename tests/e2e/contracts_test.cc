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
