// What FilesService does, whatever its generated class is called.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "google/api/httpbody.pb.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/files/store.h"
#include "platform/runner.h"
#include "thidua/common/v1/files.pb.h"

namespace thidua::files {

// Ids of units, beside the file's own, at any of which the right to read files is enough for this
// one: units that judge what it is evidence of.
using FileReaders = std::function<absl::StatusOr<std::vector<std::string>>(
    db::Session& session, const std::string& file_id)>;

class FileCalls {
 public:
  FileCalls(db::Pool& pool, BlobStore& blobs, FileReaders readers)
      : pool_(pool), blobs_(blobs), readers_(std::move(readers)) {}

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
  // The file of a name, when the caller may do this to it at its unit.
  absl::StatusOr<common::v1::File> Allowed(const platform::Call& call, const std::string& name,
                                           std::string* file_id) const;
  // The same where it is only read, which its readers may too.
  absl::StatusOr<common::v1::File> Readable(const platform::Call& call,
                                            const std::string& name) const;

  db::Pool& pool_;
  BlobStore& blobs_;
  const FileReaders readers_;
};

}  // namespace thidua::files
