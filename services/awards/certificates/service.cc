#include "awards/certificates/service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/certificates/convert.h"
#include "awards/certificates/events.h"
#include "awards/certificates/page.h"
#include "awards/certificates/rules_code.h"
#include "awards/errors.h"
#include "awards/people.h"
#include "awards/print/keep.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::certificates {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";

// The holder and the issuer may see a certificate.
absl::Status RequireHolderOrIssuer(const platform::Call& call, const CertificateRow& row) {
  if (call.Require(row.unit_id).ok()) return absl::OkStatus();
  return call.Require(row.issuing_unit_id);
}

}  // namespace

Service::Service(platform::Admission& admission, db::Pool& pool, files::BlobStore& blobs)
    : pool_(pool), blobs_(blobs), runner_(admission, v1::CertificateService::service_full_name()) {}

absl::StatusOr<CertificateRow> Service::Find(const platform::Call& call,
                                             const std::string& name) const {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "certificates", "name"));
  std::optional<CertificateRow> row;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, ReadCertificate(session, id));
    return absl::OkStatus();
  }));
  if (!row) return platform::NotFoundFor(call, ResourceNotFound("CERTIFICATE", name));
  return *std::move(row);
}

absl::StatusOr<std::optional<CertificateFacts>> Service::FactsOf(const platform::Call& call,
                                                                 const std::string& code) const {
  std::optional<CertificateFacts> facts;
  RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(facts, FindByCode(session, code));
    return absl::OkStatus();
  }));
  return facts;
}

grpc::ServerUnaryReactor* Service::VerifyCertificate(grpc::CallbackServerContext* context,
                                                     const v1::VerifyCertificateRequest* request,
                                                     v1::CertificateVerification* response) {
  return runner_.Unary(
      "VerifyCertificate", context, request, response,
      [this](const platform::Call& call, const v1::VerifyCertificateRequest& req,
             v1::CertificateVerification& res) -> absl::Status {
        const std::optional<std::string> code = ReadCode(req.code());
        if (!code) {
          return platform::InvalidField(
              "code", "CERTIFICATE_CODE_MISTYPED",
              {"Mã xác minh không đúng: ký tự kiểm tra không khớp.",
               "The code is mistyped: its check character does not fit."});
        }
        ASSIGN_OR_RETURN(const std::optional<CertificateFacts> facts, FactsOf(call, *code));
        if (!facts) {
          return platform::NotFound("CERTIFICATE_UNKNOWN",
                                    {"Không có Giấy khen, Bằng khen nào mang mã này.",
                                     "There is no certificate with this code."},
                                    {{"code", *code}});
        }
        ToProto(*facts, &res);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* Service::ShowCertificatePage(
    grpc::CallbackServerContext* context, const v1::ShowCertificatePageRequest* request,
    google::api::HttpBody* response) {
  return runner_.Unary("ShowCertificatePage", context, request, response,
                       [this](const platform::Call& call, const v1::ShowCertificatePageRequest& req,
                              google::api::HttpBody& res) -> absl::Status {
                         res.set_content_type(kHtml);
                         const std::optional<std::string> code = ReadCode(req.code());
                         if (!code) {
                           res.set_data(MistypedPage());
                           return absl::OkStatus();
                         }
                         ASSIGN_OR_RETURN(const std::optional<CertificateFacts> facts,
                                          FactsOf(call, *code));
                         res.set_data(facts ? CertificatePage(ToPage(*facts)) : UnknownPage(*code));
                         return absl::OkStatus();
                       });
}

grpc::ServerUnaryReactor* Service::DownloadCertificate(
    grpc::CallbackServerContext* context, const v1::DownloadCertificateRequest* request,
    google::api::HttpBody* response) {
  return runner_.Unary("DownloadCertificate", context, request, response,
                       [this](const platform::Call& call, const v1::DownloadCertificateRequest& req,
                              google::api::HttpBody& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const CertificateRow row, Find(call, req.name()));
                         RETURN_IF_ERROR(RequireHolderOrIssuer(call, row));
                         ASSIGN_OR_RETURN(
                             *res.mutable_data(),
                             print::BytesOf(blobs_, row.pdf_sha256, row.pdf_size_bytes));
                         res.set_content_type("application/pdf");
                         if (row.person_id.empty()) return absl::OkStatus();
                         return TellShown(pool_, call, "DownloadCertificate", req, {row.person_id});
                       });
}

grpc::ServerUnaryReactor* Service::GetCertificate(grpc::CallbackServerContext* context,
                                                  const v1::GetCertificateRequest* request,
                                                  v1::Certificate* response) {
  return runner_.Unary("GetCertificate", context, request, response,
                       [this](const platform::Call& call, const v1::GetCertificateRequest& req,
                              v1::Certificate& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const CertificateRow row, Find(call, req.name()));
                         RETURN_IF_ERROR(RequireHolderOrIssuer(call, row));
                         ToProto(row, &res);
                         return TellShown(pool_, call, "GetCertificate", req, PeopleIn(res));
                       });
}

grpc::ServerUnaryReactor* Service::ListCertificates(grpc::CallbackServerContext* context,
                                                    const v1::ListCertificatesRequest* request,
                                                    v1::ListCertificatesResponse* response) {
  return runner_.Unary(
      "ListCertificates", context, request, response,
      [this](const platform::Call& call, const v1::ListCertificatesRequest& req,
             v1::ListCertificatesResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("certificates|", req.decision(), "|", req.unit());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        CertificateFilter filter;
        if (!req.decision().empty()) {
          ASSIGN_OR_RETURN(filter.decision_id,
                           platform::IdFromName(req.decision(), "decisions", "decision"));
        }
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        std::vector<CertificateRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, certificates::ListCertificates(session, visible, filter, page));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &CertificateRow::id));
        for (const CertificateRow& row : rows) ToProto(row, res.add_certificates());
        return TellShown(pool_, call, "ListCertificates", req, PeopleIn(res));
      });
}

