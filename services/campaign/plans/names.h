// Names of enum values as the feed and the rules write them: without the enum's prefix.
#pragma once

#include <string>

#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::plans {

inline std::string Without(const std::string& prefix, const std::string& name) {
  const std::string rest = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
  return rest == "UNSPECIFIED" ? "" : rest;
}
inline std::string CheckName(v1::StandardCheck check) {
  return Without("STANDARD_CHECK_", v1::StandardCheck_Name(check));
}
inline std::string TypeName(v1::UnitType type) {
  return Without("UNIT_TYPE_", v1::UnitType_Name(type));
}
inline std::string FormName(v1::AwardForm form) {
  return Without("AWARD_FORM_", v1::AwardForm_Name(form));
}
inline std::string DocumentName(v1::AwardDocument document) {
  return Without("AWARD_DOCUMENT_", v1::AwardDocument_Name(document));
}
inline std::string CategoryName(v1::PersonCategory category) {
  return Without("PERSON_CATEGORY_", v1::PersonCategory_Name(category));
}
inline std::string QuotaKindName(v1::AwardQuotaKind kind) {
  return Without("AWARD_QUOTA_KIND_", v1::AwardQuotaKind_Name(kind));
}
inline std::string RoundingName(v1::AwardQuotaRounding rounding) {
  return Without("AWARD_QUOTA_ROUNDING_", v1::AwardQuotaRounding_Name(rounding));
}
inline std::string SubjectName(v1::Subject subject) {
  return Without("SUBJECT_", v1::Subject_Name(subject));
}

}  // namespace thidua::campaign::plans
