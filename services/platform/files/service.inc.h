// Template body of NewFilesService (see service.h).
#pragma once

#include <utility>

#include "platform/files/file_calls.h"
#include "platform/runner.h"

namespace thidua::files {
namespace internal {

template <class V1FilesService>
class FilesService final : public V1FilesService::CallbackService {
 public:
  FilesService(platform::Admission& admission, db::Pool& pool, BlobStore& blobs,
               FileReaders readers)
      : runner_(admission, V1FilesService::service_full_name()),
        calls_(pool, blobs, std::move(readers)) {}

  grpc::ServerUnaryReactor* StartUpload(grpc::CallbackServerContext* context,
                                        const common::v1::StartUploadRequest* request,
                                        common::v1::File* response) override {
    return runner_.Unary(
        "StartUpload", context, request, response,
        [this](const platform::Call& call, const common::v1::StartUploadRequest& req,
               common::v1::File& res) { return calls_.StartUpload(call, req, res); });
  }
  grpc::ServerUnaryReactor* UploadPart(grpc::CallbackServerContext* context,
                                       const common::v1::UploadPartRequest* request,
                                       common::v1::File* response) override {
    return runner_.Unary(
        "UploadPart", context, request, response,
        [this](const platform::Call& call, const common::v1::UploadPartRequest& req,
               common::v1::File& res) { return calls_.UploadPart(call, req, res); });
  }
  grpc::ServerUnaryReactor* CompleteUpload(grpc::CallbackServerContext* context,
                                           const common::v1::CompleteUploadRequest* request,
                                           common::v1::File* response) override {
    return runner_.Unary(
        "CompleteUpload", context, request, response,
        [this](const platform::Call& call, const common::v1::CompleteUploadRequest& req,
               common::v1::File& res) { return calls_.CompleteUpload(call, req, res); });
  }
  grpc::ServerUnaryReactor* GetFile(grpc::CallbackServerContext* context,
                                    const common::v1::GetFileRequest* request,
                                    common::v1::File* response) override {
    return runner_.Unary("GetFile", context, request, response,
                         [this](const platform::Call& call, const common::v1::GetFileRequest& req,
                                common::v1::File& res) { return calls_.GetFile(call, req, res); });
  }
  grpc::ServerWriteReactor<google::api::HttpBody>* DownloadFile(
      grpc::CallbackServerContext* context,
      const common::v1::DownloadFileRequest* request) override {
    return runner_.template ServerStream<common::v1::DownloadFileRequest, google::api::HttpBody>(
        "DownloadFile", context, request,
        [this](const platform::Call& call, const common::v1::DownloadFileRequest& req,
               platform::StreamWriter<google::api::HttpBody>& writer) {
          return calls_.DownloadFile(call, req, writer);
        });
  }

 private:
  const platform::Runner runner_;
  const FileCalls calls_;
};

}  // namespace internal

template <class V1FilesService>
std::unique_ptr<grpc::Service> NewFilesService(platform::Admission& admission, db::Pool& pool,
                                               BlobStore& blobs, FileReaders readers) {
  return std::make_unique<internal::FilesService<V1FilesService>>(admission, pool, blobs,
                                                                  std::move(readers));
}

}  // namespace thidua::files
