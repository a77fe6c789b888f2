// Writing a notice with the template of its day.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "notify/templates/rules.h"
#include "platform/db/session.h"

namespace thidua::notify::templates {

struct WrittenNotice {
  std::string template_id;
  Rendered text;
};

// The text of a notice of this kind about an act of this day. INTERNAL when no template is valid on
// the day or a value is missing: both are defects of data or code that CheckTemplates or a test
// finds first.
absl::StatusOr<WrittenNotice> WriteNotice(db::Session& session, Kind kind, absl::CivilDay day,
                                          const std::map<std::string, std::string>& values);

// R-NOT-03 every stored template parses, no two of a kind hold on the same day, and every kind has
// one. For the start of the service: TEMPLATES_INVALID (FAILED_PRECONDITION) names all that is
// wrong.
absl::Status CheckTemplates(db::Session& session);

}  // namespace thidua::notify::templates
