// The campaign service of one test: a real server over a real database, with units, people and
// roles when asked for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "campaign/directory/unit_tree.h"
#include "campaign/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/files/store.h"
#include "support/test_database.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/access_service.grpc.pb.h"
#include "thidua/campaign/v1/clock_service.grpc.pb.h"
#include "thidua/campaign/v1/directory_service.grpc.pb.h"
#include "thidua/campaign/v1/plan_service.grpc.pb.h"
#include "thidua/campaign/v1/record_service.grpc.pb.h"

namespace thidua::campaign {

class CampaignTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  CampaignTest();
  ~CampaignTest() override;

  // Calls as somebody who may do everything, unless said otherwise.
  std::string admin() const { return keys().Token("person:bootstrap", {{"*", {"*"}}}); }
  // A token with permissions at one unit ("units/<id>").
  std::string TokenAt(const std::string& unit, std::vector<std::string> permissions,
                      const std::string& subject = "person:somebody") const;
  static test::TestKeys& keys() { return *keys_; }
  static test::TestDatabase& database() { return *database_; }

  // A fresh request id.
  std::string Next() { return "test-" + std::to_string(++requests_); }

  // Makes a unary call and keeps its status in `status`. The response is empty when it failed.
  using CallStatus = grpc::Status;
  template <class Stub, class Req, class Res>
  Res Ask(Stub& stub, CallStatus (Stub::*method)(grpc::ClientContext*, const Req&, Res*),
          const Req& request, const std::string& token = "") {
    Res response;
    const auto context = test::WithToken(token.empty() ? admin() : token);
    status = (stub.*method)(context.get(), request, &response);
    return response;
  }
  std::string reason() const { return test::Reason(status); }
  std::vector<std::string> fields() const { return test::Fields(status); }

  void MoveTo(const std::string& date);  // YYYY-MM-DD at noon in Vietnam
  v1::ImportReport ImportUnits(const std::string& csv, bool validate_only = false,
                               const std::string& token = "");
  v1::ImportReport ImportPeople(const std::string& csv, const std::string& token = "");
  v1::ImportReport ImportRoles(const std::string& csv, const std::string& token = "");
  // Units, people and roles of testing/data, on 2022-10-01: a part of the demo's district that
  // stays as it is when the demo grows.
  void LoadDirectory();
  static std::string DirectoryFile(const std::string& name);
  // A file of deploy/demo/data.
  static std::string DemoFile(const std::string& name);
  static v1::Plan DemoPlan(const std::string& name);
  // To call after LoadDirectory; in October 2023 then: a commune that ended with 2022, and one that
  // has had its code H00.20.30 since.
  void PassACodeOn();
  // "units/<id>" of the unit with a code today.
  std::string UnitOf(const std::string& code);
  int CountEvents(const std::string& type);

  std::shared_ptr<grpc::Channel> channel() const { return server_->channel(); }
  v1::DirectoryService::Stub& directory() { return *directory_; }
  v1::AccessService::Stub& access() { return *access_; }
  v1::PlanService::Stub& plans() { return *plans_; }
  v1::RecordService::Stub& records() { return *records_; }
  v1::ClockService::Stub& clock() { return *clock_; }

  grpc::Status status;
  static std::unique_ptr<db::Pool> pool_;  // with the rights of the service's own user

 private:
  static std::unique_ptr<test::TestKeys> keys_;
  static std::unique_ptr<test::TestDatabase> database_;
  int requests_ = 0;
  test::TempDir folder_;
  std::unique_ptr<files::BlobStore> blobs_;
  std::unique_ptr<directory::DirectoryTree> tree_;
  std::unique_ptr<test::TestServer> server_;
  std::unique_ptr<v1::DirectoryService::Stub> directory_;
  std::unique_ptr<v1::AccessService::Stub> access_;
  std::unique_ptr<v1::PlanService::Stub> plans_;
  std::unique_ptr<v1::RecordService::Stub> records_;
  std::unique_ptr<v1::ClockService::Stub> clock_;
};

}  // namespace thidua::campaign
