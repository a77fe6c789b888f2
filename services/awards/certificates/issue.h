// Making a certificate: code, PDF, file, row.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "awards/certificates/rules.h"
#include "awards/certificates/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/files/store.h"

namespace thidua::awards::certificates {

// A new code from the system's source of randomness.
absl::StatusOr<std::string> NewCode();

// Whether the address can stand in a QR code and a link: http(s)://host[:port][/path], no blank,
// at most 200 characters. Returns it without a "/" at the end.
absl::StatusOr<std::string> ReadBaseUrl(const std::string& base_url);

class Issuer {
 public:
  // `base_url` as ReadBaseUrl gives it; `blobs` must outlive the issuer.
  Issuer(std::string base_url, files::BlobStore& blobs)
      : base_url_(std::move(base_url)), blobs_(blobs) {}

  // Fills id, file, size, hash and address of `row` (its other fields are given, the code
  // included), keeps the bytes and then the row. The bytes are on disk before the transaction ends;
  // running it again with the same code gives the same bytes.
  absl::Status Issue(db::Tx& tx, const platform::Call& call, Content content,
                     CertificateRow& row) const;

 private:
  const std::string base_url_;
  files::BlobStore& blobs_;
};

}  // namespace thidua::awards::certificates
