// A real awards server over a real MariaDB for tests: a district with communes, a launched plan, a
// published ranking and the people who act. What comes from other services comes as their events.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/server.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"
#include "support/test_database.h"
#include "support/test_server.h"
#include "thidua/awards/v1/certificate_service.grpc.pb.h"
#include "thidua/awards/v1/classification_service.grpc.pb.h"
#include "thidua/awards/v1/council_service.grpc.pb.h"
#include "thidua/awards/v1/decision_service.grpc.pb.h"
#include "thidua/awards/v1/feed_service.grpc.pb.h"
#include "thidua/awards/v1/files_service.grpc.pb.h"
#include "thidua/awards/v1/initiative_service.grpc.pb.h"
#include "thidua/awards/v1/nomination_service.grpc.pb.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::awards::testing {

class AwardsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  void SetUp() override;

  // Ids that never change within a run.
  static std::string Id(const std::string& label);
  static std::string UnitName(const std::string& label) { return "units/" + Id(label); }
  static std::string PersonName(const std::string& label) { return "people/" + Id(label); }

  // Business time stands on a day (at noon in Vietnam) from now on.
  static void SetToday(absl::CivilDay day);

  // Tokens by role: officer (Phòng Nội vụ, at the district), commune (officer of commune-1),
  // member-1 to member-5 (council), leader, stranger (officer of commune-2), nobody (no right
  // anywhere), admin (every right everywhere).
  static std::string Token(const std::string& who);

  // Applies an event of campaign or scoring as the consumer would.
  static void Apply(const google::protobuf::Message& payload);
  // The plan and the ranking that SetUp applies; change and Apply again.
  static campaign::v1::PlanLaunched Plan();
  static scoring::v1::RankingPublished Ranking();

  static std::string RequestId();

  // Calls a method of a service as someone.
  template <class Service, class Req, class Res>
  grpc::Status Call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Req&, Res*),
                    const Req& request, Res* response, const std::string& who) {
    auto stub = Service::NewStub(server_->channel());
    auto context = test::WithToken(who.empty() ? "" : Token(who));
    return (stub.get()->*method)(context.get(), request, response);
  }

  // Uploads a small file for a unit and returns its name.
  std::string Upload(const std::string& unit_label, const std::string& who,
                     const std::string& content);

  // The steps of the way, each from where the one before left off; they fail the test when refused.
  v1::Nomination Shortlisted();
  v1::Nomination Invited();
  v1::Nomination Filed();
  v1::Nomination Appraised();
  v1::Council Council();
  v1::Ballot Opened();
  v1::Ballot Closed(int votes_for = 5);
  v1::Decision Drafted();
  v1::Decision Issued(const std::string& number = "125/QĐ-UBND");

  // Requests as the steps send them, to be changed.
  v1::FileAwardDossierRequest Dossier(const std::string& nomination);
  v1::CreateCouncilRequest CouncilRequest();
  v1::IssueDecisionRequest IssueRequest(const v1::Decision& draft);

  v1::Nomination GetNomination(const std::string& name);
  grpc::Status Vote(const std::string& ballot, const std::string& who, v1::VoteChoice choice);
  grpc::Status Close(const std::string& ballot, const std::vector<std::string>& present,
                     v1::Ballot* closed);
  // Types of the events in the feed so far, in order.
  std::vector<std::string> EventTypes();
  // The payload, as JSON, of the first event of a type ("NominationInvited"); "" when there is
  // none.
  std::string Payload(const std::string& type);
  std::string Count(const std::string& table);

  static std::unique_ptr<test::TestDatabase> database_;
  // As the service's own user, with the rights of deploy/sql and no others, on workers only.
  static std::unique_ptr<db::Pool> pool_;
  static std::unique_ptr<test::TestKeys> keys_;
  static std::unique_ptr<test::TempDir> directory_;
  static std::unique_ptr<files::BlobStore> blobs_;
  static std::unique_ptr<units::Projection> projection_;
  static std::unique_ptr<test::TestServer> server_;
};

}  // namespace thidua::awards::testing
