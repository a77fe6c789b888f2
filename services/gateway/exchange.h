// What stands between a connection (session.h) and what answers on it (rest_handler.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/http_message.h"

namespace thidua::gateway {

// One request being answered. Everything but Post must be called from a function given to Post, or
// from Pending::Run; these never run at the same time. Either Respond once, or StartStream, any
// number of Write, EndStream. After the client has gone all of them do nothing.
class Exchange {
 public:
  virtual ~Exchange() = default;
  // From any thread. In order.
  virtual void Post(std::function<void()> work) = 0;
  virtual void Respond(Response response) = 0;
  virtual void StartStream(Response head) = 0;
  // `written` runs once the bytes are with the kernel: write no more until then.
  virtual void Write(std::string data, std::function<void()> written) = 0;
  // complete == false cuts the connection, so that the client cannot take a part for the whole.
  virtual void EndStream(bool complete) = 0;
  // `gone` runs when the client leaves before the answer is complete.
  virtual void OnGone(std::function<void()> gone) = 0;
  // Runs `work` after a while, unless the answer is complete by then. One timer: a new one replaces
  // it.
  virtual void SetTimer(absl::Duration after, std::function<void()> work) = 0;
};

// A request whose head was accepted and whose body is still to come.
class Pending {
 public:
  virtual ~Pending() = default;
  virtual void Run(std::string body, std::shared_ptr<Exchange> exchange) = 0;
  // The body could not be read; `why` is an error of refusals.h.
  virtual Response Refuse(const absl::Status& why) = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  // Judges a head: an answer at once (the body is then not read), or the request to run.
  virtual std::variant<Response, std::unique_ptr<Pending>> Begin(RequestHead head) = 0;
  // What could not even be read as a request.
  virtual Response RefuseUnread(const absl::Status& why) = 0;
};

}  // namespace thidua::gateway
