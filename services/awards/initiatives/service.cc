#include "awards/initiatives/service.h"

#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "awards/initiatives/convert.h"
#include "awards/initiatives/events.h"
#include "awards/initiatives/store.h"
#include "platform/db/write.h"
#include "platform/feed/append.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::awards::initiatives {
namespace {

absl::Status AppendChanged(db::Tx& tx, const platform::Call& call, const InitiativeRow& row) {
  const v1::InitiativeChanged changed = ChangedEvent(row);
  feed::Draft draft;
  draft.aggregate_type = "initiative";
  draft.aggregate_id = row.id;
  draft.aggregate_version = row.row_version;
  draft.unit_id = row.unit_id;
  draft.payload = &changed;
  return feed::Append(tx, call, draft);
}

absl::StatusOr<InitiativeRow> Find(db::Pool& pool, const platform::Call& call,
                                   const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "initiatives", "name"));
  std::optional<InitiativeRow> row;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, ReadInitiative(session, id));
    return absl::OkStatus();
  }));
  if (!row) return platform::NotFoundFor(call, ResourceNotFound("INITIATIVE", name));
  return *std::move(row);
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool)
    : pool_(pool), runner_(admission, v1::InitiativeService::service_full_name()) {}

grpc::ServerUnaryReactor* Service::CreateInitiative(grpc::CallbackServerContext* context,
                                                    const v1::CreateInitiativeRequest* request,
                                                    v1::Initiative* response) {
  return runner_.Unary(
      "CreateInitiative", context, request, response,
      [this](const platform::Call& call, const v1::CreateInitiativeRequest& req,
             v1::Initiative& res) -> absl::Status {
        ASSIGN_OR_RETURN(InitiativeRow row, InitiativeOf(req.initiative()));
        RETURN_IF_ERROR(call.Require(row.unit_id));
        row.id = platform::NewId(call.machine_now());
        row.registrar = call.principal().subject;
        row.created_at = call.machine_now();
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          RETURN_IF_ERROR(units::Projection::Get(tx, row.unit_id, call.business_today()).status());
          RETURN_IF_ERROR(InsertInitiative(tx, row));
          ToProto(row, &res);
          return AppendChanged(tx, call, row);
        });
      });
}

grpc::ServerUnaryReactor* Service::RecogniseInitiative(
    grpc::CallbackServerContext* context, const v1::RecogniseInitiativeRequest* request,
    v1::Initiative* response) {
  return runner_.Unary(
      "RecogniseInitiative", context, request, response,
      [this](const platform::Call& call, const v1::RecogniseInitiativeRequest& req,
             v1::Initiative& res) -> absl::Status {
        ASSIGN_OR_RETURN(const InitiativeRow known, Find(pool_, call, req.name()));
        RETURN_IF_ERROR(call.Require(known.unit_id));
        ASSIGN_OR_RETURN(Recognition recognition, RecognitionOf(req.recognition()));
        recognition.recorder = call.principal().subject;
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(std::optional<InitiativeRow> row, LockInitiative(tx, known.id));
          if (!row) return ResourceNotFound("INITIATIVE", req.name());
          RETURN_IF_ERROR(ErrorOf(CheckRecognition(row->year, row->recognition.has_value(),
                                                   row->registrar, call.principal().subject,
                                                   recognition.date, call.business_today())));
          RETURN_IF_ERROR(
              files::RequireComplete(tx, req.recognition().file(), row->unit_id, "recognition.file")
                  .status());
          row->recognition = recognition;
          ++row->row_version;
          RETURN_IF_ERROR(SetRecognition(tx, *row));
          ToProto(*row, &res);
          return AppendChanged(tx, call, *row);
        });
      });
}

grpc::ServerUnaryReactor* Service::GetInitiative(grpc::CallbackServerContext* context,
                                                 const v1::GetInitiativeRequest* request,
                                                 v1::Initiative* response) {
  return runner_.Unary("GetInitiative", context, request, response,
                       [this](const platform::Call& call, const v1::GetInitiativeRequest& req,
                              v1::Initiative& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const InitiativeRow row, Find(pool_, call, req.name()));
                         RETURN_IF_ERROR(call.Require(row.unit_id));
                         ToProto(row, &res);
                         return absl::OkStatus();
                       });
}

grpc::ServerUnaryReactor* Service::ListInitiatives(grpc::CallbackServerContext* context,
                                                   const v1::ListInitiativesRequest* request,
                                                   v1::ListInitiativesResponse* response) {
  return runner_.Unary(
      "ListInitiatives", context, request, response,
      [this](const platform::Call& call, const v1::ListInitiativesRequest& req,
             v1::ListInitiativesResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("initiatives|", req.unit(), "|", req.year());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string unit_id;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<InitiativeRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(
              rows, initiatives::ListInitiatives(session, visible, unit_id, req.year(), page));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &InitiativeRow::id));
        for (const InitiativeRow& row : rows) ToProto(row, res.add_initiatives());
        return absl::OkStatus();
      });
}

}  // namespace thidua::awards::initiatives
