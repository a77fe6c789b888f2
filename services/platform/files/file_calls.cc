#include "platform/files/file_calls.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/db/write.h"
#include "platform/feed/append.h"
#include "platform/files/file_rows.h"
#include "platform/files/validate.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::files {
namespace {

using common::v1::File;

std::string BareId(const std::string& name) { return name.substr(name.find('/') + 1); }

// Versions of a file as an aggregate.
constexpr int64_t kStarted = 1;
constexpr int64_t kCompleted = 2;

absl::Status Record(db::Tx& tx, const platform::Call& call, const File& file, int64_t version,
                    const google::protobuf::Message& payload) {
  return feed::Append(tx, call,
                      {.aggregate_type = "file",
                       .aggregate_id = BareId(file.name()),
                       .aggregate_version = version,
                       .unit_id = BareId(file.unit()),
                       .payload = &payload});
}

absl::Status OutOfOrder(const File& file, int64_t offset) {
  return platform::FailedPrecondition(
      "PART_OUT_OF_ORDER",
      {absl::StrCat("Các phần phải gửi theo thứ tự; phần tiếp theo bắt đầu từ byte ",
                    file.received_bytes(), "."),
       absl::StrCat("Parts are sent in order; the next one starts at byte ", file.received_bytes(),
                    ".")},
      {{"received_bytes", absl::StrCat(file.received_bytes())}, {"offset", absl::StrCat(offset)}});
}

}  // namespace

absl::StatusOr<File> FileCalls::Allowed(const platform::Call& call, const std::string& name,
                                        std::string* file_id) const {
  ASSIGN_OR_RETURN(*file_id, FileId(name, "name"));
  File file;
  const absl::Status read =
      pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(file, ReadFile(session, *file_id));
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  RETURN_IF_ERROR(call.Require(BareId(file.unit())));
  return file;
}

absl::StatusOr<File> FileCalls::Readable(const platform::Call& call,
                                         const std::string& name) const {
  ASSIGN_OR_RETURN(const std::string file_id, FileId(name, "name"));
  File file;
  std::vector<std::string> readers;
  const absl::Status read =
      pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(file, ReadFile(session, file_id));
        if (readers_ != nullptr) {
          ASSIGN_OR_RETURN(readers, readers_(session, file_id));
        }
        return absl::OkStatus();
      });
  RETURN_IF_ERROR(platform::NotFoundFor(call, read));
  const absl::Status at_unit = call.Require(BareId(file.unit()));
  const bool reads =
      at_unit.ok() || std::any_of(readers.begin(), readers.end(),
                                  [&](const auto& unit) { return call.Require(unit).ok(); });
  if (!reads) return at_unit;
  return file;
}

absl::Status FileCalls::StartUpload(const platform::Call& call,
                                    const common::v1::StartUploadRequest& request,
                                    File& response) const {
  ASSIGN_OR_RETURN(const std::string unit_id,
                   platform::IdFromName(request.unit(), "units", "unit"));
  RETURN_IF_ERROR(call.Require(unit_id));
  RETURN_IF_ERROR(platform::InvalidFields(CheckStart(request)));
  if (platform::UnitTree* units = call.context().unit_tree; units != nullptr) {
    RETURN_IF_ERROR(
        units->IsWithin(unit_id, unit_id, call.business_today(), call.deadline()).status());
  }
  return db::Write(pool_, call, request, response, [&](db::Tx& tx) -> absl::Status {
    response.set_name(platform::NameOf("files", platform::NewId(call.machine_now())));
    response.set_unit(request.unit());
    response.set_file_name(request.file_name());
    response.set_media_type(request.media_type());
    response.set_size_bytes(request.size_bytes());
    response.set_sha256(request.sha256());
    response.set_state(common::v1::FILE_STATE_UPLOADING);
    *response.mutable_create_time() = platform::ToTimestamp(call.machine_now());
    RETURN_IF_ERROR(InsertFile(tx, response, call.principal().subject));
    return Record(tx, call, response, kStarted, response);
  });
}

