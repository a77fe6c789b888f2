#include "awards/certificates/render.h"

#include <qrencode.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/print/page.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::certificates {
namespace {

using print::Color;
using print::kBlack;
using print::kPointsPerMm;
using print::Page;
using print::Style;
using print::Upper;

constexpr double kWidth = 297 * kPointsPerMm;
constexpr double kHeight = 210 * kPointsPerMm;
constexpr double kLeftColumn = 80 * kPointsPerMm;    // middle of decision number and QR code
constexpr double kRightColumn = 217 * kPointsPerMm;  // middle of date and signature
constexpr double kColumnWidth = 110 * kPointsPerMm;
constexpr double kMiddle = kWidth / 2;
constexpr double kTextWidth = 235 * kPointsPerMm;
constexpr Color kRed = {0.72, 0.05, 0.08};

using QrCode = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

void Frame(cairo_t* cairo) {
  cairo_set_source_rgb(cairo, kRed.red, kRed.green, kRed.blue);
  for (const auto& [margin_mm, thickness] : {std::pair{8.0, 2.4}, std::pair{10.0, 0.8}}) {
    const double margin = margin_mm * kPointsPerMm;
    cairo_set_line_width(cairo, thickness);
    cairo_rectangle(cairo, margin, margin, kWidth - 2 * margin, kHeight - 2 * margin);
    cairo_stroke(cairo);
  }
}

// Black modules on the white page, four modules of quiet around them.
absl::Status Qr(cairo_t* cairo, const std::string& url, double x, double y, double side) {
  QrCode code(QRcode_encodeString8bit(url.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (code == nullptr) return platform::Internal("the verification address does not fit a QR code");
  constexpr int kQuiet = 4;
  const double module = side / (code->width + 2 * kQuiet);
  const double left = x - side / 2 + kQuiet * module;
  const double top = y + kQuiet * module;
  cairo_set_source_rgb(cairo, 0, 0, 0);
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      if ((code->data[row * code->width + column] & 1) == 0) continue;
      cairo_rectangle(cairo, left + column * module, top + row * module, module, module);
    }
  }
  cairo_fill(cairo);
  return absl::OkStatus();
}

print::Metadata MetadataOf(const Content& content) {
  return {absl::StrCat(FormText(content.award_form), " - ", AwardeeOf(content).name),
          content.awarding_authority,
          absl::StrCat("Quyết định số ", content.decision_number, "; mã xác minh ", content.code),
          content.decision_date};
}

void Heading(Page& page, const Content& content) {
  double y = 17 * kPointsPerMm;
  y += page.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {13, true}, kMiddle, y, kTextWidth);
  const std::string motto = "Độc lập - Tự do - Hạnh phúc";
  const Style motto_style = {14, true};
  y += page.Text(motto, motto_style, kMiddle, y, kTextWidth);
  page.Rule(kBlack, kMiddle, y + 1, page.WidthOf(motto, motto_style), 0.8);
  y += 7 * kPointsPerMm;
  const std::string authority = Upper(content.awarding_authority);
  Style style = {17, true};
  style.size = page.FittingSize(authority, style, kTextWidth, 16 * kPointsPerMm);
  page.Text(authority, style, kMiddle, y, kTextWidth);
}

void Body(Page& page, const Content& content) {
  page.Text("TẶNG", {16, true}, kMiddle, 56 * kPointsPerMm, kTextWidth);
  page.Text(Upper(FormText(content.award_form)), {46, true, false, kRed}, kMiddle,
            62 * kPointsPerMm, kTextWidth);
  double y = 85 * kPointsPerMm;
  const Awardee awardee = AwardeeOf(content);
  Style name = {24, true};
  const double name_height = awardee.below.empty() ? 22 * kPointsPerMm : 11 * kPointsPerMm;
  name.size = page.FittingSize(awardee.name, name, kTextWidth, name_height);
  y += page.Text(awardee.name, name, kMiddle, y, kTextWidth) + 2 * kPointsPerMm;
  if (!awardee.below.empty()) {
    Style below = {17, false};
    below.size = page.FittingSize(awardee.below, below, kTextWidth, 9 * kPointsPerMm);
    y += page.Text(awardee.below, below, kMiddle, y, kTextWidth) + 2 * kPointsPerMm;
  }
  Style citation = {17, false, true};
  citation.size = page.FittingSize(content.citation, citation, kTextWidth, 124 * kPointsPerMm - y);
  page.Text(content.citation, citation, kMiddle, y, kTextWidth);
}

absl::Status Foot(Page& page, const Content& content) {
  double left = 128 * kPointsPerMm;
  left += page.Text(absl::StrCat("Quyết định số: ", content.decision_number), {13}, kLeftColumn,
                    left, kColumnWidth);
  left += page.Text(LongDate(content.decision_date), {13}, kLeftColumn, left, kColumnWidth);
  const double side = 40 * kPointsPerMm;
  RETURN_IF_ERROR(Qr(page.cairo(), content.verification_url, kLeftColumn, left, side));
  left += side;
  page.Text(absl::StrCat("Mã xác minh: ", content.code), {10}, kLeftColumn, left, kColumnWidth);

  double right = 128 * kPointsPerMm;
  right += page.Text(absl::StrCat(content.place, ", ", LongDate(content.decision_date)),
                     {14, false, true}, kRightColumn, right, kColumnWidth);
  for (const std::string& line : SignatureLines(content.signature)) {
    right += page.Text(Upper(line), {14, true}, kRightColumn, right, kColumnWidth);
  }
  page.Text(content.signature.signer_name, {14, true}, kRightColumn, 185 * kPointsPerMm,
            kColumnWidth);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RenderPdf(const Content& content) {
  RETURN_IF_ERROR(print::CheckFont());
  std::string bytes;
  {
    Page page(&bytes, kWidth, kHeight);
    page.Describe(MetadataOf(content));
    Frame(page.cairo());
    Heading(page, content);
    Body(page, content);
    RETURN_IF_ERROR(Foot(page, content));
    RETURN_IF_ERROR(page.Finish());
  }
  return bytes;
}

}  // namespace thidua::awards::certificates
