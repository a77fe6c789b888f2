#include "notify/templates/service.h"

#include <map>

#include "notify/templates/rules.h"
#include "notify/templates/store.h"
#include "platform/clock.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::notify::templates {
namespace {

constexpr char kCollection[] = "noticeTemplates";
constexpr char kEnumPrefix[] = "NOTICE_KIND_";

// Template ids are words of ours ("plan-launched-1"), not made by NewId.
absl::StatusOr<std::string> IdOf(const std::string& name) {
  const std::string prefix = std::string(kCollection) + "/";
  const std::string id = name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : "";
  if (id.empty() || id.size() > 48 ||
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return platform::InvalidField(
        "name", "NAME_MALFORMED",
        {"Tên phải có dạng noticeTemplates/<mã>.", "name must be noticeTemplates/<id>."});
  }
  return id;
}

v1::NoticeTemplate ToProto(const StoredTemplate& stored) {
  v1::NoticeTemplate out;
  out.set_name(std::string(kCollection) + "/" + stored.id);
  v1::NoticeKind kind = v1::NOTICE_KIND_UNSPECIFIED;
  v1::NoticeKind_Parse(kEnumPrefix + stored.kind, &kind);
  out.set_kind(kind);
  out.set_version(stored.version);
  out.set_valid_from(platform::FormatDate(stored.valid_from));
  if (stored.valid_to.has_value()) out.set_valid_to(platform::FormatDate(*stored.valid_to));
  out.set_subject(stored.subject);
  out.set_body(stored.body);
  out.set_sms(stored.sms);
  if (const auto known = KindFromName(stored.kind); known.has_value()) {
    for (const std::string& name : PlaceholdersOf(*known)) out.add_placeholders(name);
  }
  return out;
}

absl::Status ToStatus(const Problem& problem) {
  const std::string field = "values[" + problem.placeholder + "]";
  if (problem.reason == "PLACEHOLDER_MISSING") {
    return platform::InvalidField(field, problem.reason,
                                  {"Thiếu giá trị cho {" + problem.placeholder + "}.",
                                   "There is no value for {" + problem.placeholder + "}."});
  }
  if (problem.reason == "PLACEHOLDER_UNKNOWN") {
    return platform::InvalidField(field, problem.reason,
                                  {"Mẫu này không có chỗ điền {" + problem.placeholder + "}.",
                                   "This template knows no {" + problem.placeholder + "}."});
  }
  return platform::Internal("a stored template does not parse: " + problem.reason);
}

}  // namespace

TemplateService::TemplateService(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::TemplateService::service_full_name()) {}

grpc::ServerUnaryReactor* TemplateService::ListNoticeTemplates(
    grpc::CallbackServerContext* context, const v1::ListNoticeTemplatesRequest* request,
    v1::ListNoticeTemplatesResponse* response) {
  return runner_.Unary(
      "ListNoticeTemplates", context, request, response,
      [this](const platform::Call& call, const v1::ListNoticeTemplatesRequest& req,
             v1::ListNoticeTemplatesResponse& res) -> absl::Status {
        TemplateFilter filter;
        if (!req.valid_on().empty()) {
          ASSIGN_OR_RETURN(filter.valid_on, platform::ParseDate(req.valid_on(), "valid_on"));
        }
        if (req.kind() != v1::NOTICE_KIND_UNSPECIFIED) {
          const std::string name = v1::NoticeKind_Name(req.kind());
          if (name.empty()) {
            return platform::InvalidField(
                "kind", "ENUM_UNKNOWN", {"Không có loại thông báo này.", "There is no such kind."});
          }
          filter.kind = name.substr(sizeof(kEnumPrefix) - 1);
        }
        const std::string scope =
            "noticeTemplates|" + filter.kind.value_or("") + "|" + req.valid_on();
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after_id = page.after;
        filter.limit = page.size + 1;
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<StoredTemplate> found, ListTemplates(session, filter));
          res.set_next_page_token(page.Cut(found, &StoredTemplate::id));
          for (const StoredTemplate& stored : found) *res.add_notice_templates() = ToProto(stored);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* TemplateService::PreviewNoticeTemplate(
    grpc::CallbackServerContext* context, const v1::PreviewNoticeTemplateRequest* request,
    v1::PreviewNoticeTemplateResponse* response) {
  return runner_.Unary(
      "PreviewNoticeTemplate", context, request, response,
      [this](const platform::Call& call, const v1::PreviewNoticeTemplateRequest& req,
             v1::PreviewNoticeTemplateResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, IdOf(req.name()));
        std::optional<StoredTemplate> stored;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(stored, FindTemplate(session, id));
          return absl::OkStatus();
        }));
        const auto kind = stored.has_value() ? KindFromName(stored->kind) : std::nullopt;
        if (!kind.has_value()) {
          return platform::NotFound(
              "TEMPLATE_NOT_FOUND",
              {"Không có mẫu thông báo này.", "There is no such notice template."},
              {{"name", req.name()}});
        }
        Template parsed;
        Rendered rendered;
        auto problem = Template::Parse(*kind, stored->subject, stored->body, stored->sms, &parsed);
        if (!problem.has_value()) {
          problem = parsed.Render({req.values().begin(), req.values().end()}, &rendered);
        }
        if (problem.has_value()) return ToStatus(*problem);
        res.set_subject(rendered.subject);
        res.set_body(rendered.body);
        res.set_sms(rendered.sms);
        return absl::OkStatus();
      });
}

}  // namespace thidua::notify::templates
