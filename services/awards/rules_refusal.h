// Why a rule says no. Rules are pure and know no gRPC, so they answer with this; errors.h makes the
// error of it that callers see.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thidua::awards {

enum class RefusalKind {
  kInvalid,    // a field of the request is wrong whatever the state: INVALID_ARGUMENT
  kState,      // not in this state or on this day: FAILED_PRECONDITION
  kForbidden,  // not this person: PERMISSION_DENIED
};

// One of several things that a refusal is about.
struct RefusalItem {
  std::string field;
  std::string reason;  // UPPER_SNAKE
  std::string vi;
  std::string en;
};

struct Refusal {
  RefusalKind kind = RefusalKind::kInvalid;
  std::string reason;  // UPPER_SNAKE
  std::string vi;
  std::string en;
  std::string field;  // kInvalid: path in the request
  std::map<std::string, std::string> metadata;
  std::vector<RefusalItem> items;  // each becomes a violation of its own
};

// A rule's answer: nothing means it has no objection.
using MaybeRefusal = std::optional<Refusal>;

}  // namespace thidua::awards
