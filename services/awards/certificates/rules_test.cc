#include "awards/certificates/rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::certificates {
namespace {

using absl::CivilDay;
using testing::ElementsAre;

TEST(CertificateRules, R_AWD_72_DatesAreWrittenAsTheDecreeSays) {
  EXPECT_EQ(LongDate(CivilDay(2024, 2, 5)), "ngày 05 tháng 02 năm 2024");
  EXPECT_EQ(LongDate(CivilDay(2024, 1, 31)), "ngày 31 tháng 01 năm 2024");
  EXPECT_EQ(LongDate(CivilDay(2024, 3, 9)), "ngày 09 tháng 3 năm 2024");
  EXPECT_EQ(LongDate(CivilDay(2024, 12, 10)), "ngày 10 tháng 12 năm 2024");
}

TEST(CertificateRules, R_AWD_73_TheSignatureSaysForWhom) {
  const auto lines = [](SigningMode mode, const std::string& position, const std::string& whom) {
    return SignatureLines({"người ký", position, mode, whom});
  };
  EXPECT_THAT(lines(SigningMode::kDirect, "Chủ tịch", ""), ElementsAre("Chủ tịch"));
  EXPECT_THAT(lines(SigningMode::kOnBehalf, "Chủ tịch", "Ủy ban nhân dân"),
              ElementsAre("TM. Ủy ban nhân dân", "Chủ tịch"));
  EXPECT_THAT(lines(SigningMode::kDeputy, "Phó Chủ tịch", "Chủ tịch"),
              ElementsAre("KT. Chủ tịch", "Phó Chủ tịch"));
  EXPECT_THAT(lines(SigningMode::kByOrder, "Chánh Văn phòng", "Chủ tịch"),
              ElementsAre("TL. Chủ tịch", "Chánh Văn phòng"));
  EXPECT_THAT(lines(SigningMode::kByDelegation, "Trưởng phòng", "Chủ tịch"),
              ElementsAre("TUQ. Chủ tịch", "Trưởng phòng"));
}

TEST(CertificateRules, R_AWD_74_ARevokedCertificateStaysRevoked) {
  EXPECT_FALSE(CheckRevocable(State::kValid).has_value());
  EXPECT_EQ(CheckRevocable(State::kRevoked)->reason, "CERTIFICATE_STATE");
  EXPECT_EQ(StateNamed(NameOf(State::kRevoked)), State::kRevoked);
  EXPECT_EQ(StateNamed(NameOf(State::kValid)), State::kValid);
}

TEST(CertificateRules, R_AWD_75_TheRevokingDecisionIsNeitherOlderNorYetToCome) {
  const absl::CivilDay decision(2024, 2, 1), today(2024, 3, 1);
  EXPECT_FALSE(CheckRevokingDocument(decision, decision, today).has_value());
  EXPECT_FALSE(CheckRevokingDocument(today, decision, today).has_value());
  EXPECT_EQ(CheckRevokingDocument(today + 1, decision, today)->reason, "DATE_IN_FUTURE");
  EXPECT_EQ(CheckRevokingDocument(decision - 1, decision, today)->reason,
            "DOCUMENT_BEFORE_DECISION");
}

TEST(CertificateRules, AwardFormsHaveTheirOwnNames) {
  EXPECT_EQ(FormText("GIAY_KHEN"), "Giấy khen");
  EXPECT_EQ(FormText("BANG_KHEN"), "Bằng khen");
  EXPECT_EQ(FormText("CO_THI_DUA"), "Cờ thi đua");
  EXPECT_EQ(FormText("KHAC"), "KHAC");
}

TEST(CertificateRules, R_AWD_76_APersonStandsAboveThePositionAndTheUnit) {
  Content content;
  content.unit_name = "Ủy ban nhân dân xã Đắk Sôr";
  EXPECT_EQ(AwardeeOf(content).name, "Ủy ban nhân dân xã Đắk Sôr");
  EXPECT_EQ(AwardeeOf(content).below, "");
  content.person_name = "Nguyễn Văn An";
  EXPECT_EQ(AwardeeOf(content).name, "Nguyễn Văn An");
  EXPECT_EQ(AwardeeOf(content).below, "Ủy ban nhân dân xã Đắk Sôr");
  content.person_position = "Công chức Tư pháp - Hộ tịch";
  EXPECT_EQ(AwardeeOf(content).below, "Công chức Tư pháp - Hộ tịch, Ủy ban nhân dân xã Đắk Sôr");
}

}  // namespace
}  // namespace thidua::awards::certificates
