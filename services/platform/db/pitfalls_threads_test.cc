// On two cores gRPC runs all callbacks on about two threads: SQL that blocks one of them takes the
// server down to some hundred calls a second (measured). So a server's pool refuses to work there.
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "platform/db/pool.h"
#include "platform/executor.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class WorkerThreadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = test::TestDatabase::CreateFrom({});
    Options options = database_->options();
    options.require_worker_thread = true;
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(options);
    ASSERT_TRUE(pool.ok());
    pool_ = *std::move(pool);
  }
  // On a worker.
  absl::Status PingOnWorker() {
    platform::Executor executor({.name = "test", .workers = 1});
    absl::Status status;
    executor.TryPost([&] { status = pool_->Ping(Soon()); });
    executor.Drain();
    return status;
  }
  std::unique_ptr<test::TestDatabase> database_;
  std::unique_ptr<Pool> pool_;
};

// Answers every rpc by asking the database right in the callback, as a careless handler would.
class Careless final : public grpc::CallbackGenericService {
 public:
  explicit Careless(Pool& pool) : pool_(pool) {}
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    class Reactor final : public grpc::ServerGenericBidiReactor {
     public:
      explicit Reactor(Pool& pool) {
        const absl::Status status = pool.Ping(Soon());
        Finish(grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                            std::string(status.message())));
      }
      void OnDone() override { delete this; }
    };
    return new Reactor(pool_);
  }

 private:
  Pool& pool_;
};

TEST_F(WorkerThreadTest, PitfallNoBlockingCallOnAGrpcCallbackThread) {
  Careless service(*pool_);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterCallbackGenericService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  ASSERT_NE(server, nullptr);
  grpc::GenericStub stub(
      grpc::CreateChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  grpc::Slice nothing("");
  grpc::ByteBuffer request(&nothing, 1), response;
  grpc::Status answered;
  absl::Notification done;
  stub.UnaryCall(&context, "/any.Service/Rpc", {}, &request, &response, [&](grpc::Status status) {
    answered = status;
    done.Notify();
  });
  done.WaitForNotification();
  server->Shutdown();
  EXPECT_EQ(answered.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_NE(answered.error_message().find("not a worker"), std::string::npos)
      << answered.error_message();
  EXPECT_EQ(pool_->stats().open, 0);  // it was not even asked for a connection
}

TEST_F(WorkerThreadTest, WorkersMayAndPlainThreadsMayNot) {
  EXPECT_TRUE(PingOnWorker().ok());
  EXPECT_EQ(pool_->Ping(Soon()).code(), absl::StatusCode::kInternal);
  const absl::Status transaction = pool_->InTransaction(Soon(), [](Tx&) -> absl::Status {
    ADD_FAILURE() << "the body ran";
    return absl::OkStatus();
  });
  EXPECT_EQ(transaction.code(), absl::StatusCode::kInternal);
  platform::WorkerScope scope;
  EXPECT_TRUE(pool_->Ping(Soon()).ok());
}

}  // namespace
}  // namespace thidua::db
