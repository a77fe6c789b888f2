// A server process over its schema: the database may come after it, go away and return.
#include "platform/feed/serve.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "platform/db/serve.h"
#include "platform/feed/feed_fixture.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/audit_service.grpc.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::feed {
namespace {

using common::v1::ReadEventsRequest;
using common::v1::ReadEventsResponse;

class ServeTest : public FeedTest {
 protected:
  // The database's socket as this process sees it is a link of ours: without it there is none.
  void DatabaseComes() {
    ASSERT_EQ(::symlink(database_->options().socket.c_str(), socket_.c_str()), 0);
  }
  void DatabaseGoes() {
    ASSERT_EQ(::unlink(socket_.c_str()), 0);
    database_->Run("KILL HARD USER '" + user_.user + "'@'localhost'");
  }

  void MakeHost(const std::string& migrations_root) {
    user_ = database_->RestrictedUser({"platform"});
    db::Options options = user_;
    options.socket = socket_;
    options.require_worker_thread = true;
    pool_ = db::Pool::Create(options).value();
    platform::HostOptions host;
    host.service_name = "campaign";
    host.profile = "test";
    host.jwks_file = keys_.jwks_file();
    host.probe_interval = absl::Milliseconds(50);
    host_ = platform::ServerHost::Create(host).value();
    db::AddDatabase(*host_, *pool_, db::SeriesUnder(migrations_root, {"platform"}));
    ServeFeed<campaign::v1::FeedService, campaign::v1::AuditService>(
        *host_, *pool_, {keys_.key("campaign"), ""}, {});
    ASSERT_TRUE(host_->Start().ok());
    channel_ = grpc::CreateChannel("127.0.0.1:" + std::to_string(host_->port()),
                                   grpc::InsecureChannelCredentials());
    feed_ = campaign::v1::FeedService::NewStub(channel_);
  }
  std::string Reason() {
    ReadEventsResponse response;
    return test::Reason(feed_->ReadEvents(test::WithToken(keys_.ServiceToken("scoring")).get(),
                                          ReadEventsRequest(), &response));
  }
  // Whether an event committed now gets its place, which only a running sequencer gives.
  bool SequencerWorks(const std::string& plan) {
    Commit({.aggregate_id = plan});
    return Eventually([&] {
      return Number("SELECT COUNT(*) FROM events WHERE position IS NOT NULL AND aggregate_id = '" +
                    plan + "'") == 1;
    });
  }

  const test::TestKeys keys_;
  const test::TempDir folder_;
  const std::string socket_ = folder_.path() + "/socket";
  db::Options user_;
  std::unique_ptr<db::Pool> pool_;
  std::unique_ptr<platform::ServerHost> host_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<campaign::v1::FeedService::Stub> feed_;
};

TEST_F(ServeTest, ADatabaseThatComesAfterTheServiceIsWaitedFor) {
  MakeHost("services");
  test::HealthWatch health(channel_);
  EXPECT_TRUE(health.Await(/*serving=*/false));
  EXPECT_EQ(Reason(), "NOT_READY");
  DatabaseComes();
  EXPECT_TRUE(health.Await(/*serving=*/true));
  EXPECT_EQ(Reason(), "");
  EXPECT_TRUE(SequencerWorks("plan-1"));
}

TEST_F(ServeTest, ReadinessFollowsTheDatabase) {
  DatabaseComes();
  MakeHost("services");
  test::HealthWatch health(channel_);
  EXPECT_TRUE(health.Await(/*serving=*/true));
  DatabaseGoes();
  EXPECT_TRUE(health.Await(/*serving=*/false));
  EXPECT_NE(Reason(), "") << "calls are taken and say what is wrong";
  EXPECT_NE(Reason(), "NOT_READY");
  DatabaseComes();
  EXPECT_TRUE(health.Await(/*serving=*/true));
  EXPECT_EQ(Reason(), "");
  EXPECT_TRUE(SequencerWorks("plan-2"));
}

TEST_F(ServeTest, ASchemaThatIsBehindEndsTheProcess) {
  const std::string series = folder_.path() + "/platform/migrations";
  std::filesystem::create_directories(folder_.path() + "/platform");
  std::filesystem::copy("services/platform/migrations", series);
  std::ofstream(series + "/9999_not_yet.sql") << "SELECT 1;\n";
  DatabaseComes();
  MakeHost(folder_.path());
  EXPECT_EQ(platform::ReasonOf(host_->RunUntilSignal()), "SCHEMA_BEHIND");
}

TEST_F(ServeTest, MetricsAreThoseOfTheList) {
  DatabaseComes();
  MakeHost("services");
  ASSERT_TRUE(host_->AwaitStartup(Soon()).ok());
  EXPECT_EQ(Reason(), "");
  EXPECT_TRUE(SequencerWorks("plan-3"));
  std::vector<std::string> listed;
  std::ifstream in("tests/golden/metrics.txt");
  for (std::string line; std::getline(in, line);) listed.push_back(line);
  EXPECT_THAT(test::MetricNames(host_->metrics_port()), testing::ElementsAreArray(listed));
}

}  // namespace
}  // namespace thidua::feed
