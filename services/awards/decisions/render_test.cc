#include "awards/decisions/render.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::decisions {
namespace {

using absl::CivilDay;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr CivilDay kDay(2024, 2, 5);

std::vector<Awardee> Communes(int count, bool priced) {
  std::vector<Awardee> awardees;
  for (int i = 1; i <= count; ++i) {
    Awardee awardee;
    awardee.name = absl::StrCat("Ủy ban nhân dân xã Quảng Phú ", i);
    awardee.award_form = "GIAY_KHEN";
    awardee.nomination_id = absl::StrCat(i);
    if (priced) {
      awardee.prize = Prize{1'080'000, 600, "NĐ", 1'800'000, "NĐ 24/2023/NĐ-CP", true, ""};
    }
    awardees.push_back(std::move(awardee));
  }
  return awardees;
}

Text Words() {
  Text text;
  text.issuing_body = "Ủy ban nhân dân huyện Krông Nô";
  text.subject =
      "Về việc tặng Giấy khen cho tập thể đã có thành tích xuất sắc trong phong trào thi đua “Đẩy "
      "mạnh công tác cải cách hành chính huyện Krông Nô” năm 2023";
  text.legal_bases = {
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung "
      "một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng "
      "11 năm 2019",
      "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
      "Căn cứ Biên bản họp Hội đồng Thi đua - Khen thưởng huyện Krông Nô ngày 01 tháng 02 năm 2024",
      "Theo đề nghị của Phòng Nội vụ huyện Krông Nô"};
  text.articles = {"Quyết định này có hiệu lực kể từ ngày ký.",
                   "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Phòng Nội vụ, thủ "
                   "trưởng các cơ quan, đơn vị có liên quan và các tập thể có tên tại Điều 1 chịu "
                   "trách nhiệm thi hành Quyết định này."};
  text.recipients = {"Như Điều 4", "Chủ tịch, các Phó Chủ tịch UBND huyện (để b/c)",
                     "Ban Thi đua - Khen thưởng tỉnh", "Lưu: VT, NV"};
  return text;
}

Document Sample(int count = 3, bool priced = true) {
  const DecisionWords words = {
      "Chủ tịch Ủy ban nhân dân huyện Krông Nô",
      "Đã có thành tích xuất sắc trong phong trào thi đua “Đẩy mạnh công tác cải cách hành chính "
      "huyện Krông Nô” năm 2023",
      priced ? "Quỹ thi đua, khen thưởng của huyện" : ""};
  Document document = Compose(Words(), words, Communes(count, priced));
  document.number = "125/QĐ-UBND";
  document.place = "Krông Nô";
  document.day = kDay;
  document.signature =
      Signature{"Nguyễn Thị Hằng", "Phó Chủ tịch", SigningMode::kDeputy, "Chủ tịch"};
  document.annex_note = AnnexNote(document);
  return document;
}

Document Draft(int count) {
  Document document = Sample(count);
  document.draft = true;
  document.number = "";
  document.day = std::nullopt;
  document.signature = std::nullopt;
  document.annex_note = AnnexNote(document);
  return document;
}

// What a program writes on its standard output; fails the test when it cannot be run.
std::string OutputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot run " << command;
    return output;
  }
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class DecisionRenderTest : public ::testing::Test {
 protected:
  static std::string Save(const Document& document, const std::string& name) {
    const auto pdf = RenderDecision(document, kDay);
    EXPECT_TRUE(pdf.ok()) << pdf.status();
    std::string path = absl::StrCat(::testing::TempDir(), "/", name);
    std::ofstream(path, std::ios::binary) << pdf.value_or("");
    return path;
  }
  // One string a page.
  static std::vector<std::string> PagesOf(const std::string& path) {
    std::vector<std::string> pages =
        absl::StrSplit(OutputOf("pdftotext -layout -enc UTF-8 '" + path + "' -"), '\f');
    if (!pages.empty() && pages.back().empty()) pages.pop_back();
    return pages;
  }
  // Without line breaks and runs of blanks, so that wrapped sentences are found.
  static std::string Flat(const std::string& text) {
    return std::regex_replace(text, std::regex("\\s+"), " ");
  }
};

// A word of a page and where it stands, in points from the top left corner.
struct Word {
  double left = 0, top = 0, right = 0, bottom = 0;
  std::string text;
};

// Words by page.
std::vector<std::vector<Word>> WordsOf(const std::string& path) {
  std::vector<std::vector<Word>> pages;
  std::istringstream html(OutputOf("pdftotext -bbox -enc UTF-8 '" + path + "' -"));
  const std::regex word(
      R"re(<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)">(.*)</word>)re");
  for (std::string line; std::getline(html, line);) {
    if (absl::StrContains(line, "<page ")) pages.emplace_back();
    std::smatch match;
    if (!std::regex_search(line, match, word)) continue;
    pages.back().push_back({std::stod(match[1]), std::stod(match[2]), std::stod(match[3]),
                            std::stod(match[4]), match[5]});
  }
  return pages;
}

