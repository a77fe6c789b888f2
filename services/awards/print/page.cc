#include "awards/print/page.h"

#include <cairo-pdf.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/status.h"

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

namespace thidua::awards::print {
namespace {

constexpr const char* kFamily = "Tinos";
constexpr double kSmallest = 8;
// Wide enough for any text on one line.
constexpr double kNoWrap = 1e5;

using Description = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using Attributes = std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)>;

// Letters that Vietnamese has and most of the Latin alphabets have not.
bool HasVietnamese(PangoFont* font) {
  for (gunichar letter : {0x102U, 0x103U, 0x110U, 0x111U, 0x1A0U, 0x1A1U, 0x1AFU, 0x1B0U}) {
    if (pango_font_has_char(font, letter) == FALSE) return false;
  }
  for (gunichar letter = 0x1EA0; letter <= 0x1EF9; ++letter) {
    if (pango_font_has_char(font, letter) == FALSE) return false;
  }
  return true;
}

PangoAlignment AlignmentOf(Align align) {
  switch (align) {
    case Align::kCenter:
      return PANGO_ALIGN_CENTER;
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kLeft:
    case Align::kJustify:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

void SetFont(PangoLayout* layout, const Style& style) {
  Description font(pango_font_description_new(), &pango_font_description_free);
  pango_font_description_set_family(font.get(), kFamily);
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font.get(),
                                   style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description(layout, font.get());
}

}  // namespace

std::string Upper(const std::string& text) {
  std::unique_ptr<char, decltype(&g_free)> upper(
      g_utf8_strup(text.data(), static_cast<gssize>(text.size())), &g_free);
  return upper.get();
}

absl::Status CheckFont() {
  std::string unused;
  Page page(&unused, 100, 100);
  const std::string family = page.FamilyInUse();
  if (family == kFamily) return absl::OkStatus();
  return platform::FailedPrecondition(
      "FONT_MISSING",
      {absl::StrCat("Chưa cài phông chữ ", kFamily, " (gói fonts-croscore)."),
       absl::StrCat("The font ", kFamily, " is not installed (package fonts-croscore).")},
      {{"found", family}});
}

Page::Page(std::string* bytes, double width, double height)
    : surface_(cairo_pdf_surface_create_for_stream(&Page::Append, bytes, width, height),
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

void Page::Describe(const Metadata& metadata) {
  const std::string day = absl::StrCat(platform::FormatDate(metadata.day), "T00:00:00+07:00");
  const std::pair<cairo_pdf_metadata_t, std::string> kAll[] = {
      {CAIRO_PDF_METADATA_TITLE, metadata.title},     {CAIRO_PDF_METADATA_AUTHOR, metadata.author},
      {CAIRO_PDF_METADATA_SUBJECT, metadata.subject}, {CAIRO_PDF_METADATA_CREATOR, "Thi Đua"},
      {CAIRO_PDF_METADATA_CREATE_DATE, day},          {CAIRO_PDF_METADATA_MOD_DATE, day}};
  for (const auto& [key, text] : kAll) {
    cairo_pdf_surface_set_metadata(surface_.get(), key, text.c_str());
  }
}

Object<PangoLayout> Page::Lay(const std::vector<Span>& spans, const Style& style, double width,
                              Align align, double indent) {
  Object<PangoLayout> layout(pango_layout_new(pango_.get()), &g_object_unref);
  SetFont(layout.get(), style);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), AlignmentOf(align));
  pango_layout_set_justify(layout.get(), align == Align::kJustify ? TRUE : FALSE);
  pango_layout_set_indent(layout.get(), static_cast<int>(indent * PANGO_SCALE));
  std::string text;
  Attributes attributes(pango_attr_list_new(), &pango_attr_list_unref);
  // A word too long for its line is cut without a hyphen that it does not have.
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  for (const Span& span : spans) {
    if (span.bold) {
      PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
      bold->start_index = static_cast<guint>(text.size());
      bold->end_index = static_cast<guint>(text.size() + span.text.size());
      pango_attr_list_insert(attributes.get(), bold);
    }
    text += span.text;
  }
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

double Page::HeightOf(PangoLayout* layout) {
  PangoRectangle box;
  pango_layout_get_extents(layout, nullptr, &box);
  return static_cast<double>(box.height) / PANGO_SCALE;
}

double Page::Text(const std::string& text, const Style& style, double x, double y, double width,
                  Align align) {
  Object<PangoLayout> layout = Lay({{text}}, style, width, align);
  cairo_set_source_rgb(cairo_.get(), style.color.red, style.color.green, style.color.blue);
  cairo_move_to(cairo_.get(), x - width / 2, y);
  pango_cairo_show_layout(cairo_.get(), layout.get());
  return HeightOf(layout.get());
}

double Page::FittingSize(const std::string& text, Style style, double width, double height) {
  while (style.size > kSmallest &&
         HeightOf(Lay({{text}}, style, width, Align::kCenter).get()) > height) {
    style.size -= 0.5;
  }
  return style.size;
}

double Page::WidthOf(const std::string& text, const Style& style) {
  PangoRectangle box;
  pango_layout_get_extents(Lay({{text}}, style, kNoWrap, Align::kCenter).get(), nullptr, &box);
  return static_cast<double>(box.width) / PANGO_SCALE;
}

void Page::Rule(const Color& color, double x, double y, double width, double thickness) {
  cairo_set_source_rgb(cairo_.get(), color.red, color.green, color.blue);
  cairo_rectangle(cairo_.get(), x - width / 2, y, width, thickness);
  cairo_fill(cairo_.get());
}

void Page::NextPage() { cairo_show_page(cairo_.get()); }

absl::Status Page::Finish() {
  cairo_show_page(cairo_.get());
  cairo_surface_finish(surface_.get());
  for (cairo_status_t status : {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())}) {
    if (status != CAIRO_STATUS_SUCCESS) return platform::Internal(cairo_status_to_string(status));
  }
  return absl::OkStatus();
}

std::string Page::FamilyInUse() {
  Description wanted(pango_font_description_from_string(kFamily), &pango_font_description_free);
  Object<PangoFont> font(pango_context_load_font(pango_.get(), wanted.get()), &g_object_unref);
  if (font == nullptr || !HasVietnamese(font.get())) return "";
  Description found(pango_font_describe(font.get()), &pango_font_description_free);
  return pango_font_description_get_family(found.get());
}

cairo_status_t Page::Append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace thidua::awards::print
