#include "absl/strings/str_cat.h"
#include "awards/errors.h"
#include "awards/nominations/check.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/service.h"
#include "platform/db/write.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

constexpr int kMostDocuments = 20;

absl::StatusOr<std::vector<Document>> DocumentsOf(const v1::FileAwardDossierRequest& request) {
  if (request.documents_size() > kMostDocuments) {
    return platform::InvalidField(
        "documents", "COUNT_OUT_OF_RANGE",
        {absl::StrCat("Không quá ", kMostDocuments, " tài liệu."),
         absl::StrCat("There must be at most ", kMostDocuments, " documents.")});
  }
  std::vector<Document> documents;
  for (int i = 0; i < request.documents_size(); ++i) {
    const v1::AwardDossierDocument& document = request.documents(i);
    const std::string at = absl::StrCat("documents[", i, "]");
    if (!v1::DocumentKind_IsValid(document.kind()) ||
        document.kind() == v1::DOCUMENT_KIND_UNSPECIFIED) {
      return platform::InvalidField(at + ".kind", "FIELD_REQUIRED",
                                    {"Thiếu loại tài liệu.", "The kind of document is missing."});
    }
    ASSIGN_OR_RETURN(std::string file_id,
                     platform::IdFromName(document.file(), "files", at + ".file"));
    documents.push_back({KindName(document.kind()), std::move(file_id)});
  }
  return documents;
}

absl::Status CheckFiles(db::Tx& tx, const v1::FileAwardDossierRequest& request,
                        const std::string& unit_id) {
  for (int i = 0; i < request.documents_size(); ++i) {
    RETURN_IF_ERROR(files::RequireComplete(tx, request.documents(i).file(), unit_id,
                                           absl::StrCat("documents[", i, "].file"))
                        .status());
  }
  return absl::OkStatus();
}

std::vector<std::string> KindsOf(const std::vector<Document>& documents) {
  std::vector<std::string> kinds;
  kinds.reserve(documents.size());
  for (const Document& document : documents) kinds.push_back(document.kind);
  return kinds;
}

v1::AwardDossierRejected RejectedEvent(const NominationRow& nomination, const CheckRow& check) {
  auto rejected = About<v1::AwardDossierRejected>(nomination);
  rejected.set_reason(nomination.reject_reason);
  rejected.set_check_number(check.number);
  rejected.set_person_id(nomination.person_id);
  for (const Finding& finding : check.findings) {
    if (finding.result != Result::kNotMet) continue;
    v1::FailedStandard* failed = rejected.add_failed_standards();
    failed->set_standard_id(finding.standard_id);
    failed->set_text(finding.text);
    failed->set_explanation(finding.explanation);
  }
  return rejected;
}

}  // namespace

grpc::ServerUnaryReactor* Service::FileAwardDossier(grpc::CallbackServerContext* context,
                                                    const v1::FileAwardDossierRequest* request,
                                                    v1::Nomination* response) {
  return runner_.Unary(
      "FileAwardDossier", context, request, response,
      [this](const platform::Call& call, const v1::FileAwardDossierRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.unit_id));
        ASSIGN_OR_RETURN(const std::vector<Document> documents, DocumentsOf(req));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kFileAwardDossier, call.business_today(), nomination));
          ASSIGN_OR_RETURN(const std::vector<FilingRow> earlier, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotJudge(tx, call, nomination, earlier));
          ASSIGN_OR_RETURN(const Plan plan, PlanOf(tx, nomination));
          RETURN_IF_ERROR(
              ErrorOf(CheckDocuments(plan.terms, KindsOf(documents), req.original_sets())));
          RETURN_IF_ERROR(CheckFiles(tx, req, nomination.unit_id));
          FilingRow filing;
          filing.number = static_cast<int>(earlier.size()) + 1;
          filing.filer = call.principal().subject;
          filing.file_date = call.business_today();
          filing.late = IsLate(nomination.filing_deadline, filing.file_date);
          filing.original_sets = req.original_sets();
          filing.documents = documents;
          RETURN_IF_ERROR(InsertFiling(tx, id, filing));
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(
              RunCheck(tx, nomination, plan, Stage::kSubmission, filing.file_date).status());
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          auto filed = About<v1::AwardDossierFiled>(nomination);
          filed.set_filing_number(filing.number);
          return AppendEvent(tx, call, nomination, filed);
        });
      });
}