constexpr double kMm = 72.0 / 25.4;

// shows: S4-16
TEST_F(DecisionRenderTest, EveryPartStandsInTheOrderOfTheLayout) {
  const std::string path = Save(Sample(), "order.pdf");
  const std::string text = Flat(OutputOf("pdftotext -raw -enc UTF-8 '" + path + "' -"));
  size_t at = 0;
  for (const char* part :
       {"ỦY BAN NHÂN DÂN HUYỆN KRÔNG NÔ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 125/QĐ-UBND",
        "Krông Nô, ngày 05 tháng 02 năm 2024",
        "QUYẾT ĐỊNH Về việc tặng Giấy khen cho tập thể đã có thành tích xuất sắc",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KRÔNG NÔ",
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Theo đề nghị của Phòng Nội vụ huyện Krông Nô.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Tặng Giấy khen của Chủ tịch",
        "1. Ủy ban nhân dân xã Quảng Phú 1;",
        "3. Ủy ban nhân dân xã Quảng Phú 3.",
        "Điều 2. Mức tiền thưởng",
        "1.080.000 đồng/tập thể",
        "Tổng số tiền thưởng: 3.240.000 đồng (bằng chữ: ba triệu hai trăm bốn mươi nghìn đồng).",
        "Kinh phí chi từ Quỹ thi đua, khen thưởng của huyện.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
        "Điều 4. Chánh Văn phòng",
        "Nơi nhận: - Như Điều 4;",
        "- Lưu: VT, NV.",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "Nguyễn Thị Hằng"}) {
    // The head's two columns are read one after the other or side by side.
    const size_t found = text.find(part, at < 200 ? 0 : at);
    ASSERT_NE(found, std::string::npos) << part << "\nnot after\n" << text.substr(0, at);
    at = std::max(at, found);
  }
  EXPECT_THAT(text, Not(HasSubstr("DỰ THẢO")));
}

TEST_F(DecisionRenderTest, A4WithTheMarginsOfTheLayoutAndEmbeddedFonts) {
  const std::string path = Save(Sample(200), "geometry.pdf");
  const std::string info = OutputOf("pdfinfo '" + path + "'");
  EXPECT_THAT(info, HasSubstr("595.276 x 841.89 pts (A4)"));
  EXPECT_THAT(info, HasSubstr("Title:           Quyết định số 125/QĐ-UBND"));
  const auto pages = WordsOf(path);
  ASSERT_GT(pages.size(), 2u);
  for (size_t page = 0; page < pages.size(); ++page) {
    for (const Word& word : pages[page]) {
      const bool number = page > 0 && word.text == absl::StrCat(page + 1) && word.top < 20 * kMm;
      EXPECT_GE(word.left, 30 * kMm - 0.5) << word.text;
      EXPECT_LE(word.right, 195 * kMm + 0.5) << word.text;
      EXPECT_TRUE(number || word.top >= 20 * kMm - 0.5) << page << " " << word.text;
      EXPECT_LE(word.bottom, 277 * kMm + 0.5) << page << " " << word.text;
    }
  }
  // Name, type, encoding, emb, sub, uni: embedded, as a subset, with a map to Unicode.
  std::istringstream fonts(OutputOf("pdffonts '" + path + "'"));
  std::string line;
  int count = 0;
  while (std::getline(fonts, line)) {
    if (!absl::StrContains(line, "+")) continue;
    ++count;
    EXPECT_THAT(line, HasSubstr("+Tinos")) << line;
    EXPECT_THAT(Flat(line), HasSubstr(" yes yes yes ")) << line;
  }
  EXPECT_GE(count, 4) << "upright, bold, italic and bold italic";
}

TEST_F(DecisionRenderTest, PagesAreNumberedInTheMiddleAboveFromTheSecondOn) {
  const auto pages = WordsOf(Save(Sample(200), "numbers.pdf"));
  ASSERT_GT(pages.size(), 3u);
  for (const Word& word : pages[0]) EXPECT_GE(word.top, 20 * kMm - 0.5) << word.text;
  for (size_t page = 1; page < pages.size(); ++page) {
    std::vector<std::string> above;
    for (const Word& word : pages[page]) {
      if (word.top >= 20 * kMm - 0.5) continue;
      above.push_back(word.text);
      EXPECT_NEAR((word.left + word.right) / 2, (30 + 195) / 2.0 * kMm, 0.5);
    }
    EXPECT_THAT(above, ::testing::ElementsAre(absl::StrCat(page + 1)));
  }
}

