// Every rpc of the contracts: who may call it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "e2e/rpc_catalogue.h"
#include "e2e/rpc_resources.h"
#include "e2e/stack.h"
#include "platform/status.h"

namespace thidua::e2e {
namespace {

// A subject of tokens that is nobody of the demo.
constexpr char kStranger[] = "person:00000000000000000000000001";

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

TEST(Rights, ThePublicRpcsAreTheGoldenList) {
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

TEST(Rights, WithoutATokenOnlyPublicRpcsAnswer) {
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

TEST(Rights, ATokenOfNoRightsReachesNoUnit) {
  Stack& stack = Stack::WithDemo();
  const std::string token = stack.TokenOfNoRights();
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

TEST(Rights, ARightAtASiblingUnitIsNoRightHere) {
  Stack& stack = Stack::WithDemo();
  Resources resources(stack);
  // Every permission, at the department beside the district.
  const std::string token = stack.TokenOfEveryRight(kStranger, stack.Unit("H00.01"));
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
TEST(Rights, ASiblingPushesNoDossierOfOthers) {
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

TEST(Rights, ListsShowASiblingNothingOfOthers) {
  Stack& stack = Stack::WithDemo();
  const std::string own = stack.Unit("H00.20.15");
  const std::string token = stack.TokenOfEveryRight(kStranger, own);
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

}  // namespace
}  // namespace thidua::e2e
