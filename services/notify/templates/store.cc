#include "notify/templates/store.h"

#include <limits>

namespace thidua::notify::templates {
namespace {

StoredTemplate ReadTemplate(const db::Row& row) {
  StoredTemplate found;
  found.id = row.Get<std::string>(0);
  found.kind = row.Get<std::string>(1);
  found.version = row.Get<int32_t>(2);
  found.valid_from = row.Get<absl::CivilDay>(3);
  found.valid_to = row.Get<std::optional<absl::CivilDay>>(4);
  found.subject = row.Get<std::string>(5);
  found.body = row.Get<std::string>(6);
  found.sms = row.Get<std::string>(7);
  return found;
}

}  // namespace

absl::StatusOr<std::vector<StoredTemplate>> ListTemplates(db::Session& session,
                                                          const TemplateFilter& filter) {
  const int64_t limit = filter.limit > 0 ? filter.limit : std::numeric_limits<int32_t>::max();
  return session.QueryAll<StoredTemplate>(
      ReadTemplate,
      "SELECT template_id, kind, version, valid_from, valid_to, subject, body, sms FROM "
      "notice_templates "
      "WHERE (? IS NULL OR kind = ?) AND (? IS NULL OR (valid_from <= ? AND (valid_to IS NULL OR "
      "valid_to >= ?))) AND template_id > ? ORDER BY template_id LIMIT ?",
      filter.kind, filter.kind, filter.valid_on, filter.valid_on, filter.valid_on, filter.after_id,
      limit);
}

absl::StatusOr<std::optional<StoredTemplate>> FindTemplate(db::Session& session,
                                                           const std::string& id) {
  return session.QueryOptional<StoredTemplate>(ReadTemplate,
                                               "SELECT template_id, kind, version, valid_from, "
                                               "valid_to, subject, body, sms FROM notice_templates "
                                               "WHERE template_id = ?",
                                               id);
}

}  // namespace thidua::notify::templates
