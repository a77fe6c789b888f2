#include "awards/decisions/render.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/print/page.h"
#include "awards/rules_wording.h"
#include "platform/status_macros.h"

namespace thidua::awards::decisions {
namespace {

using print::Align;
using print::Color;
using print::kBlack;
using print::kPointsPerMm;
using print::Object;
using print::Page;
using print::Span;
using print::Style;
using print::Upper;

constexpr double Mm(double millimetres) { return millimetres * kPointsPerMm; }

constexpr double kPageWidth = Mm(210);
constexpr double kPageHeight = Mm(297);
constexpr double kTop = Mm(20);
constexpr double kBottom = kPageHeight - Mm(20);
constexpr double kLeft = Mm(30);
constexpr double kRight = kPageWidth - Mm(15);
constexpr double kWidth = kRight - kLeft;
constexpr double kMiddle = (kLeft + kRight) / 2;

// The two columns of the head: who issues, and the name of the State.
constexpr double kIssuerWidth = Mm(66);
constexpr double kStateWidth = kWidth - kIssuerWidth;
constexpr double kIssuerMiddle = kLeft + kIssuerWidth / 2;
constexpr double kStateMiddle = kRight - kStateWidth / 2;

// The two columns of the foot: where it goes, and who signs.
constexpr double kRecipientsWidth = Mm(80);
constexpr double kSignatureWidth = kWidth - kRecipientsWidth;
constexpr double kSignatureMiddle = kRight - kSignatureWidth / 2;
constexpr double kSignatureSpace = Mm(28);

constexpr double kBodySize = 14;
constexpr double kIndent = Mm(12.7);
constexpr double kParagraphGap = 6;  // points, the least the layout allows
constexpr double kSection = Mm(5);

constexpr double kCellPadding = Mm(1.3);
constexpr double kLine = 0.6;  // of the table
constexpr Color kDraftGrey = {0.88, 0.88, 0.88};

// Draws on one page after another from top to bottom.
class Sheet {
 public:
  Sheet(Page& page, bool draft) : page_(page), draft_(draft) { Begin(); }

  Page& page() { return page_; }
  double y() const { return y_; }
  void MoveTo(double y) { y_ = y; }
  void Skip(double height) { y_ += height; }
  bool Fits(double height) const { return y_ + height <= kBottom; }

  void NextPage() {
    page_.NextPage();
    ++number_;
    Begin();
  }

  double Text(const std::string& text, const Style& style, double x, double width,
              Align align = Align::kCenter) {
    const double height = page_.Text(text, style, x, y_, width, align);
    y_ += height;
    return height;
  }

  // A paragraph of the body, broken between lines where the page ends; a first or a last line does
  // not stand alone on its page.
  void Paragraph(const std::vector<Span>& spans, const Style& style) {
    Object<PangoLayout> layout = page_.Lay(spans, style, kWidth, Align::kJustify, kIndent);
    const int lines = pango_layout_get_line_count(layout.get());
    std::vector<double> heights;
    EachLine(layout.get(),
             [&](PangoLayoutLine*, double, double, double height) { heights.push_back(height); });
    int line = 0;
    EachLine(layout.get(), [&](PangoLayoutLine* one, double x, double baseline, double height) {
      double needed = height;
      if (lines > 1 && (line == 0 || line == lines - 2)) needed += heights[line + 1];
      if (!Fits(needed)) NextPage();
      cairo_set_source_rgb(page_.cairo(), 0, 0, 0);
      cairo_move_to(page_.cairo(), kLeft + x, y_ + baseline);
      pango_cairo_show_layout_line(page_.cairo(), one);
      y_ += height;
      ++line;
    });
    y_ += kParagraphGap;
  }

  double HeightOfParagraph(const std::vector<Span>& spans, const Style& style) {
    return Page::HeightOf(page_.Lay(spans, style, kWidth, Align::kJustify, kIndent).get()) +
           kParagraphGap;
  }

 private:
  // x and baseline of each line from the top left corner of itself.
  template <class Function>
  static void EachLine(PangoLayout* layout, Function function) {
    PangoLayoutIter* lines = pango_layout_get_iter(layout);
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(lines, nullptr, &box);
      const double baseline = pango_layout_iter_get_baseline(lines) - box.y;
      function(pango_layout_iter_get_line_readonly(lines), static_cast<double>(box.x) / PANGO_SCALE,
               baseline / PANGO_SCALE, static_cast<double>(box.height) / PANGO_SCALE);
    } while (pango_layout_iter_next_line(lines) != FALSE);
    pango_layout_iter_free(lines);
  }

