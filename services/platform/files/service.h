// FilesService of a process (rpcs StartUpload, UploadPart, CompleteUpload, GetFile, DownloadFile).
#pragma once

#include <memory>

#include "grpcpp/server.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/files/file_calls.h"
#include "platform/files/store.h"

namespace thidua::files {

// `readers`: see FileReaders; none where a file is read at its own unit only.
template <class V1FilesService>
std::unique_ptr<grpc::Service> NewFilesService(platform::Admission& admission, db::Pool& pool,
                                               BlobStore& blobs, FileReaders readers = nullptr);

}  // namespace thidua::files

#include "platform/files/service.inc.h"
