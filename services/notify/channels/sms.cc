#include "notify/channels/sms.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace thidua::notify::channels {
namespace {

constexpr size_t kShortestNumber = 8;  // digits of E.164 with the country's
constexpr size_t kLongestNumber = 15;
constexpr size_t kGsmOnePart = 160, kGsmOfSeveral = 153;
constexpr size_t kUcs2OnePart = 70, kUcs2OfSeveral = 67;

// Code points of UTF-8; what is no UTF-8 becomes U+FFFD.
std::vector<char32_t> CodePoints(std::string_view text) {
  std::vector<char32_t> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7fU >> length);
    bool whole = length > 0 && i + length <= text.size();
    for (size_t j = 1; whole && j < length; ++j) {
      const auto next = static_cast<unsigned char>(text[i + j]);
      whole = (next & 0xc0) == 0x80;
      point = (point << 6) | (next & 0x3f);
    }
    points.push_back(whole ? point : 0xfffd);
    i += whole ? length : 1;
  }
  return points;
}

void AppendUtf8(char32_t point, std::string* text) {
  if (point < 0x80) {
    text->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text->push_back(static_cast<char>(0xc0 | (point >> 6)));
    text->push_back(static_cast<char>(0x80 | (point & 0x3f)));
  } else if (point < 0x10000) {
    text->push_back(static_cast<char>(0xe0 | (point >> 12)));
    text->push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3f)));
    text->push_back(static_cast<char>(0x80 | (point & 0x3f)));
  } else {
    text->push_back(static_cast<char>(0xf0 | (point >> 18)));
    text->push_back(static_cast<char>(0x80 | ((point >> 12) & 0x3f)));
    text->push_back(static_cast<char>(0x80 | ((point >> 6) & 0x3f)));
    text->push_back(static_cast<char>(0x80 | (point & 0x3f)));
  }
}

// Letters with marks by their plain letter; each row holds both cases as Unicode lists them.
struct Marked {
  char32_t plain;
  std::u32string_view letters;
};
constexpr std::array<Marked, 14> kMarked = {{
    {U'a', U"àáảãạăằắẳẵặâầấẩẫậ"},
    {U'A', U"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"},
    {U'e', U"èéẻẽẹêềếểễệ"},
    {U'E', U"ÈÉẺẼẸÊỀẾỂỄỆ"},
    {U'i', U"ìíỉĩị"},
    {U'I', U"ÌÍỈĨỊ"},
    {U'o', U"òóỏõọôồốổỗộơờớởỡợ"},
    {U'O', U"ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"},
    {U'u', U"ùúủũụưừứửữự"},
    {U'U', U"ÙÚỦŨỤƯỪỨỬỮỰ"},
    {U'y', U"ỳýỷỹỵ"},
    {U'Y', U"ỲÝỶỸỴ"},
    {U'd', U"đ"},
    {U'D', U"Đ"},
}};

// ASCII that GSM 03.38 has; its other letters (Greek, German) do not come after Unaccented.
bool IsGsmAscii(char32_t point) {
  return point == U'\n' || (point >= 0x20 && point < 0x7f && point != U'`');
}

// Two of seven bits: these stand behind an escape.
bool IsGsmExtended(char32_t point) {
  return std::u32string_view(U"^{}\\[~]|").find(point) != std::u32string_view::npos;
}

// Lengths in the units of the coding: septets, or UTF-16 units.
size_t UnitsOf(char32_t point, Coding coding) {
  if (coding == Coding::kGsm7) return IsGsmExtended(point) ? 2 : 1;
  return point >= 0x10000 ? 2 : 1;
}

size_t UnitsOf(const std::vector<char32_t>& points, Coding coding) {
  size_t units = 0;
  for (const char32_t point : points) units += UnitsOf(point, coding);
  return units;
}

size_t CapacityOf(int parts, Coding coding) {
  const bool gsm = coding == Coding::kGsm7;
  if (parts == 1) return gsm ? kGsmOnePart : kUcs2OnePart;
  return static_cast<size_t>(parts) * (gsm ? kGsmOfSeveral : kUcs2OfSeveral);
}

