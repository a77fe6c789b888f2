#include "scoring/criteria/service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/ascii_text.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/criteria/check.h"
#include "scoring/criteria/codec.h"
#include "scoring/criteria/convert.h"
#include "scoring/criteria/store.h"
#include "scoring/criteria/validate.h"

namespace thidua::scoring::criteria {
namespace {

using platform::Call;

absl::Status NoSuchSet(const std::string& name) {
  return platform::NotFound("CRITERIA_SET_NOT_FOUND",
                            {"Không có bộ tiêu chí này", "There is no such criteria set"},
                            {{"name", name}});
}

absl::Status NotADraft(const SetRow& row) {
  return platform::FailedPrecondition(
      "CRITERIA_SET_NOT_DRAFT",
      {"Bộ tiêu chí đã ban hành, không sửa được; thao tác hợp lệ: tạo phiên bản mới",
       "The criteria set is published and cannot be changed; legal moves: create a new version"},
      {{"state", row.state}, {"legal_moves", "CreateCriteriaSet"}});
}

// The id of the set that a request names, once the caller's right at its unit is known. Asked
// before the write's transaction, because an answer that is only repeated does not run its body.
absl::StatusOr<std::string> RequireAtSet(db::Pool& pool, const Call& call, const std::string& name,
                                         const std::string& field) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "criteriaSets", field));
  std::optional<SetRow> row;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, Store::Get(session, id));
    return absl::OkStatus();
  }));
  if (!row.has_value()) return platform::NotFoundFor(call, NoSuchSet(name));
  RETURN_IF_ERROR(call.Require(row->unit_id));
  return id;
}

// The locked draft, after the check of state and etag.
absl::StatusOr<SetRow> LockDraft(db::Tx& tx, const std::string& id, const std::string& etag,
                                 std::string_view etag_field) {
  ASSIGN_OR_RETURN(std::optional<SetRow> row, Store::Lock(tx, id));
  if (!row.has_value()) return platform::Internal("a criteria set is gone");
  if (row->state != "DRAFT") return NotADraft(*row);
  RETURN_IF_ERROR(platform::CheckEtag(etag, row->row_version, etag_field));
  return *std::move(row);
}

absl::Status SetDefinition(const Definition& definition, SetRow& row) {
  ASSIGN_OR_RETURN(row.definition, Canonical(definition));
  // Before and after go into one event of at most 1 MiB.
  constexpr size_t kLargest = 262'144;
  if (row.definition.size() > kLargest) {
    return platform::InvalidField("criteria_set.fields", "CRITERIA_SET_TOO_LARGE",
                                  {"Nội dung bộ tiêu chí vượt quá 256 KiB",
                                   "The content of the criteria set is larger than 256 KiB"});
  }
  row.content_sha256 = platform::Sha256Hex(row.definition);
  return absl::OkStatus();
}

// Writes the event of a change and fills the answer.
absl::Status Record(db::Tx& tx, const Call& call, const SetRow* before, const SetRow& after,
                    v1::CriteriaSet& answer) {
  RETURN_IF_ERROR(ToProto(after, answer));
  v1::CriteriaSet earlier;
  if (before != nullptr) RETURN_IF_ERROR(ToProto(*before, earlier));
  feed::Draft draft;
  draft.aggregate_type = "criteria_set";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  draft.unit_id = after.unit_id;
  draft.payload = &answer;
  draft.before = before == nullptr ? nullptr : &earlier;
  return feed::Append(tx, call, draft);
}

absl::Status Defective(const Definition& definition) {
  std::vector<platform::FieldViolation> fields;
  for (const Defect& defect : Check(definition)) {
    if (defect.severity != Severity::kError) continue;
    fields.push_back({defect.field, defect.reason, {defect.vi, defect.en}});
  }
  if (fields.empty()) return absl::OkStatus();
  platform::ErrorSpec spec;
  spec.code = absl::StatusCode::kFailedPrecondition;
  spec.reason = "CRITERIA_SET_DEFECTIVE";
  spec.text = {absl::StrCat("Bộ tiêu chí còn ", fields.size(), " lỗi phải sửa trước khi ban hành"),
               absl::StrCat("The criteria set has ", fields.size(),
                            " defects that must be mended before it is published")};
  spec.metadata = {{"defects", absl::StrCat(fields.size())}};
  spec.fields = std::move(fields);
  return platform::MakeError(spec);
}

// The version in force gives way to the new one.
absl::Status Supersede(db::Tx& tx, const Call& call, const SetRow& by) {
  ASSIGN_OR_RETURN(std::optional<SetRow> old,
                   Store::LockPublished(tx, by.unit_id, by.block, by.year));
  if (!old.has_value()) return absl::OkStatus();
  const SetRow before = *old;
  old->state = "SUPERSEDED";
  old->superseded_by = by.id;
  ++old->row_version;
  RETURN_IF_ERROR(Store::Update(tx, *old));
  v1::CriteriaSet event;
  return Record(tx, call, &before, *old, event);
}

}  // namespace