TEST_F(DecisionRenderTest, AnAnnexOfTwoHundredRepeatsItsHeadAndCutsNoRow) {
  const std::string path = Save(Sample(200), "annex.pdf");
  const std::vector<std::string> pages = PagesOf(path);
  ASSERT_GT(pages.size(), 4u);
  EXPECT_THAT(Flat(pages[0]), HasSubstr("cho 200 tập thể đã có thành tích"));
  EXPECT_THAT(Flat(pages[0]), HasSubstr("(có danh sách kèm theo)."));
  size_t first = 0;
  while (!absl::StrContains(pages[first], "Phụ lục")) ++first;
  EXPECT_THAT(Flat(pages[first]),
              HasSubstr("(Kèm theo Quyết định số 125/QĐ-UBND ngày 05 tháng 02 năm 2024 của Chủ "
                        "tịch Ủy ban nhân dân huyện Krông Nô)"));
  // Every row is whole on one line of one page, in order.
  int next = 1;
  const std::regex row(
      R"(^\s*(\d+)\s+Ủy ban nhân dân xã Quảng Phú (\d+)\s+Giấy khen\s+1\.080\.000\s*$)");
  for (size_t page = first; page < pages.size(); ++page) {
    EXPECT_THAT(pages[page], HasSubstr("STT")) << page;
    EXPECT_THAT(Flat(pages[page]), HasSubstr("Tiền thưởng")) << page;
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(pages[page], '\n'))) {
      std::smatch match;
      if (!std::regex_match(line, match, row)) continue;
      EXPECT_EQ(match[1], absl::StrCat(next));
      EXPECT_EQ(match[2], absl::StrCat(next));
      ++next;
    }
  }
  EXPECT_EQ(next, 201);
  EXPECT_THAT(Flat(pages.back()), HasSubstr("Tổng cộng 216.000.000"));
  EXPECT_THAT(Flat(pages[0] + pages[1]),
              HasSubstr("216.000.000 đồng (bằng chữ: hai trăm mười sáu triệu đồng)"));
}

TEST_F(DecisionRenderTest, WithoutMoneyThereIsNoColumnAndNoSum) {
  const std::vector<std::string> pages = PagesOf(Save(Sample(7, false), "no-money.pdf"));
  const std::string text = Flat(pages[0] + pages.back());
  EXPECT_THAT(text, HasSubstr("Hình thức"));
  EXPECT_THAT(text, Not(HasSubstr("(đồng)")));
  EXPECT_THAT(text, Not(HasSubstr("Tổng cộng")));
  EXPECT_THAT(text, Not(HasSubstr("Mức tiền thưởng")));
}

TEST_F(DecisionRenderTest, LongNamesWrapInsideTheirCellAndTheHead) {
  Document document = Sample(6);
  document.parent_body = "Ủy ban nhân dân tỉnh Đắk Nông";
  document.issuing_body =
      "Ban Quản lý Dự án đầu tư xây dựng các công trình dân dụng và công nghiệp huyện Krông Nô";
  document.awardees[1].name = "Chi nhánh Văn phòng Đăng ký đất đai";
  for (int i = 0; i < 12; ++i) document.awardees[1].name += " khu vực Krông Nô và Đắk Mil";
  document.awardees[1].name += " HẾT";
  document.awardees[2].name = std::string(150, 'W');  // no blank to break at
  document.signature->signer_position = "Phó Chủ tịch Thường trực phụ trách khối văn hóa - xã hội";
  const auto pages = WordsOf(Save(document, "long.pdf"));
  std::map<std::string, Word> found;
  for (const auto& page : pages) {
    for (const Word& word : page) {
      EXPECT_GE(word.left, 30 * kMm - 0.5) << word.text;
      EXPECT_LE(word.right, 195 * kMm + 0.5) << word.text;
      found[word.text] = word;
    }
  }
  ASSERT_EQ(found.count("HẾT"), 1u);
  // Its cell ends where the next column begins.
  EXPECT_LE(found["HẾT"].right, (30 + 13 + 90) * kMm);
}

TEST_F(DecisionRenderTest, ADraftSaysSoOnEveryPageAndBearsNoNumber) {
  const std::string path = Save(Draft(60), "draft.pdf");
  const auto pages = WordsOf(path);
  ASSERT_GT(pages.size(), 2u);
  for (size_t page = 0; page < pages.size(); ++page) {
    bool draft = false;
    for (const Word& word : pages[page]) draft = draft || word.text == "THẢO";
    EXPECT_TRUE(draft) << page;
  }
  const std::string text = Flat(OutputOf("pdftotext -raw -enc UTF-8 '" + path + "' -"));
  EXPECT_THAT(text, HasSubstr("Số: …../QĐ-….."));
  EXPECT_THAT(text, HasSubstr("Krông Nô, ngày … tháng … năm …"));
  EXPECT_THAT(text, HasSubstr("(Kèm theo Quyết định số …/QĐ-… ngày … tháng … năm … của Chủ tịch"));
  EXPECT_THAT(text, Not(HasSubstr("125/QĐ-UBND")));
  EXPECT_THAT(text, Not(HasSubstr("Nguyễn Thị Hằng")));
}