  void Begin() {
    if (draft_) Mark();
    if (number_ > 1) page_.Text(absl::StrCat(number_), {13}, kMiddle, Mm(10), Mm(30));
    y_ = kTop;
  }

  // DỰ THẢO from corner to corner behind the text, and in the corner for who reads it as text.
  void Mark() {
    page_.Text("DỰ THẢO", {12, true}, kRight - Mm(15), Mm(10), Mm(30), Align::kRight);
    cairo_t* cairo = page_.cairo();
    cairo_save(cairo);
    cairo_translate(cairo, kPageWidth / 2, kPageHeight / 2);
    cairo_rotate(cairo, -std::atan2(kPageHeight, kPageWidth));
    const Style style = {120, true, false, kDraftGrey};
    page_.Text("DỰ THẢO", style, 0, -style.size * 0.6, kPageHeight);
    cairo_restore(cairo);
  }

  Page& page_;
  const bool draft_;
  int number_ = 1;
  double y_ = kTop;
};

// A rule of a share of the text's width below it.
void Underline(Sheet& sheet, const std::string& text, const Style& style, double x, double width,
               double share) {
  const double length = std::min(sheet.page().WidthOf(text, style), width);
  sheet.page().Rule(kBlack, x, sheet.y() + 2.5, length * share, 0.7);
  sheet.Skip(4);
}

// The largest size from 13 down to 12 at which the text stands on one line; else 12 on several.
double HeadSize(Page& page, const std::string& text, Style style, double width) {
  while (style.size > 12 && page.WidthOf(text, style) > width) style.size -= 0.25;
  return style.size;
}

void Head(Sheet& sheet, const Document& document) {
  Page& page = sheet.page();
  const double top = sheet.y();
  if (!document.parent_body.empty()) {
    const std::string parent = Upper(document.parent_body);
    sheet.Text(parent, {HeadSize(page, parent, {13}, kIssuerWidth)}, kIssuerMiddle, kIssuerWidth);
  }
  const std::string body = Upper(document.issuing_body);
  const Style body_style = {HeadSize(page, body, {13, true}, kIssuerWidth), true};
  sheet.Text(body, body_style, kIssuerMiddle, kIssuerWidth);
  Underline(sheet, body, body_style, kIssuerMiddle, kIssuerWidth, 0.4);
  const double left_end = sheet.y();

  sheet.MoveTo(top);
  const std::string state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  sheet.Text(state, {HeadSize(page, state, {13, true}, kStateWidth), true}, kStateMiddle,
             kStateWidth);
  const std::string motto = "Độc lập - Tự do - Hạnh phúc";
  const Style motto_style = {13.5, true};
  sheet.Text(motto, motto_style, kStateMiddle, kStateWidth);
  Underline(sheet, motto, motto_style, kStateMiddle, kStateWidth, 1);

  const double second = std::max(left_end, sheet.y()) + Mm(2);
  sheet.MoveTo(second);
  sheet.Text(absl::StrCat("Số: ", document.number.empty() ? "…../QĐ-….." : document.number), {13},
             kIssuerMiddle, kIssuerWidth);
  const double number_end = sheet.y();
  sheet.MoveTo(second);
  sheet.Text(absl::StrCat(document.place, ", ",
                          document.day ? LongDate(*document.day) : "ngày … tháng … năm …"),
             {13.5, false, true}, kStateMiddle, kStateWidth);
  sheet.MoveTo(std::max(number_end, sheet.y()) + kSection);
}

void Title(Sheet& sheet, const Document& document) {
  sheet.Text("QUYẾT ĐỊNH", {14, true}, kMiddle, kWidth);
  const Style style = {14, true};
  const double width = kWidth - Mm(20);
  sheet.Text(document.subject, style, kMiddle, width);
  Underline(sheet, document.subject, style, kMiddle, width, 0.35);
  sheet.Skip(kSection);
  sheet.Text(Upper(document.awarding_authority), {14, true}, kMiddle, kWidth);
  sheet.Skip(kSection / 2);
}

std::vector<Span> SpansOf(const Article& article, size_t number) {
  return {{absl::StrCat("Điều ", number, ". "), true}, {article.text}};
}

struct Foot {
  std::vector<std::string> signature;  // lines in capitals
  std::string signer;
};

Foot FootOf(const Document& document) {
  if (!document.signature) return {{"(QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ)"}, "(Họ và tên người ký)"};
  Foot foot;
  for (const std::string& line : SignatureLines(*document.signature)) {
    foot.signature.push_back(Upper(line));
  }
  foot.signer = document.signature->signer_name;
  return foot;
}

// Draws nothing when `measure`; returns the height either way.
double DrawFoot(Sheet& sheet, const Document& document, bool measure) {
  Page& page = sheet.page();
  const double top = sheet.y();
  const auto put = [&](const std::string& text, const Style& style, double x, double y,
                       double width, Align align) {
    if (measure) return Page::HeightOf(page.Lay({{text}}, style, width, align).get());
    return page.Text(text, style, x, y, width, align);
  };
  const double recipients_width = kRecipientsWidth - Mm(5);
  const double recipients_middle = kLeft + recipients_width / 2;
  double left = top;
  left +=
      put("Nơi nhận:", {12, true, true}, recipients_middle, left, recipients_width, Align::kLeft);
  for (const std::string& line : document.recipients) {
    left += put(line, {11}, recipients_middle, left, recipients_width, Align::kLeft);
  }
  const Foot foot = FootOf(document);
  double right = top;
  for (const std::string& line : foot.signature) {
    right += put(line, {14, true}, kSignatureMiddle, right, kSignatureWidth, Align::kCenter);
  }
  right += kSignatureSpace;
  right += put(foot.signer, {14, true}, kSignatureMiddle, right, kSignatureWidth, Align::kCenter);
  return std::max(left, right) - top;
}

// The articles; the last one goes to the next page with the signature rather than leave it alone
// there.
void Body(Sheet& sheet, const Document& document) {
  const Style italic = {kBodySize, false, true};
  const Style plain = {kBodySize};
  for (const std::string& basis : document.legal_bases) sheet.Paragraph({{basis}}, italic);
  sheet.Skip(kSection / 2);
  if (!sheet.Fits(Mm(25))) sheet.NextPage();
  sheet.Text("QUYẾT ĐỊNH:", {14, true}, kMiddle, kWidth);
  sheet.Skip(kSection / 2);
  for (size_t i = 0; i < document.articles.size(); ++i) {
    const Article& article = document.articles[i];
    if (i + 1 == document.articles.size()) {
      double height = sheet.HeightOfParagraph(SpansOf(article, i + 1), plain);
      for (const std::string& line : article.lines) {
        height += sheet.HeightOfParagraph({{line}}, plain);
      }
      height += kSection + DrawFoot(sheet, document, true);
      if (!sheet.Fits(height) && height <= kBottom - kTop) sheet.NextPage();
    }
    sheet.Paragraph(SpansOf(article, i + 1), plain);
    for (const std::string& line : article.lines) sheet.Paragraph({{line}}, plain);
  }
  sheet.Skip(kSection);
  if (!sheet.Fits(DrawFoot(sheet, document, true))) sheet.NextPage();
  sheet.Skip(DrawFoot(sheet, document, false));
}

struct Column {
  std::string title;
  double width;
  Align align;
};

// The list, row by row; the head of the table stands again on every page, and no row is cut.
class Table {
 public:
  Table(Sheet& sheet, std::vector<Column> columns) : sheet_(sheet), columns_(std::move(columns)) {}

