// Answers any rpc of the contracts with JSON, on loopback: what a client does is tested without the
// services.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/server.h"
#include "thiduactl/session.h"

namespace thidua::ctl::testing {

class FakeApi final : public grpc::CallbackGenericService {
 public:
  // Called for each message of a call, one at a time in all; an error ends the call.
  using Answer = std::function<absl::StatusOr<json>(const json& request)>;

  // On this port; 0: on any.
  explicit FakeApi(int port = 0);
  ~FakeApi() override;
  // `method` as FindMethod takes it. Others answer UNIMPLEMENTED, or with an empty message.
  void On(const std::string& method, Answer answer);
  void EmptyByDefault();
  int port() const { return port_; }
  // A client of it that acts with some token and prints JSON, or what people read.
  std::unique_ptr<Session> NewSession(absl::Duration retry_for = absl::ZeroDuration(),
                                      bool as_json = true) const;

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;
  // One message of the rpc with this path.
  absl::StatusOr<grpc::ByteBuffer> Handle(const std::string& path, const grpc::ByteBuffer& request);

 private:
  absl::Mutex mutex_;
  std::map<std::string, Answer> answers_ ABSL_GUARDED_BY(mutex_);  // by full name
  bool empty_by_default_ ABSL_GUARDED_BY(mutex_) = false;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace thidua::ctl::testing
