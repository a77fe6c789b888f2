#include "awards/certificates/issue.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awards/certificates/render.h"
#include "awards/certificates/rules_code.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::awards::certificates {
namespace {

constexpr size_t kLongestBaseUrl = 200;

}  // namespace

absl::StatusOr<std::string> NewCode() {
  std::array<unsigned char, kCodeEntropyBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return platform::Internal("the system gives no random bytes");
  }
  return MakeCode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

absl::StatusOr<std::string> ReadBaseUrl(const std::string& base_url) {
  std::string url = base_url;
  while (absl::EndsWith(url, "/")) url.pop_back();
  const bool scheme = absl::StartsWith(url, "https://") || absl::StartsWith(url, "http://");
  const size_t host = url.find("//");
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           std::string_view(":/.-_~[]").find(c) != std::string_view::npos;
  });
  if (scheme && plain && url.size() > host + 2 && url.size() <= kLongestBaseUrl) return url;
  return absl::InvalidArgumentError(absl::StrCat(
      "--public_base_url must be like https://host[:port][/path], not \"", base_url, "\""));
}

absl::Status Issuer::Issue(db::Tx& tx, const platform::Call& call, Content content,
                           CertificateRow& row) const {
  row.id = platform::NewId(call.machine_now());
  row.verification_url = absl::StrCat(base_url_, "/trang/chung-nhan/", row.code);
  content.code = row.code;
  content.verification_url = row.verification_url;
  ASSIGN_OR_RETURN(const std::string pdf, RenderPdf(content));
  ASSIGN_OR_RETURN(row.pdf_sha256, blobs_.Put(pdf));
  row.pdf_size_bytes = static_cast<int64_t>(pdf.size());

  common::v1::File file;
  file.set_unit(platform::NameOf("units", row.unit_id));
  file.set_file_name(absl::StrCat("chung-nhan-", row.code, ".pdf"));
  file.set_media_type("application/pdf");
  file.set_size_bytes(row.pdf_size_bytes);
  file.set_received_bytes(row.pdf_size_bytes);
  file.set_sha256(row.pdf_sha256);
  file.set_state(common::v1::FILE_STATE_COMPLETE);
  *file.mutable_create_time() = platform::ToTimestamp(call.machine_now());
  ASSIGN_OR_RETURN(const std::string file_name, files::RecordGenerated(tx, file));
  ASSIGN_OR_RETURN(row.file_id, platform::IdFromName(file_name, "files", "file"));
  return InsertCertificate(tx, row);
}

}  // namespace thidua::awards::certificates
