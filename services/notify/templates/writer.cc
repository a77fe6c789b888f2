#include "notify/templates/writer.h"

#include <set>
#include <utility>
#include <vector>

#include "notify/templates/store.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::notify::templates {
namespace {

std::string Told(const Problem& problem) {
  return problem.reason + (problem.placeholder.empty() ? "" : " {" + problem.placeholder + "}");
}

bool HoldTogether(const StoredTemplate& a, const StoredTemplate& b) {
  return (!a.valid_to.has_value() || b.valid_from <= *a.valid_to) &&
         (!b.valid_to.has_value() || a.valid_from <= *b.valid_to);
}

}  // namespace

absl::StatusOr<WrittenNotice> WriteNotice(db::Session& session, Kind kind, absl::CivilDay day,
                                          const std::map<std::string, std::string>& values) {
  TemplateFilter filter;
  filter.kind = std::string(NameOf(kind));
  filter.valid_on = day;
  ASSIGN_OR_RETURN(const std::vector<StoredTemplate> found, ListTemplates(session, filter));
  if (found.size() != 1) {
    return platform::Internal(std::to_string(found.size()) + " templates of " + *filter.kind +
                              " hold on " + platform::FormatDate(day));
  }
  Template parsed;
  WrittenNotice written;
  written.template_id = found.front().id;
  auto problem =
      Template::Parse(kind, found.front().subject, found.front().body, found.front().sms, &parsed);
  if (!problem.has_value()) problem = parsed.Render(values, &written.text);
  if (problem.has_value()) {
    return platform::Internal("template " + written.template_id + ": " + Told(*problem));
  }
  return written;
}

absl::Status CheckTemplates(db::Session& session) {
  ASSIGN_OR_RETURN(const std::vector<StoredTemplate> all, ListTemplates(session, {}));
  std::vector<std::string> wrong;
  std::set<Kind> present;
  for (size_t i = 0; i < all.size(); ++i) {
    const std::optional<Kind> kind = KindFromName(all[i].kind);
    if (!kind.has_value()) {
      wrong.push_back(all[i].id + ": KIND_UNKNOWN " + all[i].kind);
      continue;
    }
    present.insert(*kind);
    Template parsed;
    if (auto problem = Template::Parse(*kind, all[i].subject, all[i].body, all[i].sms, &parsed)) {
      wrong.push_back(all[i].id + ": " + Told(*problem));
    }
    for (size_t j = 0; j < i; ++j) {
      if (all[i].kind == all[j].kind && HoldTogether(all[i], all[j])) {
        wrong.push_back(all[i].id + ": DATES_OVERLAP " + all[j].id);
      }
    }
  }
  for (const Kind kind : AllKinds()) {
    if (present.count(kind) == 0) wrong.push_back(std::string(NameOf(kind)) + ": TEMPLATE_MISSING");
  }
  if (wrong.empty()) return absl::OkStatus();
  std::string list;
  for (const std::string& text : wrong) list += (list.empty() ? "" : "; ") + text;
  return platform::FailedPrecondition(
      "TEMPLATES_INVALID",
      {"Mẫu thông báo không hợp lệ: " + list, "Notice templates are not valid: " + list},
      {{"problems", list}});
}

}  // namespace thidua::notify::templates