// The text, cut at its end so that it fits.
std::string Fitted(const std::vector<char32_t>& points, int parts, Coding coding) {
  constexpr size_t kEllipsis = 3;
  const size_t capacity = CapacityOf(parts, coding);
  const bool whole = UnitsOf(points, coding) <= capacity;
  std::string text;
  size_t units = whole ? 0 : kEllipsis;
  for (const char32_t point : points) {
    units += UnitsOf(point, coding);
    if (units > capacity) break;
    AppendUtf8(point, &text);
  }
  return whole ? text : text + "...";
}

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> NormalisePhone(std::string_view text) {
  std::string number;
  for (const char c : text) {
    if (std::string_view(" .-()").find(c) == std::string_view::npos) number.push_back(c);
  }
  if (number.rfind('+', 0) == 0) {
    number.erase(0, 1);
  } else if (number.rfind("00", 0) == 0) {
    number.erase(0, 2);
  } else if (number.rfind('0', 0) == 0) {
    number.replace(0, 1, "84");
  } else if (number.rfind("84", 0) != 0) {
    return std::nullopt;
  }
  if (!AllDigits(number) || number[0] == '0' || number.size() < kShortestNumber ||
      number.size() > kLongestNumber) {
    return std::nullopt;
  }
  if (number.rfind("84", 0) == 0) {
    constexpr std::string_view kMobile = "35789";
    constexpr size_t kVietnamese = 11;
    if (number.size() != kVietnamese || kMobile.find(number[2]) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  return "+" + number;
}

bool IsSmsSender(std::string_view text) {
  constexpr size_t kShortestCode = 3, kLongestName = 11;
  if (AllDigits(text)) return text.size() >= kShortestCode && text.size() <= kLongestNumber;
  return !text.empty() && text.size() <= kLongestName &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

std::string Unaccented(std::string_view text) {
  std::string plain;
  for (const char32_t point : CodePoints(text)) {
    if (IsGsmAscii(point)) {
      plain.push_back(static_cast<char>(point));
      continue;
    }
    // Marks that stand behind their letter (decomposed text) go.
    if (point >= 0x300 && point <= 0x36f) continue;
    const auto* const marked = std::find_if(kMarked.begin(), kMarked.end(), [&](const Marked& row) {
      return row.letters.find(point) != std::u32string_view::npos;
    });
    if (marked != kMarked.end()) {
      plain.push_back(static_cast<char>(marked->plain));
    } else if (point == U'“' || point == U'”' || point == U'«' || point == U'»') {
      plain.push_back('"');
    } else if (point == U'‘' || point == U'’' || point == U'`') {
      plain.push_back('\'');
    } else if (point >= 0x2010 && point <= 0x2015) {
      plain.push_back('-');
    } else if (point == U'…') {
      plain += "...";
    } else if (point == 0xa0) {
      plain.push_back(' ');
    } else {
      plain.push_back('?');
    }
  }
  return plain;
}

bool IsGsm7(std::string_view text) {
  const std::vector<char32_t> points = CodePoints(text);
  return std::all_of(points.begin(), points.end(), IsGsmAscii);
}

int PartsOf(std::string_view text, Coding coding) {
  const size_t units = UnitsOf(CodePoints(text), coding);
  if (units <= CapacityOf(1, coding)) return 1;
  const size_t of_several = coding == Coding::kGsm7 ? kGsmOfSeveral : kUcs2OfSeveral;
  return static_cast<int>((units + of_several - 1) / of_several);
}

PlannedText PlanText(std::string_view text, bool with_accents) {
  PlannedText planned;
  const bool plain = !with_accents || IsGsm7(text);
  planned.coding = plain ? Coding::kGsm7 : Coding::kUcs2;
  const int most = plain ? 1 : kMostAccentedParts;
  planned.text =
      Fitted(CodePoints(plain ? Unaccented(text) : std::string(text)), most, planned.coding);
  planned.parts = PartsOf(planned.text, planned.coding);
  return planned;
}

Outcome Classify(const GatewayExchange& exchange) {
  if (exchange.status == 202) return Outcome::kSent;
  if (exchange.status == 0) {
    return exchange.handed_over ? Outcome::kUnknown : Outcome::kTransient;
  }
  const bool refused = exchange.status == 400 || exchange.status == 403;
  for (const std::string_view about_the_number :
       {"Not routable", "denied by white- and/or black-lists", "Missing receiver number"}) {
    if (refused && exchange.answer.find(about_the_number) != std::string_view::npos) {
      return Outcome::kPermanent;
    }
  }
  return Outcome::kTransient;
}

}  // namespace thidua::notify::channels
