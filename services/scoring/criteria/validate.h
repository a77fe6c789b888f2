// Requests about criteria sets → values, or field violations. Pure. Says only what makes a set
// impossible to keep; what makes it impossible to compute is the checker's matter (check.h),
// because drafts may be unfinished.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "scoring/criteria/definition.h"
#include "scoring/criteria/store.h"
#include "thidua/scoring/v1/criteria_service.pb.h"

namespace thidua::scoring::criteria {

// A set as sent: the row without what the server makes, and its definition. `path` is the field of
// the request, "criteria_set".
struct SentSet {
  SetRow row;
  Definition definition;
};
absl::StatusOr<SentSet> ReadSet(const v1::CriteriaSet& set, const std::string& path);

// 1..40 characters of a–z, 0–9, "-".
bool IsBlock(std::string_view block);

}  // namespace thidua::scoring::criteria
