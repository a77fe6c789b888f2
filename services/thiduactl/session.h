// A run of thiduactl: where the servers are, who acts, how answers are shown.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "thiduactl/rpc_client.h"

namespace thidua::ctl {

class Session {
 public:
  struct Options {
    RpcClient::Options server;
    std::string
        keys_directory;  // signing keys of a local run; empty: only given tokens can be used
    std::string token;   // used when no person is named; empty: bootstrap token of a local run
    std::string person;  // staff code of who acts; empty: the token above
    bool json = false;   // machine-readable output
  };
  static absl::StatusOr<std::unique_ptr<Session>> Open(Options options);
  // Without a client, for commands that need no server.
  static absl::StatusOr<std::unique_ptr<Session>> Offline(Options options);

  const Options& options() const { return options_; }
  RpcClient& client() { return *client_; }

  // The token of whoever acts by default. `expired` is one of these that is taken no longer: then a
  // new one, where one can be had.
  absl::StatusOr<std::string> Token(const std::string& expired = "");
  // The token of the person with this staff code: an assertion, exchanged at the token endpoint.
  absl::StatusOr<std::string> TokenOf(const std::string& staff_code,
                                      const std::string& expired = "");
  // The token of a registered client (client_credentials).
  absl::StatusOr<std::string> ClientToken(const std::string& client_id, const std::string& secret);
  // A token with every right, signed with the local key. Refused where no local keys are.
  absl::StatusOr<std::string> BootstrapToken(const std::string& expired = "");

  // Calls as whoever acts by default.
  absl::StatusOr<json> Call(const std::string& method, const json& request);
  // Calls as the person with this staff code.
  absl::StatusOr<json> CallAs(const std::string& staff_code, const std::string& method,
                              const json& request);

 private:
  explicit Session(Options options) : options_(std::move(options)) {}
  absl::StatusOr<std::string> Exchange(const std::string& form);
  Options options_;
  std::unique_ptr<RpcClient> client_;
  std::string bootstrap_;
  std::map<std::string, std::string> tokens_;  // by staff code
};

// An error for people: "[REASON] field: tiếng Việt (English)"; each field on a line of its own when
// there are several.
std::string ErrorLine(const absl::Status& status);
// The same for programs: {"error": {reason, message_vi, message_en, fields: [{field, reason,
// message_vi, message_en}]}}. An error without a reason has the name of its status code.
json ErrorJson(const absl::Status& status);

// base64 with padding, as proto3 JSON has bytes.
std::string Base64(const std::string& bytes);
std::string FromBase64(const std::string& text);

}  // namespace thidua::ctl
