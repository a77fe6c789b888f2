#include "awards/councils/service.h"

#include "absl/strings/str_cat.h"
#include "awards/councils/convert.h"
#include "awards/councils/rules_names.h"
#include "awards/councils/store.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "awards/people.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/hash.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::councils {
namespace {

// Units exist, and members whose unit was left out get that of their post.
absl::Status ResolveUnits(db::Session& session, absl::CivilDay today, CouncilRow& council) {
  RETURN_IF_ERROR(units::Projection::Get(session, council.unit_id, today).status());
  for (size_t i = 0; i < council.members.size(); ++i) {
    Member& member = council.members[i];
    if (member.unit_id.empty()) {
      ASSIGN_OR_RETURN(const std::optional<std::string> post, PostOf(session, member.person_id));
      if (!post) {
        return platform::InvalidField(
            absl::StrCat("council.members[", i, "].person"), "UNKNOWN_PERSON",
            {"Không biết người này công tác ở đơn vị nào; hãy nêu đơn vị (unit).",
             "Nobody knows at which unit this person works; name the unit."});
      }
      member.unit_id = *post;
    }
    // A unit of the past or the future will do: the member may have sat, or may come to sit, there.
    absl::StatusOr<units::Unit> unit =
        units::Projection::Get(session, member.unit_id, member.period.from);
    if (!unit.ok()) return unit.status();
  }
  return absl::OkStatus();
}

absl::Status AppendChanged(db::Tx& tx, const platform::Call& call, const CouncilRow& council,
                           const v1::Council* before) {
  v1::Council after;
  ToProto(council, &after);
  ASSIGN_OR_RETURN(const std::string json, platform::ToJson(after));
  v1::CouncilChanged changed;
  changed.set_council_id(council.id);
  changed.set_unit_id(council.unit_id);
  changed.set_kind(std::string(NameOf(council.kind)));
  changed.set_title(council.title);
  changed.set_content_sha256(platform::Sha256Hex(json));
  feed::Draft draft;
  draft.aggregate_type = "council";
  draft.aggregate_id = council.id;
  draft.aggregate_version = council.row_version;
  draft.unit_id = council.unit_id;
  draft.payload = &changed;
  draft.before = before;
  return feed::Append(tx, call, draft);
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool, platform::UnitTree& units)
    : pool_(pool), units_(units), runner_(admission, v1::CouncilService::service_full_name()) {}

absl::StatusOr<CouncilRow> Service::FindAndRequire(const platform::Call& call,
                                                   const std::string& council_id) const {
  std::optional<CouncilRow> council;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(council, ReadCouncil(session, council_id));
    return absl::OkStatus();
  }));
  if (!council) {
    return platform::NotFoundFor(
        call, ResourceNotFound("COUNCIL", platform::NameOf("councils", council_id)));
  }
  RETURN_IF_ERROR(call.Require(council->unit_id));
  return *std::move(council);
}

grpc::ServerUnaryReactor* Service::CreateCouncil(grpc::CallbackServerContext* context,
                                                 const v1::CreateCouncilRequest* request,
                                                 v1::Council* response) {
  return runner_.Unary("CreateCouncil", context, request, response,
                       [this](const platform::Call& call, const v1::CreateCouncilRequest& req,
                              v1::Council& res) -> absl::Status {
                         ASSIGN_OR_RETURN(CouncilRow council, CouncilOf(req.council()));
                         RETURN_IF_ERROR(call.Require(council.unit_id));
                         council.id = platform::NewId(call.machine_now());
                         council.created_at = call.machine_now();
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           RETURN_IF_ERROR(ResolveUnits(tx, call.business_today(), council));
                           RETURN_IF_ERROR(InsertCouncil(tx, council));
                           ToProto(council, &res);
                           return AppendChanged(tx, call, council, nullptr);
                         });
                       });
}

grpc::ServerUnaryReactor* Service::UpdateCouncil(grpc::CallbackServerContext* context,
                                                 const v1::UpdateCouncilRequest* request,
                                                 v1::Council* response) {
  return runner_.Unary(
      "UpdateCouncil", context, request, response,
      [this](const platform::Call& call, const v1::UpdateCouncilRequest& req,
             v1::Council& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.council().name(), "councils", "council.name"));
        RETURN_IF_ERROR(FindAndRequire(call, id).status());
        ASSIGN_OR_RETURN(const CouncilRow wanted, CouncilOf(req.council()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<CouncilRow> found, LockCouncil(tx, id));
          if (!found) return ResourceNotFound("COUNCIL", req.council().name());
          RETURN_IF_ERROR(
              platform::CheckEtag(req.council().etag(), found->row_version, "council.etag"));
          if (wanted.unit_id != found->unit_id || wanted.kind != found->kind) {
            return platform::InvalidField(
                wanted.kind != found->kind ? "council.kind" : "council.unit", "FIELD_IMMUTABLE",
                {"Không được đổi đơn vị hoặc loại Hội đồng.",
                 "Unit and kind of a council never change."});
          }
          CouncilRow changed = wanted;
          changed.id = id;
          changed.created_at = found->created_at;
          changed.row_version = found->row_version + 1;
          RETURN_IF_ERROR(ResolveUnits(tx, call.business_today(), changed));
          RETURN_IF_ERROR(ReplaceCouncil(tx, changed));
          ToProto(changed, &res);
          v1::Council before;
          ToProto(*found, &before);
          return AppendChanged(tx, call, changed, &before);
        });
      });
}

grpc::ServerUnaryReactor* Service::GetCouncil(grpc::CallbackServerContext* context,
                                              const v1::GetCouncilRequest* request,
                                              v1::Council* response) {
  return runner_.Unary("GetCouncil", context, request, response,
                       [this](const platform::Call& call, const v1::GetCouncilRequest& req,
                              v1::Council& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "councils", "name"));
                         ASSIGN_OR_RETURN(const CouncilRow council, FindAndRequire(call, id));
                         ToProto(council, &res);
                         return TellShown(pool_, call, "GetCouncil", req, PeopleIn(res));
                       });
}

grpc::ServerUnaryReactor* Service::ListCouncils(grpc::CallbackServerContext* context,
                                                const v1::ListCouncilsRequest* request,
                                                v1::ListCouncilsResponse* response) {
  return runner_.Unary(
      "ListCouncils", context, request, response,
      [this](const platform::Call& call, const v1::ListCouncilsRequest& req,
             v1::ListCouncilsResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("councils|", req.unit());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string unit_id;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<CouncilRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, councils::ListCouncils(session, visible, unit_id, page));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &CouncilRow::id));
        for (const CouncilRow& row : rows) ToProto(row, res.add_councils());
        return TellShown(pool_, call, "ListCouncils", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::councils
