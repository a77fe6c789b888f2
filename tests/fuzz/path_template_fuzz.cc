// Path templates and the paths they match. Input: a template, a line end, a path.
#include "fuzz/fuzz.h"
#include "gateway/path_template.h"
#include "gateway/testing/test_contract.h"

using thidua::fuzz::TakeLine;
using thidua::fuzz::TextOf;
namespace gateway = thidua::gateway;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest = TextOf(data, size);
  const auto parsed = gateway::PathTemplate::Parse(TakeLine(&rest));
  if (parsed.ok()) {
    const auto again = gateway::PathTemplate::Parse(parsed->ToString());
    FUZZ_CHECK(again.ok() && *again == *parsed);
    const auto shape = gateway::PathTemplate::Parse(parsed->Shape());
    FUZZ_CHECK(shape.ok() && shape->Shape() == parsed->Shape());
    for (const gateway::PathVariable& variable : parsed->variables) {
      FUZZ_CHECK(variable.begin < variable.end && variable.end <= parsed->segments.size());
    }
  }
  const auto segments = gateway::SplitPath(rest);
  for (const char* method : {"GET", "POST"}) {
    const auto match = gateway::testing::TestRoutes().Find(method, rest);
    FUZZ_CHECK(match.has_value() == segments.has_value());
    if (!match.has_value() || match->route == nullptr) continue;
    FUZZ_CHECK(match->values.size() == match->route->variables.size());
    FUZZ_CHECK(match->route->http_method == method);
  }
  if (segments.has_value()) {
    for (const std::string& segment : *segments) {
      FUZZ_CHECK(gateway::DecodePercent(segment, false).size() <= segment.size());
    }
  }
  return 0;
}