Service::Reactor* Service::CreateCriteriaSet(Ctx* context,
                                             const v1::CreateCriteriaSetRequest* request,
                                             v1::CriteriaSet* response) {
  return runner_.Unary(
      "CreateCriteriaSet", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const SentSet sent, ReadSet(req.criteria_set(), "criteria_set"));
        RETURN_IF_ERROR(call.Require(sent.row.unit_id));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          SetRow row = sent.row;
          ASSIGN_OR_RETURN(const int32_t last,
                           Store::LastVersion(tx, row.unit_id, row.block, row.year));
          row.id = platform::NewId(call.machine_now());
          row.version = last + 1;
          row.state = "DRAFT";
          row.created_at = call.machine_now();
          RETURN_IF_ERROR(SetDefinition(sent.definition, row));
          RETURN_IF_ERROR(Store::Insert(tx, row));
          return Record(tx, call, nullptr, row, res);
        });
      });
}

Service::Reactor* Service::GetCriteriaSet(Ctx* context, const v1::GetCriteriaSetRequest* request,
                                          v1::CriteriaSet* response) {
  return runner_.Unary(
      "GetCriteriaSet", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "criteriaSets", "name"));
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::optional<SetRow> row;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(row, Store::Get(session, id));
          return absl::OkStatus();
        }));
        if (!row.has_value() || (row->state == "DRAFT" && !visible.Contains(row->unit_id))) {
          return NoSuchSet(req.name());
        }
        return ToProto(*row, res);
      });
}

Service::Reactor* Service::ListCriteriaSets(Ctx* context,
                                            const v1::ListCriteriaSetsRequest* request,
                                            v1::ListCriteriaSetsResponse* response) {
  return runner_.Unary(
      "ListCriteriaSets", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("criteriaSets|", req.unit(), "|", req.block(), "|", req.year());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        Store::Filter filter;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        ASSIGN_OR_RETURN(platform::VisibleUnits visible, call.Visible());
        RETURN_IF_ERROR(platform::RequireAscii(req.block(), "block"));
        filter.block = req.block();
        filter.year = req.year();
        filter.all_drafts = visible.all;
        filter.draft_units = std::move(visible.ids);
        filter.before_id = page.after;
        filter.limit = page.size + 1;
        std::vector<SetRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, Store::List(session, filter));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.CutToFit(
            rows, &SetRow::id, [](const SetRow& row) { return row.definition.size(); }));
        for (const SetRow& row : rows) RETURN_IF_ERROR(ToProto(row, *res.add_criteria_sets()));
        return absl::OkStatus();
      });
}

Service::Reactor* Service::UpdateCriteriaSet(Ctx* context,
                                             const v1::UpdateCriteriaSetRequest* request,
                                             v1::CriteriaSet* response) {
  return runner_.Unary(
      "UpdateCriteriaSet", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const SentSet sent, ReadSet(req.criteria_set(), "criteria_set"));
        ASSIGN_OR_RETURN(const std::string id,
                         RequireAtSet(pool_, call, req.criteria_set().name(), "criteria_set.name"));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const SetRow before,
                           LockDraft(tx, id, req.criteria_set().etag(), "criteria_set.etag"));
          SetRow row = sent.row;
          row.id = before.id;
          row.unit_id = before.unit_id;
          row.block = before.block;
          row.year = before.year;
          row.version = before.version;
          row.state = before.state;
          row.created_at = before.created_at;
          row.row_version = before.row_version + 1;
          RETURN_IF_ERROR(SetDefinition(sent.definition, row));
          RETURN_IF_ERROR(Store::Update(tx, row));
          return Record(tx, call, &before, row, res);
        });
      });
}

Service::Reactor* Service::PublishCriteriaSet(Ctx* context,
                                              const v1::PublishCriteriaSetRequest* request,
                                              v1::CriteriaSet* response) {
  return runner_.Unary(
      "PublishCriteriaSet", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, RequireAtSet(pool_, call, req.name(), "name"));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const SetRow before, LockDraft(tx, id, req.etag(), "etag"));
          ASSIGN_OR_RETURN(const Definition definition, DefinitionFromText(before.definition));
          RETURN_IF_ERROR(Defective(definition));
          SetRow row = before;
          row.state = "PUBLISHED";
          row.publish_date = call.business_today();
          ++row.row_version;
          RETURN_IF_ERROR(Supersede(tx, call, row));
          RETURN_IF_ERROR(Store::Update(tx, row));
          return Record(tx, call, &before, row, res);
        });
      });
}

Service::Reactor* Service::ListRuleTypes(Ctx* context, const v1::ListRuleTypesRequest* request,
                                         v1::ListRuleTypesResponse* response) {
  return runner_.Unary("ListRuleTypes", context, request, response,
                       [](const Call&, const auto&, auto& res) -> absl::Status {
                         for (const RuleType& type : RuleTypes()) {
                           ToProto(type, *res.add_rule_types());
                         }
                         return absl::OkStatus();
                       });
}

}  // namespace thidua::scoring::criteria