  void Head() {
    std::vector<std::string> titles;
    for (const Column& column : columns_) titles.push_back(column.title);
    const Style style = {13, true};
    Draw(titles, style, HeightOf(titles, style), true);
  }

  // `with`: rows that must follow on the same page.
  void Row(const std::vector<std::string>& cells, bool bold, double with = 0) {
    const Style style = {13, bold};
    const double height = HeightOf(cells, style);
    if (!sheet_.Fits(height + with)) {
      sheet_.NextPage();
      Head();
    }
    Draw(cells, style, height, false);
  }

  double HeightOf(const std::vector<std::string>& cells, const Style& style) {
    double height = 0;
    for (size_t i = 0; i < columns_.size(); ++i) {
      Object<PangoLayout> layout = sheet_.page().Lay(
          {{cells[i]}}, style, columns_[i].width - 2 * kCellPadding, columns_[i].align);
      height = std::max(height, Page::HeightOf(layout.get()));
    }
    return height + 2 * kCellPadding;
  }

 private:
  void Draw(const std::vector<std::string>& cells, const Style& style, double height, bool head) {
    Page& page = sheet_.page();
    double x = kLeft;
    cairo_set_line_width(page.cairo(), kLine);
    for (size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      cairo_set_source_rgb(page.cairo(), 0, 0, 0);
      cairo_rectangle(page.cairo(), x, sheet_.y(), column.width, height);
      cairo_stroke(page.cairo());
      const double width = column.width - 2 * kCellPadding;
      const Align align = head ? Align::kCenter : column.align;
      const double text = Page::HeightOf(page.Lay({{cells[i]}}, style, width, align).get());
      page.Text(cells[i], style, x + column.width / 2, sheet_.y() + (height - text) / 2, width,
                align);
      x += column.width;
    }
    sheet_.Skip(height);
  }

