// What FilesService does, whatever its generated class is called.
#pragma once

#include "google/api/httpbody.pb.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/runner.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::files {

class FileCalls {
 public:
  FileCalls(db::Pool& pool, BlobStore& blobs) : pool_(pool), blobs_(blobs) {}

  absl::Status StartUpload(const platform::Call& call,
                           const common::v1::StartUploadRequest& request,
                           common::v1::File& response) const;
  absl::Status UploadPart(const platform::Call& call, const common::v1::UploadPartRequest& request,
                          common::v1::File& response) const;
  absl::Status CompleteUpload(const platform::Call& call,
                              const common::v1::CompleteUploadRequest& request,
                              common::v1::File& response) const;
  absl::Status GetFile(const platform::Call& call, const common::v1::GetFileRequest& request,
                       common::v1::File& response) const;
  absl::Status DownloadFile(const platform::Call& call,
                            const common::v1::DownloadFileRequest& request,
                            platform::StreamWriter<google::api::HttpBody>& writer) const;

 private:
  // The file of a name, when the caller may do this to it.
  absl::StatusOr<common::v1::File> Allowed(const platform::Call& call, const std::string& name,
                                           std::string* file_id) const;

  db::Pool& pool_;
  BlobStore& blobs_;
};

}  // namespace thidua::files