grpc::ServerUnaryReactor* Service::RevokeCertificate(grpc::CallbackServerContext* context,
                                                     const v1::RevokeCertificateRequest* request,
                                                     v1::Certificate* response) {
  return runner_.Unary(
      "RevokeCertificate", context, request, response,
      [this](const platform::Call& call, const v1::RevokeCertificateRequest& req,
             v1::Certificate& res) -> absl::Status {
        ASSIGN_OR_RETURN(const CertificateRow known, Find(call, req.name()));
        RETURN_IF_ERROR(call.Require(known.issuing_unit_id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
        RETURN_IF_ERROR(CheckText("document_number", req.document_number(), 100));
        RETURN_IF_ERROR(CheckText("document_date", req.document_date(), 10));
        ASSIGN_OR_RETURN(const absl::CivilDay document_date,
                         platform::ParseDate(req.document_date(), "document_date"));
        RETURN_IF_ERROR(CheckOptionalText("document", req.document(), 200));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(std::optional<CertificateRow> row, LockCertificate(tx, known.id));
          if (!row) return ResourceNotFound("CERTIFICATE", req.name());
          RETURN_IF_ERROR(ErrorOf(CheckRevocable(row->state)));
          RETURN_IF_ERROR(platform::CheckEtag(req.etag(), row->row_version));
          ASSIGN_OR_RETURN(const std::optional<CertificateFacts> facts, FindByCode(tx, row->code));
          if (!facts) return platform::Internal("a certificate without its decision");
          RETURN_IF_ERROR(ErrorOf(CheckRevokingDocument(document_date, facts->content.decision_date,
                                                        call.business_today())));
          row->state = State::kRevoked;
          row->revoke_date = call.business_today();
          row->revoke_reason = req.reason();
          row->revoke_document = req.document();
          row->revoke_document_number = req.document_number();
          row->revoke_document_date = document_date;
          ++row->row_version;
          RETURN_IF_ERROR(SetRevoked(tx, *row));
          ToProto(*row, &res);
          const v1::CertificateRevoked revoked = RevokedEvent(*row, facts->content.award_form);
          feed::Draft draft;
          draft.aggregate_type = "certificate";
          draft.aggregate_id = row->id;
          draft.aggregate_version = row->row_version;
          draft.unit_id = row->unit_id;
          draft.payload = &revoked;
          draft.reason = req.reason();
          return feed::Append(tx, call, draft);
        });
      });
}

}  // namespace thidua::awards::certificates
