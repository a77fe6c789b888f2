#include "platform/db/write.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "platform/hash.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::db {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kLongestRequestId = 64;

const FieldDescriptor* Singular(const Message& message, const char* name,
                                FieldDescriptor::CppType type) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() || field->cpp_type() != type) return nullptr;
  return field;
}

absl::Status CheckRequestId(std::string_view id) {
  if (id.empty()) {
    return platform::InvalidField(
        "request_id", "REQUEST_ID_REQUIRED",
        {"Thiếu mã yêu cầu (request_id).", "request_id is required on every write."});
  }
  bool fine = id.size() <= kLongestRequestId;
  for (const char c : id) {
    fine = fine && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '.' || c == ':' || c == '-');
  }
  if (fine) return absl::OkStatus();
  return platform::InvalidField("request_id", "REQUEST_ID_MALFORMED",
                                {"Mã yêu cầu gồm 1–64 ký tự trong A–Z a–z 0–9 _ . : -.",
                                 "request_id is 1 to 64 characters of A-Z a-z 0-9 _ . : -"});
}

// What the request asks for: its content without the id of the attempt and without whether it is a
// rehearsal.
std::string Fingerprint(const Message& request, const FieldDescriptor* request_id,
                        const FieldDescriptor* validate_only) {
  std::unique_ptr<Message> content(request.New());
  content->CopyFrom(request);
  if (request_id != nullptr) content->GetReflection()->ClearField(content.get(), request_id);
  if (validate_only != nullptr) content->GetReflection()->ClearField(content.get(), validate_only);
  std::string bytes = content->GetDescriptor()->full_name();
  bytes += '\0';
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    content->SerializeToCodedStream(&coded);
  }
  return platform::Sha256(bytes);
}

struct Logged {
  std::string fingerprint;
  std::optional<std::string> response;
};

// Claims (principal, method, request_id) for this transaction; what another has stored there
// already otherwise. A claim that is not yet committed is waited for.
absl::StatusOr<std::optional<Logged>> Claim(Tx& tx, const platform::Call& call,
                                            const std::string& request_id,
                                            const std::string& fingerprint) {
  const absl::StatusOr<int64_t> inserted = tx.Execute(
      "INSERT INTO request_log (principal, method, request_id, fingerprint, response, created_at) "
      "VALUES (?, ?, ?, ?, NULL, ?)",
      call.principal().subject, call.method(), request_id, fingerprint, call.machine_now());
  if (inserted.ok()) return std::nullopt;
  if (platform::ReasonOf(inserted.status()) != "DUPLICATE_KEY") return inserted.status();
  ASSIGN_OR_RETURN(
      std::optional<Logged> logged,
      tx.QueryOptional<Logged>(
          [](const Row& row) {
            return Logged{row.Get<std::string>(0), row.Get<std::optional<std::string>>(1)};
          },
          "SELECT fingerprint, response FROM request_log WHERE principal = ? AND "
          "method = ? AND request_id = ?",
          call.principal().subject, call.method(), request_id));
  if (!logged.has_value()) return platform::Internal("a request id that is taken is not there");
  return logged;
}

absl::Status Replay(const Logged& logged, const std::string& fingerprint, Message& response) {
  if (logged.fingerprint != fingerprint) {
    return platform::InvalidField("request_id", "REQUEST_ID_REUSED",
                                  {"Mã yêu cầu này đã dùng cho một nội dung khác.",
                                   "This request_id was used before with other content."});
  }
  if (!logged.response.has_value() || !response.ParseFromString(*logged.response)) {
    return platform::Internal("a stored answer cannot be read");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Write(Pool& pool, const platform::Call& call, const Message& request,
                   Message& response, absl::FunctionRef<absl::Status(Tx&)> body) {
  const FieldDescriptor* id_field =
      Singular(request, "request_id", FieldDescriptor::CPPTYPE_STRING);
  const FieldDescriptor* dry_field =
      Singular(request, "validate_only", FieldDescriptor::CPPTYPE_BOOL);
  const bool dry = dry_field != nullptr && request.GetReflection()->GetBool(request, dry_field);
  std::string request_id, fingerprint;
  if (id_field != nullptr) {
    request_id = request.GetReflection()->GetString(request, id_field);
    RETURN_IF_ERROR(CheckRequestId(request_id));
    fingerprint = Fingerprint(request, id_field, dry_field);
  }

  bool rehearsed = false;
  absl::Status status = pool.InTransaction(call.deadline(), [&](Tx& tx) -> absl::Status {
    response.Clear();
    rehearsed = false;
    if (id_field != nullptr) {
      ASSIGN_OR_RETURN(const std::optional<Logged> logged,
                       Claim(tx, call, request_id, fingerprint));
      if (logged.has_value()) {
        RETURN_IF_ERROR(Replay(*logged, fingerprint, response));
        // The right was asked for when this caller was answered first; `body`, which asks, does not
        // run again.
        call.MarkChecked();
        return absl::OkStatus();
      }
    }
    RETURN_IF_ERROR(body(tx));
    if (dry) {
      rehearsed = true;
      return absl::CancelledError("rehearsal: roll back");
    }
    if (id_field == nullptr) return absl::OkStatus();
    return tx
        .Execute(
            "UPDATE request_log SET response = ? WHERE principal = ? AND method = ? AND "
            "request_id = ?",
            response.SerializeAsString(), call.principal().subject, call.method(), request_id)
        .status();
  });
  if (rehearsed && absl::IsCancelled(status)) return absl::OkStatus();
  if (!status.ok()) response.Clear();
  return status;
}

}  // namespace thidua::db
