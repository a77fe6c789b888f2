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
#include "awards/print/keep.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

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
  ASSIGN_OR_RETURN(print::Kept kept,
                   print::Keep(tx, call, blobs_, row.unit_id,
                               absl::StrCat("chung-nhan-", row.code, ".pdf"), pdf));
  row.file_id = std::move(kept.file_id);
  row.pdf_sha256 = std::move(kept.sha256);
  row.pdf_size_bytes = kept.size;
  return InsertCertificate(tx, row);
}

}  // namespace thidua::awards::certificates
