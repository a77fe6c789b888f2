// The decision as a paper: its prizes, its PDF.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "e2e/stack.h"
#include "platform/hash.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

TEST(Decision, PaysCoefficientTimesBaseSalaryOfItsDate) {
  Stack& stack = Stack::WithDemo();
  const json decision = stack.Get("awards.v1.DecisionService/GetDecision",
                                  {{"name", stack.Nomination()["decision"]}});
  std::map<std::string, std::vector<std::string>> prizes;
  int64_t paid = 0;
  int64_t withdrawn = 0;  // with a certificate that another test has revoked
  for (const json& award : decision["awards"]) {
    const int64_t vnd = std::stoll(award["prize"]["vnd"].get<std::string>());
    (award["prize"].contains("withdrawal") ? withdrawn : paid) += vnd;
    EXPECT_EQ(award["award_form"], "GIAY_KHEN");
    EXPECT_EQ(award["prize"]["base_salary_vnd"], "1800000") << "of 1 July 2023 to 30 June 2024";
    prizes[award["subject"]].push_back(award["prize"]["coefficient"].get<std::string>() + " " +
                                       award["prize"]["vnd"].get<std::string>());
  }
  EXPECT_EQ(prizes, (std::map<std::string, std::vector<std::string>>{
                        {"AWARD_SUBJECT_COLLECTIVE", {"0.6 1080000", "0.6 1080000"}},
                        {"AWARD_SUBJECT_INDIVIDUAL", {"0.3 540000"}}}));
  EXPECT_EQ(paid + withdrawn, 2700000);
  EXPECT_EQ(decision["prize_total_vnd"], std::to_string(paid));
  EXPECT_EQ(decision["prize_withdrawn_vnd"], std::to_string(withdrawn));
  EXPECT_NE(decision["unverified_prizes_reason"], "")
      << "the coefficients of 2024 were not checked";
}

// The text of a PDF, as people read it.
std::string TextOf(Stack& stack, const std::string& pdf) {
  const test::TempDir directory;
  std::ofstream(directory.path() + "/van-ban.pdf", std::ios::binary) << pdf;
  std::string text;
  EXPECT_EQ(
      stack.Shell("pdftotext -layout " + directory.path() + "/van-ban.pdf - | tr -s ' \\n' ' '",
                  &text),
      0);
  return text;
}

TEST(Decision, IsAPdfByNd30WithItsListAndPrizes) {
  Stack& stack = Stack::WithDemo();
  const json decision = stack.Get("awards.v1.DecisionService/GetDecision",
                                  {{"name", stack.Nomination()["decision"]}});
  const RestAnswer pdf =
      Rest(stack, "GET", "/v1/" + decision["name"].get<std::string>() + ":download", "",
           *stack.session().TokenOf("KN-PNV-01"));
  ASSERT_EQ(pdf.status, 200);
  EXPECT_EQ(pdf.content_type, "application/pdf");
  EXPECT_EQ(platform::Sha256Hex(pdf.body), decision["pdf_sha256"]);
  const std::string text = TextOf(stack, pdf.body);
  for (const char* part :
       {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "999/QĐ-UBND",
        "Krông Nô, ngày 26 tháng 02 năm 2024", "QUYẾT ĐỊNH", "Điều 1.", "UBND thị trấn Đắk Mâm",
        "Công chức phụ trách hộ tịch Phòng Tư pháp huyện Krông Nô", "2.700.000", "Nơi nhận:"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

}  // namespace
}  // namespace thidua::e2e