TEST_F(DecisionRenderTest, EveryWayOfSigningHasItsLines) {
  const std::map<SigningMode, std::string> kLines = {
      {SigningMode::kDirect, "Nơi nhận: - Như"},
      {SigningMode::kOnBehalf, "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"},
      {SigningMode::kDeputy, "KT. ỦY BAN NHÂN DÂN CHỦ TỊCH"},
      {SigningMode::kByOrder, "TL. ỦY BAN NHÂN DÂN CHỦ TỊCH"},
      {SigningMode::kByDelegation, "TUQ. ỦY BAN NHÂN DÂN CHỦ TỊCH"}};
  for (const auto& [mode, lines] : kLines) {
    Document document = Sample();
    document.signature = Signature{"Trần Văn A", "Chủ tịch", mode,
                                   mode == SigningMode::kDirect ? "" : "Ủy ban nhân dân"};
    const std::string path = Save(document, "signing.pdf");
    const std::string text = Flat(OutputOf("pdftotext -raw -enc UTF-8 '" + path + "' -"));
    EXPECT_THAT(text, HasSubstr(lines));
    EXPECT_THAT(text, HasSubstr("Trần Văn A"));
  }
}

// However long the text before it is, the signature follows a line of the last article.
TEST_F(DecisionRenderTest, TheSignatureNeverStandsAloneOnAPage) {
  for (int more = 0; more < 24; ++more) {
    Document document = Sample(3, false);
    for (int i = 0; i < more; ++i) {
      document.articles.insert(document.articles.begin() + 1, Article{"Một điều ngắn.", {}});
    }
    const std::vector<std::string> pages = PagesOf(Save(document, "signature.pdf"));
    const std::string last = Flat(pages.back());
    EXPECT_THAT(last, HasSubstr("Nguyễn Thị Hằng")) << more;
    EXPECT_THAT(last, HasSubstr("chịu trách nhiệm thi hành Quyết định này.")) << more;
    EXPECT_THAT(last, HasSubstr("KT. CHỦ TỊCH")) << more;
  }
}

// Also run by itself, as another process, by the test below.
TEST_F(DecisionRenderTest, WritesTheDocumentWhereItIsTold) {
  const char* told = std::getenv("DECISION_PDF");
  const std::string path = told != nullptr ? told : ::testing::TempDir() + "/decision.pdf";
  std::ofstream(path, std::ios::binary) << *RenderDecision(Sample(200), kDay);
  EXPECT_EQ(ReadAll(path).substr(0, 5), "%PDF-");
}

TEST_F(DecisionRenderTest, AnotherProcessInAnotherTimeZoneGivesTheSameBytes) {
  const std::string path = ::testing::TempDir() + "/other.pdf";
  char self[4096] = {};
  ASSERT_GT(readlink("/proc/self/exe", self, sizeof self - 1), 0);
  OutputOf(
      absl::StrFormat("cd / && TZ=America/Lima LC_ALL=C DECISION_PDF='%s' '%s' "
                      "--gtest_filter=DecisionRenderTest.WritesTheDocumentWhereItIsTold",
                      path, self));
  EXPECT_EQ(ReadAll(path), *RenderDecision(Sample(200), kDay));
  const std::string info = OutputOf("TZ=Asia/Ho_Chi_Minh pdfinfo -isodates '" + path + "'");
  EXPECT_THAT(info, HasSubstr("CreationDate:    2024-02-05T00:00:00+07"));
  EXPECT_THAT(info, HasSubstr("ModDate:         2024-02-05T00:00:00+07"));
}

TEST_F(DecisionRenderTest, ManyThreadsGiveTheSameBytesAndOtherContentOthers) {
  const std::string expected = *RenderDecision(Sample(), kDay);
  std::vector<std::string> made(4);
  std::vector<std::thread> threads;
  threads.reserve(made.size());
  for (std::string& bytes : made) {
    threads.emplace_back([&bytes] { bytes = *RenderDecision(Sample(), kDay); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& bytes : made) EXPECT_EQ(bytes, expected);
  Document other = Sample();
  other.awardees[0].name = "Ủy ban nhân dân xã Nâm Xuân";
  other.articles[0].lines[0] = "1. Ủy ban nhân dân xã Nâm Xuân;";
  EXPECT_NE(*RenderDecision(other, kDay), expected);
}

}  // namespace
}  // namespace thidua::awards::decisions
