// The four programs as an operator starts them: before their database, on a schema that is behind,
// and to the end by SIGTERM.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/create_channel.h"
#include "nlohmann/json.hpp"
#include "support/raw_call.h"
#include "support/test_database.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/clock_service.pb.h"

extern char** environ;

namespace thidua {
namespace {

using ::testing::HasSubstr;

// A program whose standard error is read line by line.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    errors_ = ::fdopen(ends[0], "r");
  }
  ~Program() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    std::fclose(errors_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line with this message; an empty object when the program ended without one.
  nlohmann::json Await(const std::string& message) {
    char* line = nullptr;
    size_t size = 0;
    nlohmann::json found = nlohmann::json::object();
    while (::getline(&line, &size, errors_) > 0) {
      all_ += line;
      nlohmann::json parsed = nlohmann::json::parse(line, nullptr, false);
      if (!parsed.is_object()) continue;
      if (parsed.contains("port")) port_ = parsed.value("port", "");
      if (parsed.value("msg", "") != message) continue;
      found = std::move(parsed);
      break;
    }
    std::free(line);
    return found;
  }
  void Terminate() { ::kill(pid_, SIGTERM); }
  // Reads to the end; the exit status.
  int Wait() {
    Await("");
    int status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  const std::string& all() const { return all_; }
  const std::string& port() const { return port_; }  // once it has said so

 private:
  pid_t pid_ = -1;
  FILE* errors_ = nullptr;
  std::string all_;
  std::string port_;
};

struct Service {
  std::string name;
  std::string program;
  std::vector<std::string> series;
};

class StartTest : public ::testing::TestWithParam<Service> {
 protected:
  std::vector<std::string> Arguments(const db::Options& database) {
    std::ofstream(folder_.path() + "/password") << database.password << "\n";
    return {GetParam().program,
            "--metrics_listen=",
            "--profile=test",
            "--jwks_file=" + keys_.jwks_file(),
            "--key_file=" + keys_.key_file(GetParam().name),
            "--db_socket=" + database.socket,
            "--db_schema=" + database.schema,
            "--db_user=" + database.user,
            "--db_password_file=" + folder_.path() + "/password",
            "--data_dir=" + folder_.path(),
            "--migrations=services"};
  }

  const test::TestKeys keys_;
  const test::TempDir folder_;
};

TEST_P(StartTest, WaitsForADatabaseThatComesLaterAndEndsBySignal) {
  const auto database = test::TestDatabase::Create(GetParam().series);
  db::Options options = database->RestrictedUser(GetParam().series);
  const std::string real_socket = options.socket;
  options.socket = folder_.path() + "/socket";
  Program program(Arguments(options));
  ASSERT_FALSE(program.Await("started").empty()) << program.all();
  const auto channel =
      grpc::CreateChannel("127.0.0.1:" + program.port(), grpc::InsecureChannelCredentials());
  const auto read_events = [&] {
    return test::Reason(test::SendRaw(channel, keys_.ServiceToken("scoring"),
                                      "/thidua." + GetParam().name + ".v1.FeedService/ReadEvents",
                                      {""})
                            .status);
  };
  auto health = std::make_unique<test::HealthWatch>(channel);
  EXPECT_TRUE(health->Await(/*serving=*/false));
  EXPECT_EQ(program.Await("start waits").value("step", ""), "schema") << program.all();
  EXPECT_EQ(read_events(), "NOT_READY");

  ASSERT_EQ(::symlink(real_socket.c_str(), options.socket.c_str()), 0);
  EXPECT_TRUE(health->Await(/*serving=*/true));
  EXPECT_EQ(read_events(), "");
  health.reset();  // a stream that goes on would be waited for
  program.Terminate();
  EXPECT_EQ(program.Wait(), 0) << program.all();
}

TEST_P(StartTest, ASchemaThatIsBehindEndsItWithASentence) {
  const auto database = test::TestDatabase::Create({"platform"});
  Program program(Arguments(database->options()));
  EXPECT_EQ(program.Wait(), 1) << program.all();
  EXPECT_THAT(program.all(), HasSubstr("\nthidua-" + GetParam().name + ": "));
  EXPECT_THAT(program.all(), HasSubstr("is not applied to this schema; run thidua-migrate\n"));
}

class ProductionTest : public StartTest {};

TEST_P(ProductionTest, BusinessTimeCannotBeMoved) {
  const auto database = test::TestDatabase::Create(GetParam().series);
  std::vector<std::string> arguments = Arguments(database->options());
  arguments.emplace_back("--profile=production");  // the last one counts
  Program program(arguments);
  ASSERT_FALSE(program.Await("ready to serve").empty()) << program.all();
  const auto channel =
      grpc::CreateChannel("127.0.0.1:" + program.port(), grpc::InsecureChannelCredentials());
  campaign::v1::SetBusinessTimeRequest request;
  request.mutable_business_time()->set_seconds(1'700'000'000);
  request.set_reason("thử nghiệm");
  request.set_request_id("production-1");
  const test::RawAnswer answer = test::SendRaw(
      channel, keys_.Token("person:bootstrap", {{"*", {"*"}}}),
      "/thidua.campaign.v1.ClockService/SetBusinessTime", {request.SerializeAsString()});
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(test::Reason(answer.status), "CLOCK_FIXED");
}

Service Campaign() { return {"campaign", THIDUA_BIN "/thidua-campaign", {"platform", "campaign"}}; }

INSTANTIATE_TEST_SUITE_P(Campaign, ProductionTest, ::testing::Values(Campaign()));

INSTANTIATE_TEST_SUITE_P(
    Services, StartTest,
    ::testing::Values(
        Campaign(),
        Service{"scoring", THIDUA_BIN "/thidua-scoring", {"platform", "units", "scoring"}},
        Service{"awards", THIDUA_BIN "/thidua-awards", {"platform", "units", "awards"}},
        Service{"notify", THIDUA_BIN "/thidua-notify", {"platform", "units", "notify"}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace thidua