grpc::ServerUnaryReactor* Service::ReturnAwardDossier(grpc::CallbackServerContext* context,
                                                      const v1::ReturnAwardDossierRequest* request,
                                                      v1::Nomination* response) {
  return runner_.Unary(
      "ReturnAwardDossier", context, request, response,
      [this](const platform::Call& call, const v1::ReturnAwardDossierRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kReturnAwardDossier, call.business_today(), nomination));
          ASSIGN_OR_RETURN(std::vector<FilingRow> filings, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotFiler(call, nomination, filings));
          FilingRow& last = filings.back();
          last.return_reason = req.reason();
          last.returner = call.principal().subject;
          last.return_date = call.business_today();
          RETURN_IF_ERROR(SetReturned(tx, id, last));
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          auto returned = About<v1::AwardDossierReturned>(nomination);
          returned.set_reason(req.reason());
          return AppendEvent(tx, call, nomination, returned, req.reason());
        });
      });
}

grpc::ServerUnaryReactor* Service::RejectAwardDossier(grpc::CallbackServerContext* context,
                                                      const v1::RejectAwardDossierRequest* request,
                                                      v1::Nomination* response) {
  return runner_.Unary(
      "RejectAwardDossier", context, request, response,
      [this](const platform::Call& call, const v1::RejectAwardDossierRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kRejectAwardDossier, call.business_today(), nomination));
          ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotFiler(call, nomination, filings));
          ASSIGN_OR_RETURN(const Plan plan, PlanOf(tx, nomination));
          ASSIGN_OR_RETURN(const CheckRow check, RunCheck(tx, nomination, plan, Stage::kAppraisal,
                                                          call.business_today()));
          RETURN_IF_ERROR(ErrorOf(CheckFailing(check.findings)));
          nomination.rejecter = call.principal().subject;
          nomination.reject_date = call.business_today();
          nomination.reject_reason = req.reason();
          nomination.reject_check = check.number;
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          return AppendEvent(tx, call, nomination, RejectedEvent(nomination, check), req.reason());
        });
      });
}

grpc::ServerUnaryReactor* Service::AppraiseAwardDossier(
    grpc::CallbackServerContext* context, const v1::AppraiseAwardDossierRequest* request,
    v1::Nomination* response) {
  return runner_.Unary(
      "AppraiseAwardDossier", context, request, response,
      [this](const platform::Call& call, const v1::AppraiseAwardDossierRequest& req,
             v1::Nomination& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "nominations", "name"));
        ASSIGN_OR_RETURN(const NominationRow known, Find(pool_, call, id));
        RETURN_IF_ERROR(call.Require(known.coordinator_unit_id));
        RETURN_IF_ERROR(CheckOptionalText("note", req.note(), 5000));
        RETURN_IF_ERROR(
            CheckOptionalText("unknown_standards_reason", req.unknown_standards_reason(), 2000));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(NominationRow nomination, Lock(tx, id));
          RETURN_IF_ERROR(Make(Move::kAppraiseAwardDossier, call.business_today(), nomination));
          ASSIGN_OR_RETURN(const std::vector<FilingRow> filings, ReadFilings(tx, id));
          RETURN_IF_ERROR(RequireNotFiler(call, nomination, filings));
          ASSIGN_OR_RETURN(const Plan plan, PlanOf(tx, nomination));
          ASSIGN_OR_RETURN(const CheckRow check, RunCheck(tx, nomination, plan, Stage::kAppraisal,
                                                          call.business_today()));
          RETURN_IF_ERROR(
              ErrorOf(CheckPassing(check.findings, req.unknown_standards_reason(), req.name())));
          nomination.appraiser = call.principal().subject;
          nomination.appraise_date = call.business_today();
          nomination.appraise_note = req.note();
          nomination.unknown_standards_reason = req.unknown_standards_reason();
          RETURN_IF_ERROR(UpdateNomination(tx, nomination));
          RETURN_IF_ERROR(Show(tx, nomination, call.business_today(), &res));
          return AppendEvent(tx, call, nomination, About<v1::AwardDossierAppraised>(nomination),
                             req.unknown_standards_reason());
        });
      });
}

}  // namespace thidua::awards::nominations
