// The table notice_templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"

namespace thidua::notify::templates {

// A row; the kind is still a name, so that a row of a kind we do not know can be told of.
struct StoredTemplate {
  std::string id;
  std::string kind;
  int32_t version = 0;
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> valid_to;
  std::string subject;
  std::string body;
  std::string sms;  // empty: never sent by SMS
};

// What a list asks for; an unset filter asks for all.
struct TemplateFilter {
  std::optional<std::string> kind;
  std::optional<absl::CivilDay> valid_on;
  std::string after_id;  // empty: from the start
  int limit = 0;         // 0: all
};

absl::StatusOr<std::vector<StoredTemplate>> ListTemplates(db::Session& session,
                                                          const TemplateFilter& filter);
absl::StatusOr<std::optional<StoredTemplate>> FindTemplate(db::Session& session,
                                                           const std::string& id);

}  // namespace thidua::notify::templates
