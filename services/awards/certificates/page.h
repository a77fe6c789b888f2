// The web page on which anyone checks a certificate: Vietnamese, without scripts, readable on a
// telephone and in print.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "awards/certificates/rules.h"

namespace thidua::awards::certificates {

// What the page shows of a certificate that exists.
struct PageFacts {
  State state = State::kValid;
  Content content;
  std::string pdf_sha256;
  std::string publication_id;
  std::string publication_sha256;
  std::optional<absl::CivilDay> revoked;
  std::string revoke_reason;
  std::string revoke_document_number;  // empty when it was not asked for yet
  std::optional<absl::CivilDay> revoke_document_date;
};

// All text is escaped.
std::string CertificatePage(const PageFacts& facts);
// For a code that was never given out.
std::string UnknownPage(const std::string& code);
// For text that cannot be a code.
std::string MistypedPage();

}  // namespace thidua::awards::certificates
