// Calls that send bytes instead of messages: for what a broken or hostile client may send.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/support/status.h"

namespace thidua::test {

struct RawAnswer {
  grpc::Status status;
  int answers = 0;  // messages that came back
};

// Sends these frames one after another and then the half-close, whatever comes back, and waits for
// the end of the call. `method`: "/thidua.scoring.v1.DossierService/PushDossiers", of any kind.
RawAnswer SendRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                  const std::string& method, std::vector<std::string> frames);

}  // namespace thidua::test
