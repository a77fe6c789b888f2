#include "awards/certificates/render.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "awards/print/page.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::certificates {
namespace {

using testing::HasSubstr;

Content Sample() {
  Content content;
  content.award_form = "GIAY_KHEN";
  content.awarding_authority = "Chủ tịch Ủy ban nhân dân huyện Krông Nô";
  content.unit_name = "Ủy ban nhân dân xã Đắk Sôr";
  content.citation =
      "Đã có thành tích xuất sắc trong phong trào thi đua “Đẩy mạnh công tác cải cách hành chính "
      "huyện Krông Nô” năm 2023";
  content.place = "Krông Nô";
  content.decision_number = "125/QĐ-UBND";
  content.decision_date = absl::CivilDay(2024, 2, 5);
  content.signature = {"(người ký)", "Phó Chủ tịch", SigningMode::kDeputy, "Chủ tịch"};
  content.code = "7KQ4-2M9X-0000-0000-000Z";
  content.verification_url = "https://localhost:7443/trang/chung-nhan/7KQ4-2M9X-0000-0000-000Z";
  return content;
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

class RenderTest : public testing::Test {
 protected:
  std::string Save(const std::string& bytes, const std::string& name) {
    std::string path = testing::TempDir() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
};

TEST_F(RenderTest, TheFontIsThere) { EXPECT_TRUE(print::CheckFont().ok()) << print::CheckFont(); }

TEST_F(RenderTest, TheTextCanBeReadOutOfThePdf) {
  const auto pdf = RenderPdf(Sample());
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string path = Save(*pdf, "certificate.pdf");
  const std::string text = OutputOf("pdftotext -layout -enc UTF-8 '" + path + "' -");
  for (const char* line : {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                           "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KRÔNG NÔ", "TẶNG", "GIẤY KHEN",
                           "Ủy ban nhân dân xã Đắk Sôr", "Đã có thành tích xuất sắc", "125/QĐ-UBND",
                           "Krông Nô, ngày 05 tháng 02 năm 2024", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
                           "(người ký)", "7KQ4-2M9X-0000-0000-000Z"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST_F(RenderTest, R_AWD_76_APersonsNamePositionAndUnitCanBeReadOutOfThePdf) {
  Content content = Sample();
  content.person_name = "Nguyễn Thị Hoàng Ánh";
  content.person_position = "Công chức Tư pháp - Hộ tịch";
  const std::string path = Save(*RenderPdf(content), "person.pdf");
  const std::string text = OutputOf("pdftotext -layout -enc UTF-8 '" + path + "' -");
  EXPECT_THAT(text, HasSubstr("Nguyễn Thị Hoàng Ánh"));
  EXPECT_THAT(text, HasSubstr("Công chức Tư pháp - Hộ tịch, Ủy ban nhân dân xã Đắk Sôr"));
  EXPECT_LT(text.find("Nguyễn Thị Hoàng Ánh"), text.find("Công chức"));
  EXPECT_THAT(OutputOf("pdfinfo '" + path + "'"), HasSubstr("Nguyễn Thị Hoàng Ánh"));
}

TEST_F(RenderTest, R_AWD_76_LongPositionsAndUnitsOfPeopleStayOnThePage) {
  Content content = Sample();
  content.person_name = "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo";
  for (int i = 0; i < 5; ++i) content.person_position += "Phó Trưởng phòng phụ trách tổng hợp ";
  content.unit_name = "";
  for (int i = 0; i < 5; ++i) content.unit_name += "Chi nhánh Văn phòng Đăng ký đất đai ";
  content.citation = "";
  for (int i = 0; i < 12; ++i) content.citation += "thành tích xuất sắc trong cải cách ";
  content.citation += "HẾT";
  const std::string path = Save(*RenderPdf(content), "long-person.pdf");
  const std::string text = OutputOf("pdftotext -layout -enc UTF-8 '" + path + "' -");
  EXPECT_LT(text.find("HẾT"), text.find("Quyết định số:"));
  EXPECT_THAT(OutputOf("pdfinfo '" + path + "'"), HasSubstr("Pages:           1"));
}

TEST_F(RenderTest, ThePageIsA4LyingAndOnlyOne) {
  const std::string path = Save(*RenderPdf(Sample()), "page.pdf");
  const std::string info = OutputOf("pdfinfo '" + path + "'");
  EXPECT_THAT(info, HasSubstr("Pages:           1"));
  EXPECT_THAT(info, HasSubstr("(A4)"));
  EXPECT_THAT(info, HasSubstr("841.89 x 595.2"));
}

// Liberation Serif, for one, has no Vietnamese letters, and every "ệ" came from another font.
TEST_F(RenderTest, AllLettersComeFromOneFamily) {
  const std::string path = Save(*RenderPdf(Sample()), "fonts.pdf");
  std::istringstream fonts(OutputOf("pdffonts '" + path + "'"));
  int families = 0;
  for (std::string line; std::getline(fonts, line);) {
    if (line.find('+') == std::string::npos) continue;
    ++families;
    EXPECT_THAT(line, HasSubstr("+Tinos"));
  }
  EXPECT_GE(families, 3) << "upright, bold and italic";
}

TEST_F(RenderTest, TheQrCodeHoldsTheVerificationAddress) {
  const std::string path = Save(*RenderPdf(Sample()), "qr.pdf");
  const std::string image = testing::TempDir() + "/qr";
  OutputOf("pdftoppm -r 150 -png -singlefile '" + path + "' '" + image + "'");
  EXPECT_EQ(OutputOf("zbarimg --quiet --raw '" + image + ".png'"),
            Sample().verification_url + "\n");
}

TEST_F(RenderTest, TheSameContentGivesTheSameBytes) {
  const std::string first = *RenderPdf(Sample());
  EXPECT_EQ(*RenderPdf(Sample()), first);
  Content other = Sample();
  other.unit_name = "Ủy ban nhân dân xã Nâm Xuân";
  EXPECT_NE(*RenderPdf(other), first);
  EXPECT_EQ(first.find("20261"), std::string::npos) << "a date of making got into the file";
}

TEST_F(RenderTest, ManyThreadsGiveTheSameBytes) {
  const std::string expected = *RenderPdf(Sample());
  std::vector<std::string> made(6);
  std::vector<std::thread> threads;
  threads.reserve(made.size());
  for (std::string& bytes : made) {
    threads.emplace_back([&bytes] { bytes = *RenderPdf(Sample()); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& bytes : made) EXPECT_EQ(bytes, expected);
}

TEST_F(RenderTest, LongNamesAndCitationsStayOnThePage) {
  Content content = Sample();
  content.unit_name = "";
  for (int i = 0; i < 12; ++i) content.unit_name += "Chi nhánh Văn phòng Đăng ký đất đai ";
  content.citation = "";
  for (int i = 0; i < 25; ++i) content.citation += "thành tích xuất sắc trong cải cách ";
  content.citation += "HẾT";
  const std::string path = Save(*RenderPdf(content), "long.pdf");
  const std::string text = OutputOf("pdftotext -layout -enc UTF-8 '" + path + "' -");
  EXPECT_THAT(text, HasSubstr("HẾT"));
  // Nothing is laid over the foot: the citation ends above the number of the decision.
  EXPECT_LT(text.find("HẾT"), text.find("Quyết định số:"));
  EXPECT_THAT(OutputOf("pdfinfo '" + path + "'"), HasSubstr("Pages:           1"));
}

}  // namespace
}  // namespace thidua::awards::certificates
