// The yearly report on a movement as Markdown, from what all services tell.
#pragma once

#include <string>

#include "thiduactl/session.h"

namespace thidua::ctl {

// What the other services told of the year: a list, or why they did not tell.
struct ReportParts {
  json movement;
  absl::StatusOr<json> publications = json::array();
  absl::StatusOr<json> initiatives = json::array();
  absl::StatusOr<json> decisions = json::array();
};

std::string ReportMarkdown(const ReportParts& parts);

}  // namespace thidua::ctl
