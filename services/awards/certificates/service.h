// CertificateService: checking, showing, downloading and revoking certificates.
#pragma once

#include "awards/certificates/store.h"
#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/runner.h"
#include "thidua/awards/v1/certificate_service.grpc.pb.h"

namespace thidua::awards::certificates {

class Service final : public v1::CertificateService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool, files::BlobStore& blobs);

  grpc::ServerUnaryReactor* VerifyCertificate(grpc::CallbackServerContext* context,
                                              const v1::VerifyCertificateRequest* request,
                                              v1::CertificateVerification* response) override;
  grpc::ServerUnaryReactor* ShowCertificatePage(grpc::CallbackServerContext* context,
                                                const v1::ShowCertificatePageRequest* request,
                                                google::api::HttpBody* response) override;
  grpc::ServerUnaryReactor* DownloadCertificate(grpc::CallbackServerContext* context,
                                                const v1::DownloadCertificateRequest* request,
                                                google::api::HttpBody* response) override;
  grpc::ServerUnaryReactor* GetCertificate(grpc::CallbackServerContext* context,
                                           const v1::GetCertificateRequest* request,
                                           v1::Certificate* response) override;
  grpc::ServerUnaryReactor* ListCertificates(grpc::CallbackServerContext* context,
                                             const v1::ListCertificatesRequest* request,
                                             v1::ListCertificatesResponse* response) override;
  grpc::ServerUnaryReactor* RevokeCertificate(grpc::CallbackServerContext* context,
                                              const v1::RevokeCertificateRequest* request,
                                              v1::Certificate* response) override;

 private:
  absl::StatusOr<CertificateRow> Find(const platform::Call& call, const std::string& name) const;
  absl::StatusOr<std::optional<CertificateFacts>> FactsOf(const platform::Call& call,
                                                          const std::string& code) const;

  db::Pool& pool_;
  files::BlobStore& blobs_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::certificates
