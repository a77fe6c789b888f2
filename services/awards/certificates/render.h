// The certificate as a PDF page, A4 lying (297 × 210 mm), with a QR code that holds the
// verification address. The same content gives the same bytes on machines with the same font and
// libraries; what counts is that the bytes are kept once made, so that their SHA-256 holds for
// good.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "awards/certificates/rules.h"

namespace thidua::awards::certificates {

// The PDF's bytes; FONT_MISSING without the font. CPU only; thread-safe.
absl::StatusOr<std::string> RenderPdf(const Content& content);

}  // namespace thidua::awards::certificates