  Sheet& sheet_;
  const std::vector<Column> columns_;
};

// Awards are numbered in the order of the list.
std::string PaidText(const Document& document, const Awardee& awardee) {
  const Prize& prize = *awardee.prize;
  if (prize.paid_with.empty()) return Figures(prize.vnd);
  for (size_t i = 0; i < document.awardees.size(); ++i) {
    if (document.awardees[i].nomination_id == prize.paid_with) {
      return absl::StrCat("Đã tính ở số ", i + 1);
    }
  }
  return "Đã thưởng trước";
}

void Annex(Sheet& sheet, const Document& document) {
  sheet.NextPage();
  sheet.Text("Phụ lục", {14, true}, kMiddle, kWidth);
  sheet.Text(Upper(document.annex_title), {14, true}, kMiddle, kWidth);
  const Style note_style = {14, false, true};
  sheet.Text(document.annex_note, note_style, kMiddle, kWidth - Mm(20));
  Underline(sheet, document.annex_note, note_style, kMiddle, kWidth - Mm(20), 0.35);
  sheet.Skip(kSection);

  const bool priced =
      document.money && std::all_of(document.awardees.begin(), document.awardees.end(),
                                    [](const Awardee& one) { return one.prize.has_value(); });
  std::vector<Column> columns = {{"STT", Mm(13), Align::kCenter},
                                 {"Tên tập thể, cá nhân", Mm(priced ? 90 : 122), Align::kLeft},
                                 {"Hình thức", Mm(30), Align::kCenter}};
  if (priced) columns.push_back({"Tiền thưởng (đồng)", Mm(32), Align::kRight});
  std::vector<std::string> total = {"", "Tổng cộng", "", Figures(document.total_vnd)};
  total.resize(columns.size());
  Table table(sheet, columns);
  table.Head();
  for (size_t i = 0; i < document.awardees.size(); ++i) {
    const Awardee& awardee = document.awardees[i];
    std::vector<std::string> cells = {absl::StrCat(i + 1), awardee.name,
                                      FormText(awardee.award_form)};
    if (priced) cells.push_back(PaidText(document, awardee));
    const bool last = priced && i + 1 == document.awardees.size();
    table.Row(cells, false, last ? table.HeightOf(total, {13, true}) : 0);
  }
  if (priced) table.Row(total, true);
}

}  // namespace

absl::StatusOr<std::string> RenderDecision(const Document& document, absl::CivilDay made) {
  RETURN_IF_ERROR(print::CheckFont());
  std::string bytes;
  {
    Page page(&bytes, kPageWidth, kPageHeight);
    page.Describe({document.number.empty() ? absl::StrCat("DỰ THẢO Quyết định ", document.subject)
                                           : absl::StrCat("Quyết định số ", document.number),
                   document.issuing_body, document.subject, made});
    Sheet sheet(page, document.draft);
    Head(sheet, document);
    Title(sheet, document);
    Body(sheet, document);
    if (document.annex) Annex(sheet, document);
    RETURN_IF_ERROR(page.Finish());
  }
  return bytes;
}

}  // namespace thidua::awards::decisions
