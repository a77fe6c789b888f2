#include "awards/certificates/render.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <memory>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
// Fontconfig keeps what it has read of fonts until the process ends, the same amount however many
// pages are made; the leak checker cannot tell that from a leak.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer's name.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\n"; }
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
#endif
#endif

namespace thidua::awards::certificates {
namespace {

constexpr const char* kFamily = "Liberation Serif";
constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr double kWidth = 297 * kPointsPerMm;
constexpr double kHeight = 210 * kPointsPerMm;
constexpr double kLeftColumn = 80 * kPointsPerMm;    // middle of decision number and QR code
constexpr double kRightColumn = 217 * kPointsPerMm;  // middle of date and signature
constexpr double kColumnWidth = 110 * kPointsPerMm;
constexpr double kMiddle = kWidth / 2;
constexpr double kTextWidth = 235 * kPointsPerMm;

struct Color {
  double red, green, blue;
};
constexpr Color kBlack = {0, 0, 0};
constexpr Color kRed = {0.72, 0.05, 0.08};

template <class T>
using Object = std::unique_ptr<T, decltype(&g_object_unref)>;
using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;
using Description = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using QrCode = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

std::string Upper(const std::string& text) {
  std::unique_ptr<char, decltype(&g_free)> upper(
      g_utf8_strup(text.data(), static_cast<gssize>(text.size())), &g_free);
  return upper.get();
}

struct Style {
  double size = 13;
  bool bold = false;
  bool italic = false;
  Color color = kBlack;
};

// One page and its fonts; a font map of its own, because Pango's shared one is not for many
// threads.
class Page {
 public:
  explicit Page(std::string* bytes)
      : surface_(cairo_pdf_surface_create_for_stream(&Page::Append, bytes, kWidth, kHeight),
                 &cairo_surface_destroy),
        cairo_(cairo_create(surface_.get()), &cairo_destroy),
        fonts_(pango_cairo_font_map_new(), &g_object_unref),
        pango_(pango_font_map_create_context(fonts_.get()), &g_object_unref) {
    pango_cairo_update_context(cairo_.get(), pango_.get());
    // Positions do not follow the settings of the machine.
    std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
        cairo_font_options_create(), &cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango_.get(), options.get());
  }

  cairo_surface_t* surface() { return surface_.get(); }
  cairo_t* cairo() { return cairo_.get(); }

  // Centred text with its middle at x and its top at y; returns the height it took.
  double Text(const std::string& text, const Style& style, double x, double y, double width) {
    Object<PangoLayout> layout = Lay(text, style, width);
    cairo_set_source_rgb(cairo_.get(), style.color.red, style.color.green, style.color.blue);
    cairo_move_to(cairo_.get(), x - width / 2, y);
    pango_cairo_show_layout(cairo_.get(), layout.get());
    return HeightOf(layout.get());
  }

  // The largest size up to style.size at which the text is no higher than `height`.
  double FittingSize(const std::string& text, Style style, double width, double height) {
    while (style.size > 8 && HeightOf(Lay(text, style, width).get()) > height) style.size -= 0.5;
    return style.size;
  }

  double WidthOf(const std::string& text, const Style& style) {
    PangoRectangle box;
    pango_layout_get_extents(Lay(text, style, kWidth).get(), nullptr, &box);
    return static_cast<double>(box.width) / PANGO_SCALE;
  }

  // The family that really stands behind kFamily here.
  std::string FamilyInUse() {
    Description wanted(pango_font_description_from_string(kFamily), &pango_font_description_free);
    Object<PangoFont> font(pango_context_load_font(pango_.get(), wanted.get()), &g_object_unref);
    if (font == nullptr) return "";
    Description found(pango_font_describe(font.get()), &pango_font_description_free);
    return pango_font_description_get_family(found.get());
  }

  absl::Status Finish() {
    cairo_show_page(cairo_.get());
    cairo_surface_finish(surface_.get());
    for (cairo_status_t status :
         {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())}) {
      if (status != CAIRO_STATUS_SUCCESS) return platform::Internal(cairo_status_to_string(status));
    }
    return absl::OkStatus();
  }

 private:
  static cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  }

  static double HeightOf(PangoLayout* layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout, nullptr, &box);
    return static_cast<double>(box.height) / PANGO_SCALE;
  }

  Object<PangoLayout> Lay(const std::string& text, const Style& style, double width) {
    Object<PangoLayout> layout(pango_layout_new(pango_.get()), &g_object_unref);
    Description font(pango_font_description_new(), &pango_font_description_free);
    pango_font_description_set_family(font.get(), kFamily);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font.get(),
                                     style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  Surface surface_;
  Context cairo_;
  Object<PangoFontMap> fonts_;
  Object<PangoContext> pango_;
};

void Rule(cairo_t* cairo, const Color& color, double x, double y, double width, double thickness) {
  cairo_set_source_rgb(cairo, color.red, color.green, color.blue);
  cairo_rectangle(cairo, x - width / 2, y, width, thickness);
  cairo_fill(cairo);
}

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

// Fixed by the content: nothing of the time or the machine of making gets into the file.
void Metadata(cairo_surface_t* surface, const Content& content) {
  const std::string day =
      absl::StrCat(platform::FormatDate(content.decision_date), "T00:00:00+07:00");
  const std::string title = absl::StrCat(FormText(content.award_form), " - ", content.unit_name);
  const std::string subject =
      absl::StrCat("Quyết định số ", content.decision_number, "; mã xác minh ", content.code);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                 content.awarding_authority.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, subject.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Thi Đua");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, day.c_str());
}

void Heading(Page& page, const Content& content) {
  double y = 17 * kPointsPerMm;
  y += page.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {13, true}, kMiddle, y, kTextWidth);
  const std::string motto = "Độc lập - Tự do - Hạnh phúc";
  const Style motto_style = {14, true};
  y += page.Text(motto, motto_style, kMiddle, y, kTextWidth);
  Rule(page.cairo(), kBlack, kMiddle, y + 1, page.WidthOf(motto, motto_style), 0.8);
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
  Style name = {24, true};
  name.size = page.FittingSize(content.unit_name, name, kTextWidth, 22 * kPointsPerMm);
  y += page.Text(content.unit_name, name, kMiddle, y, kTextWidth) + 2 * kPointsPerMm;
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

absl::Status CheckFont() {
  std::string unused;
  Page page(&unused);
  const std::string family = page.FamilyInUse();
  if (family == kFamily) return absl::OkStatus();
  return platform::FailedPrecondition(
      "FONT_MISSING",
      {absl::StrCat("Chưa cài phông chữ ", kFamily, " (gói fonts-liberation)."),
       absl::StrCat("The font ", kFamily, " is not installed (package fonts-liberation).")},
      {{"found", family}});
}

absl::StatusOr<std::string> RenderPdf(const Content& content) {
  RETURN_IF_ERROR(CheckFont());
  std::string bytes;
  {
    Page page(&bytes);
    Metadata(page.surface(), content);
    Frame(page.cairo());
    Heading(page, content);
    Body(page, content);
    RETURN_IF_ERROR(Foot(page, content));
    RETURN_IF_ERROR(page.Finish());
  }
  return bytes;
}

}  // namespace thidua::awards::certificates