absl::Status FileCalls::UploadPart(const platform::Call& call,
                                   const common::v1::UploadPartRequest& request,
                                   File& response) const {
  std::string file_id;
  RETURN_IF_ERROR(Allowed(call, request.name(), &file_id).status());
  RETURN_IF_ERROR(platform::InvalidFields(CheckPart(request)));
  const auto size = static_cast<int64_t>(request.data().size());
  return pool_.InTransaction(call.deadline(), [&](db::Tx& tx) -> absl::Status {
    ASSIGN_OR_RETURN(File file, LockFile(tx, file_id));
    if (request.offset() > file.size_bytes() - size) {
      return platform::InvalidField("data", "PART_BEYOND_END",
                                    {"Phần này vượt quá kích thước tệp đã báo.",
                                     "The part reaches beyond the announced size of the file."});
    }
    // A part that is stored already is answered as it was: the answer was lost, not the part.
    const bool stored = request.offset() + size <= file.received_bytes();
    if (!stored) {
      if (request.offset() != file.received_bytes()) return OutOfOrder(file, request.offset());
      RETURN_IF_ERROR(blobs_.WritePart(file_id, request.offset(), request.data()));
      file.set_received_bytes(request.offset() + size);
      RETURN_IF_ERROR(SetReceived(tx, file_id, file.received_bytes()));
    }
    response = std::move(file);
    return absl::OkStatus();
  });
}

absl::Status FileCalls::CompleteUpload(const platform::Call& call,
                                       const common::v1::CompleteUploadRequest& request,
                                       File& response) const {
  std::string file_id;
  RETURN_IF_ERROR(Allowed(call, request.name(), &file_id).status());
  return db::Write(pool_, call, request, response, [&](db::Tx& tx) -> absl::Status {
    ASSIGN_OR_RETURN(response, LockFile(tx, file_id));
    if (response.state() == common::v1::FILE_STATE_COMPLETE) return absl::OkStatus();
    if (response.received_bytes() < response.size_bytes()) {
      return platform::FailedPrecondition(
          "FILE_INCOMPLETE",
          {absl::StrCat("Mới nhận ", response.received_bytes(), "/", response.size_bytes(),
                        " byte."),
           absl::StrCat("Only ", response.received_bytes(), " of ", response.size_bytes(),
                        " bytes have arrived.")},
          {{"received_bytes", absl::StrCat(response.received_bytes())},
           {"size_bytes", absl::StrCat(response.size_bytes())},
           {"legal_moves", "UploadPart"}});
    }
    RETURN_IF_ERROR(blobs_.Complete(file_id, response.size_bytes(), response.sha256()));
    ASSIGN_OR_RETURN(const std::string head, blobs_.Read(response.sha256(), 0));
    if (!LooksLike(response.media_type(), head)) {
      return platform::FailedPrecondition(
          "FILE_TYPE_MISMATCH",
          {"Nội dung tệp không phải loại đã báo; hãy tải lên lại với đúng loại tệp.",
           "The content is not of the announced media type; upload it again as what it is."},
          {{"media_type", response.media_type()}});
    }
    RETURN_IF_ERROR(SetComplete(tx, file_id, call.machine_now()));
    response.set_state(common::v1::FILE_STATE_COMPLETE);
    return Record(tx, call, response, kCompleted, response);
  });
}

absl::Status FileCalls::GetFile(const platform::Call& call,
                                const common::v1::GetFileRequest& request, File& response) const {
  ASSIGN_OR_RETURN(response, Readable(call, request.name()));
  return absl::OkStatus();
}

absl::Status FileCalls::DownloadFile(const platform::Call& call,
                                     const common::v1::DownloadFileRequest& request,
                                     platform::StreamWriter<google::api::HttpBody>& writer) const {
  ASSIGN_OR_RETURN(const File file, Readable(call, request.name()));
  if (file.state() != common::v1::FILE_STATE_COMPLETE) {
    return platform::FailedPrecondition("FILE_NOT_COMPLETE",
                                        {"Tệp chưa tải lên xong.", "The upload is not complete."},
                                        {{"received_bytes", absl::StrCat(file.received_bytes())},
                                         {"size_bytes", absl::StrCat(file.size_bytes())},
                                         {"legal_moves", "UploadPart, CompleteUpload"}});
  }
  // Files may hold personal data: who read one is recorded before the first byte leaves.
  RETURN_IF_ERROR(pool_.InTransaction(
      call.deadline(), [&](db::Tx& tx) { return Record(tx, call, file, kCompleted, request); }));
  for (int64_t offset = 0; offset < file.size_bytes();) {
    google::api::HttpBody body;
    if (offset == 0) body.set_content_type(file.media_type());
    ASSIGN_OR_RETURN(*body.mutable_data(), blobs_.Read(file.sha256(), offset));
    if (body.data().empty()) return platform::Internal("a blob is shorter than its file");
    offset += static_cast<int64_t>(body.data().size());
    if (!writer.Write(body)) return absl::CancelledError("the reader has left");
  }
  return absl::OkStatus();
}

}  // namespace thidua::files
