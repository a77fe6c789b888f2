#include "awards/initiatives/service.h"

#include "absl/strings/str_cat.h"
#include "awards/councils/store.h"
#include "awards/councils/store_ballots.h"
#include "awards/errors.h"
#include "awards/initiatives/convert.h"
#include "awards/initiatives/moves.h"
#include "awards/initiatives/store.h"
#include "awards/people.h"
#include "platform/db/write.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::awards::initiatives {
namespace {

// An author whom nobody knows could not be kept from voting on the own work.
absl::Status CheckAuthors(db::Session& session, const InitiativeRow& row) {
  for (size_t i = 0; i < row.author_ids.size(); ++i) {
    ASSIGN_OR_RETURN(const std::optional<std::string> post,
                     councils::PostOf(session, row.author_ids[i]));
    if (post) continue;
    return platform::InvalidField(
        absl::StrCat("initiative.authors[", i, "]"), "UNKNOWN_PERSON",
        {"Danh bạ không có người này.", "The directory does not know this person."});
  }
  return absl::OkStatus();
}

// The ballot that a council has closed on the initiative; none when there was none.
absl::StatusOr<std::optional<Judgement>> JudgementOn(db::Session& session,
                                                     const InitiativeRow& row) {
  std::optional<Judgement> judgement;
  if (row.ballot_id.empty()) return judgement;
  ASSIGN_OR_RETURN(const std::optional<councils::BallotRow> ballot,
                   councils::ReadBallot(session, row.ballot_id));
  if (!ballot) return platform::Internal("an initiative's ballot is not there");
  ASSIGN_OR_RETURN(const std::optional<councils::CouncilRow> council,
                   councils::ReadCouncil(session, ballot->council_id));
  if (!council) return platform::Internal("a ballot's council is not there");
  if (!ballot->close_date) return judgement;
  judgement = Judgement{*ballot->close_date, council->aliases};
  judgement->council_names.push_back(council->title);
  return judgement;
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
          RETURN_IF_ERROR(CheckAuthors(tx, row));
          RETURN_IF_ERROR(InsertInitiative(tx, row));
          ToProto(row, &res);
          return AppendChanged(tx, call, row, nullptr);
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
        ASSIGN_OR_RETURN(const InitiativeRow known, FindAndRequire(pool_, call, req.name()));
        ASSIGN_OR_RETURN(Recognition recognition, RecognitionOf(req.recognition()));
        recognition.recorder = call.principal().subject;
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(InitiativeRow row, Lock(tx, known.id));
          const InitiativeRow before = row;
          RecognitionCase one{row.state,
                              row.year,
                              row.registrar,
                              call.principal().subject,
                              recognition.authority,
                              recognition.date,
                              call.business_today(),
                              std::nullopt,
                              row.author_ids,
                              call.principal().person_id};
          ASSIGN_OR_RETURN(one.judgement, JudgementOn(tx, row));
          RETURN_IF_ERROR(ErrorOf(CheckRecognition(one)));
          RETURN_IF_ERROR(
              files::RequireComplete(tx, req.recognition().file(), row.unit_id, "recognition.file")
                  .status());
          row.recognition = recognition;
          row.state = State::kRecognised;
          ++row.row_version;
          RETURN_IF_ERROR(SetRecognition(tx, row));
          ToProto(row, &res);
          return AppendChanged(tx, call, row, &before);
        });
      });
}

grpc::ServerUnaryReactor* Service::GetInitiative(grpc::CallbackServerContext* context,
                                                 const v1::GetInitiativeRequest* request,
                                                 v1::Initiative* response) {
  return runner_.Unary("GetInitiative", context, request, response,
                       [this](const platform::Call& call, const v1::GetInitiativeRequest& req,
                              v1::Initiative& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const InitiativeRow row,
                                          FindAndRequire(pool_, call, req.name()));
                         ToProto(row, &res);
                         return TellShown(pool_, call, "GetInitiative", req, PeopleIn(res));
                       });
}

grpc::ServerUnaryReactor* Service::ListInitiatives(grpc::CallbackServerContext* context,
                                                   const v1::ListInitiativesRequest* request,
                                                   v1::ListInitiativesResponse* response) {
  return runner_.Unary(
      "ListInitiatives", context, request, response,
      [this](const platform::Call& call, const v1::ListInitiativesRequest& req,
             v1::ListInitiativesResponse& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("initiatives|", req.unit(), "|", req.year(), "|", req.state());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string unit_id;
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        std::string state;
        if (req.state() != v1::INITIATIVE_STATE_UNSPECIFIED) {
          if (!v1::InitiativeState_IsValid(req.state())) {
            return platform::InvalidField("state", "FIELD_OUT_OF_RANGE",
                                          {"Trạng thái không hợp lệ.", "There is no such state."});
          }
          state = NameOf(static_cast<State>(req.state() - 1));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<InitiativeRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, initiatives::ListInitiatives(session, visible, unit_id, req.year(),
                                                              state, page));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &InitiativeRow::id));
        for (const InitiativeRow& row : rows) ToProto(row, res.add_initiatives());
        return TellShown(pool_, call, "ListInitiatives", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::initiatives
