// Pages of a PDF set in Tinos, which has the widths of Times New Roman and, other than Liberation
// Serif, every Vietnamese letter. The same calls
// give the same bytes on machines with the same font and libraries: nothing of the time or the
// machine of making gets into the file.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace thidua::awards::print {

inline constexpr double kPointsPerMm = 72.0 / 25.4;

struct Color {
  double red, green, blue;
};
inline constexpr Color kBlack = {0, 0, 0};

struct Style {
  double size = 13;
  bool bold = false;
  bool italic = false;
  Color color = kBlack;
};

enum class Align { kLeft, kCenter, kRight, kJustify };

// A part of a paragraph that may be bold while the rest is not.
struct Span {
  std::string text;
  bool bold = false;
};

template <class T>
using Object = std::unique_ptr<T, decltype(&g_object_unref)>;

// In capitals, Vietnamese letters too.
std::string Upper(const std::string& text);

// What a PDF says of itself.
struct Metadata {
  std::string title;
  std::string author;
  std::string subject;
  absl::CivilDay day;  // of the document: the file's own dates are those of its content
};

// FAILED_PRECONDITION FONT_MISSING when the font is not installed or lacks Vietnamese letters (a
// document set in another font, or with letters from another, would look different everywhere).
absl::Status CheckFont();

// One PDF, page after page; sizes and places in points from the top left corner. A font map of its
// own, because Pango's shared one is not for many threads. Not thread-safe.
class Page {
 public:
  // Appends the PDF to `bytes`, which must outlive the page; complete after Finish.
  Page(std::string* bytes, double width, double height);

  cairo_t* cairo() { return cairo_.get(); }
  void Describe(const Metadata& metadata);

  Object<PangoLayout> Lay(const std::vector<Span>& spans, const Style& style, double width,
                          Align align, double indent = 0);
  static double HeightOf(PangoLayout* layout);

  // Draws the text with its middle at x and its top at y; returns the height it took.
  double Text(const std::string& text, const Style& style, double x, double y, double width,
              Align align = Align::kCenter);
  // The largest size up to style.size at which the text is no higher than `height`.
  double FittingSize(const std::string& text, Style style, double width, double height);
  // On one line.
  double WidthOf(const std::string& text, const Style& style);
  // A line with its middle at x.
  void Rule(const Color& color, double x, double y, double width, double thickness);

  void NextPage();
  // Ends the last page and the file.
  absl::Status Finish();

  // The family that really stands behind the wanted one here; "" when it lacks a Vietnamese letter.
  std::string FamilyInUse();

 private:
  static cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int length);

  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
  Object<PangoFontMap> fonts_;
  Object<PangoContext> pango_;
};

}  // namespace thidua::awards::print
