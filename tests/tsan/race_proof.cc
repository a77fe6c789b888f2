// Whether ThreadSanitizer, as the preset "tsan" runs it, finds races of ours and nothing else:
//   race_proof
//   plain|other_mutex|callback|handlers|message|status|guarded|notified|awaited|handed_over
// The first six race and must be reported although the suppressions are active; the others do
// not.
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/struct.pb.h"

namespace thidua {

int g_value = 0;

void Write() { ++g_value; }

// The innermost code of these two is inlined from the libraries' headers.
google::protobuf::Struct g_message;
void WriteMessage() { g_message.mutable_fields()->clear(); }
absl::Status g_status;
void WriteStatus() { g_status = absl::AbortedError("a race"); }

void Both(const std::function<void()>& one, const std::function<void()>& other) {
  std::thread first(one);
  std::thread second(other);
  first.join();
  second.join();
}

// A server whose handlers call `handle`, and clients of it, each on a connection of its own.
class Loopback {
 public:
  explicit Loopback(std::function<void()> handle) : service_(std::move(handle)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterCallbackGenericService(&service_);
    server_ = builder.BuildAndStart();
  }
  ~Loopback() { server_->Shutdown(); }

  void Call(const std::function<void()>& completed) {
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    grpc::GenericStub stub(grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port_),
                                                     grpc::InsecureChannelCredentials(), own));
    grpc::ClientContext context;
    grpc::Slice nothing("");
    grpc::ByteBuffer request(&nothing, 1);
    grpc::ByteBuffer response;
    absl::Notification done;
    stub.UnaryCall(&context, "/any.Service/Rpc", {}, &request, &response, [&](const grpc::Status&) {
      completed();
      done.Notify();
    });
    done.WaitForNotification();
  }

 private:
  class Service final : public grpc::CallbackGenericService {
   public:
    explicit Service(std::function<void()> handle) : handle_(std::move(handle)) {}
    grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
      class Reactor final : public grpc::ServerGenericBidiReactor {
       public:
        explicit Reactor(const std::function<void()>& handle) {
          handle();
          Finish(grpc::Status::OK);
        }
        void OnDone() override { delete this; }
      };
      return new Reactor(handle_);
    }

   private:
    const std::function<void()> handle_;
  };

  Service service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

int Run(const std::string& what) {
  absl::Mutex mutex;
  absl::Mutex other;
  if (what == "plain") {
    Both(Write, Write);
  } else if (what == "other_mutex") {
    Both(
        [&] {
          absl::MutexLock lock(&mutex);
          Write();
        },
        [&] {
          absl::MutexLock lock(&other);
          Write();
        });
  } else if (what == "callback") {
    // Called by code of a library that is not instrumented.
    const auto run = [] {
      google::protobuf::Arena arena;
      arena.OwnCustomDestructor(&g_value, [](void*) { Write(); });
    };
    Both(run, run);
  } else if (what == "handlers") {
    // Two calls at once, each in the middle of its handler when the other is: nothing orders them.
    std::atomic<int> inside{0};
    Loopback loopback([&] {
      inside.fetch_add(1, std::memory_order_relaxed);
      while (inside.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
      Write();
    });
    const auto call = [&] { loopback.Call([] {}); };
    Both(call, call);
  } else if (what == "message") {
    Both(WriteMessage, WriteMessage);
    g_value = 2;
  } else if (what == "status") {
    Both(WriteStatus, WriteStatus);
    g_value = 2;
  } else if (what == "guarded") {
    const auto run = [&] {
      absl::MutexLock lock(&mutex);
      Write();
    };
    Both(run, run);
  } else if (what == "notified") {
    absl::Notification done;
    Both(
        [&] {
          Write();
          done.Notify();
        },
        [&] {
          done.WaitForNotification();
          Write();
        });
  } else if (what == "awaited") {
    bool ready = false;
    Both(
        [&] {
          Write();
          absl::MutexLock lock(&mutex);
          ready = true;
        },
        [&] {
          mutex.LockWhen(absl::Condition(&ready));
          mutex.Unlock();
          Write();
        });
  } else if (what == "handed_over") {
    Loopback loopback([] {});
    Write();
    loopback.Call([] { Write(); });
  } else {
    return 2;
  }
  std::printf("%s %d\n", what.c_str(), g_value);
  return g_value == 2 ? 0 : 1;
}

}  // namespace thidua

int main(int argc, char** argv) { return thidua::Run(argc == 2 ? argv[1] : ""); }
