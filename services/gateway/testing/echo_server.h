// A real gRPC server for the gateway's tests: shows back what reached it, fails, hangs and streams
// as asked.
#pragma once

#include <grpcpp/server.h>

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace thidua::gateway::testing {

class EchoServer {
 public:
  explicit EchoServer(const std::string& address = "127.0.0.1:0");
  ~EchoServer();  // cancels what is in work
  std::string address() const;
  // Stops listening; calls fail from then on.
  void Stop();
  // grpc.health.v1 of the server.
  void SetServing(bool serving);

  // Each waits, at most 20 s, until that many such things have happened in all.
  bool AwaitStarted(int calls);    // Hang, Wait and Watch
  bool AwaitCancelled(int calls);  // Hang and Watch, seen by the server
  // Lets Wait and waiting streams go on.
  void Release();
  // Messages given to gRPC by all streams so far.
  int messages_written() const;

 private:
  struct Service;
  std::unique_ptr<Service> service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace thidua::gateway::testing
