// Real resources of the demo for requests to every rpc.
#pragma once

#include <map>
#include <string>

#include "e2e/rpc_catalogue.h"
#include "e2e/stack.h"

namespace thidua::e2e {

// A name of this collection behind which nothing stands.
std::string Unknown(const std::string& collection);

// One real resource of the demo for each collection, all within huyện Krông Nô; what the demo has
// none of is made through the public APIs at UBND thị trấn Đắk Mâm.
class Resources {
 public:
  explicit Resources(Stack& stack) : stack_(stack), unit_(stack.Unit("H00.20.11")) {}

  // A request for this rpc that names real resources only, and that is right in itself: a request
  // that is malformed may be refused for that before anybody's rights are looked at.
  json Request(const Rpc& rpc);

 private:
  std::string Name(const Rpc& rpc, const std::string& collection);
  std::string Find(const std::string& service, const Rpc& rpc, const std::string& collection);
  std::string Conference();
  std::string First(const std::string& method, const std::string& items, bool of_unit);

  Stack& stack_;
  const std::string unit_;
  std::map<std::string, std::string> names_;
};

}  // namespace thidua::e2e
